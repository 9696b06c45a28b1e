/** Two benchmarks side by side: each figure of the earlier and the later run, and how much it has changed. */
import type { Benchmark } from '@firstword/shared/benchmark';
import { compareBenchmarks, type FigurePair } from '../compare-benchmarks.ts';
import { durationText } from '../figures.ts';
import { changeText, countText, decimalText } from '../numbers.ts';
import { benchmarkTexts as texts } from '../texts/benchmark-texts.ts';
import { momentText } from '../times.ts';
import { FigureTable } from './figure-table.tsx';

export function BenchmarkComparison({ earlier, later }: { earlier: Benchmark; later: Benchmark }) {
  const [first, second] = earlier.startedAt <= later.startedAt ? [earlier, later] : [later, earlier];
  const models = compareBenchmarks(first, second);
  const { p50, p95, speed, failed } = texts.comparedColumns;
  return (
    <>
      <h3>{texts.comparison}</h3>
      <p class="report__quiet">{`${momentText(first.startedAt)} → ${momentText(second.startedAt)}`}</p>
      {models.length === 0 ? (
        <p class="report__empty">{texts.noCommon}</p>
      ) : (
        <FigureTable
          texts
          csv
          caption={texts.comparison}
          columns={[texts.columns.model, p50, p95, speed, failed]}
          rows={models.map(({ key, modelId, figures, failed: { earlier: before, later: after } }) => ({
            key,
            name: modelId,
            cells: [
              pairText(figures.ttftP50, durationText),
              pairText(figures.ttftP95, durationText),
              pairText(figures.tokensPerSecond, (value) => decimalText(value, value < 100 ? 1 : 0)),
              `${countText(before)} → ${countText(after)}`,
            ],
          }))}
        />
      )}
    </>
  );
}

function pairText({ earlier, later, change }: FigurePair, shown: (value: number) => string): string {
  const [before, after] = [earlier, later].map((value) => (value === undefined ? '–' : shown(value)));
  return `${before} → ${after}${change === undefined ? '' : ` (${changeText(change)})`}`;
}
