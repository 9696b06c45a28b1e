/** Compares measured figures with the published ones. Pure. */
import { REFERENCE_MODELS, type Region } from '@firstword/shared/catalog';
import type { ModelFigures } from '../../evaluation/model-figures.ts';
import { round } from '../../evaluation/series.ts';

/** The largest accepted deviation. */
export const CHECK_TOLERANCE = 0.05;

export interface Comparison {
  readonly modelId: string;
  readonly figure: 'ttft' | 'tokensPerSecond';
  readonly reference: number;
  /** Undefined if the model gave no figure, which counts as a deviation. */
  readonly measured: number | undefined;
  /** (measured − reference) ÷ reference. */
  readonly deviation: number | undefined;
  readonly within: boolean;
}

/**
 * Compares every figure published for the region: TTFT of all models from US East and of four from Asia, and the speed,
 * which was measured once. Models without published figures are skipped. It compares the median, because one stalled run
 * of ten moves a mean by far more than 5 %.
 */
export function compareWithReference(rows: readonly ModelFigures[], region: Region): Comparison[] {
  return rows.flatMap(({ id, ttft, tokensPerSecond }) => {
    const known = REFERENCE_MODELS.find((model) => model.id === id);
    if (known === undefined) return [];
    const ttftMs = known.ttftMs[region];
    return [
      ...(ttftMs === undefined ? [] : [compare(id, 'ttft', ttftMs, ttft?.p50)]),
      compare(id, 'tokensPerSecond', known.tokensPerSecond, tokensPerSecond?.p50),
    ];
  });
}

function compare(
  modelId: string,
  figure: Comparison['figure'],
  reference: number,
  measured: number | undefined,
): Comparison {
  const deviation = measured === undefined ? undefined : round((measured - reference) / reference);
  const within = deviation !== undefined && Math.abs(deviation) <= CHECK_TOLERANCE;
  return { modelId, figure, reference, measured, deviation, within };
}
