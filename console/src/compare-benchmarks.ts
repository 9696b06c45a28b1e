/** The figures of two benchmarks side by side, for models that both have measured. Pure. */
import type { Benchmark, BenchmarkLine } from '@firstword/shared/benchmark';
import { candidateKey } from './benchmark-controller.ts';

export type ComparedFigure = 'ttftP50' | 'ttftP95' | 'tokensPerSecond';

export interface FigurePair {
  readonly earlier: number | undefined;
  readonly later: number | undefined;
  /** Change relative to the earlier one: 0.1 is a tenth more. Undefined where one of them is missing. */
  readonly change: number | undefined;
}

export interface ModelComparison {
  readonly key: string;
  readonly modelId: string;
  readonly endpointId: string;
  readonly figures: Readonly<Record<ComparedFigure, FigurePair>>;
  /** Questions without an answer. */
  readonly failed: { readonly earlier: number; readonly later: number };
}

const READ: Readonly<Record<ComparedFigure, (line: BenchmarkLine) => number | undefined>> = {
  ttftP50: ({ ttft }) => ttft?.p50,
  ttftP95: ({ ttft }) => ttft?.p95,
  tokensPerSecond: ({ tokensPerSecond }) => tokensPerSecond,
};

export function compareBenchmarks(earlier: Pick<Benchmark, 'lines'>, later: Pick<Benchmark, 'lines'>) {
  const before = new Map(earlier.lines.map((line) => [candidateKey(line), line]));
  return later.lines.flatMap((line): ModelComparison[] => {
    const old = before.get(candidateKey(line));
    if (old === undefined) return [];
    const pair = (figure: ComparedFigure) => pairOf(READ[figure](old), READ[figure](line));
    return [
      {
        ...{ key: candidateKey(line), modelId: line.modelId, endpointId: line.endpointId },
        figures: { ttftP50: pair('ttftP50'), ttftP95: pair('ttftP95'), tokensPerSecond: pair('tokensPerSecond') },
        failed: { earlier: old.asked - old.answered, later: line.asked - line.answered },
      },
    ];
  });
}

function pairOf(earlier: number | undefined, later: number | undefined): FigurePair {
  const isKnown = earlier !== undefined && later !== undefined && earlier > 0;
  return { earlier, later, change: isKnown ? later / earlier - 1 : undefined };
}
