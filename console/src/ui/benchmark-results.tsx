/** The figures of one benchmark, with the reference figures where the published benchmark has the model. */
import type { Benchmark, BenchmarkLine } from '@firstword/shared/benchmark';
import { candidateKey } from '../benchmark-controller.ts';
import { durationText, usdText } from '../figures.ts';
import { countText, decimalText } from '../numbers.ts';
import { benchmarkTexts as texts } from '../texts/benchmark-texts.ts';
import { callTexts } from '../texts/call-texts.ts';
import { FigureTable } from './figure-table.tsx';

const NOTHING = '–';

export function BenchmarkResults({ run: { lines, state } }: { run: Benchmark }) {
  const { model, p50, p95, speed, answered, cost, errors } = texts.columns;
  const hasSeveralEndpoints = new Set(lines.map(({ endpointId }) => endpointId)).size > 1;
  return (
    <>
      <FigureTable
        texts
        csv={state !== 'running'}
        caption={texts.results}
        columns={[model, p50, p95, speed, answered, cost, errors]}
        rows={lines.map((line) => ({
          key: candidateKey(line),
          name: (
            <>
              {line.modelId}
              {hasSeveralEndpoints && <span class="figures__aside"> {line.endpointId}</span>}
            </>
          ),
          text: hasSeveralEndpoints ? `${line.modelId} (${line.endpointId})` : line.modelId,
          cells: [
            withReference(
              line.ttft && durationText(line.ttft.p50),
              line.reference && durationText(line.reference.ttftMs),
            ),
            line.ttft === undefined ? NOTHING : durationText(line.ttft.p95),
            withReference(speedText(line), line.reference && countText(line.reference.tokensPerSecond)),
            `${countText(line.answered)} / ${countText(line.asked)}`,
            costText(line),
            errorsText(line),
          ],
        }))}
      />
      {lines.some(({ estimated }) => estimated) && <p class="report__quiet">{texts.estimatedHint}</p>}
    </>
  );
}

function withReference(measured: string | undefined, reference: string | undefined): string {
  if (reference === undefined) return measured ?? NOTHING;
  return `${measured ?? NOTHING} (${texts.referenceHint(reference)})`;
}

function speedText({ tokensPerSecond, estimated }: BenchmarkLine): string | undefined {
  if (tokensPerSecond === undefined) return undefined;
  return `${estimated ? '~ ' : ''}${decimalText(tokensPerSecond, tokensPerSecond < 100 ? 1 : 0)}`;
}

function costText({ usd, costIsComplete }: BenchmarkLine): string {
  if (costIsComplete) return usdText(usd);
  return usd === 0 ? callTexts.priceUnknown : callTexts.atLeast(usdText(usd));
}

function errorsText({ errors, givenUp }: BenchmarkLine): string {
  const kinds = Object.entries(errors).map(([code, times]) => `${code}: ${countText(times)}`);
  return [...kinds, ...(givenUp ? [texts.givenUp] : [])].join(', ') || NOTHING;
}
