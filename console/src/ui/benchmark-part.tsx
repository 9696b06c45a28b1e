/** Benchmarks on the Models page: what to measure, the run in progress, and its results beside those of another one. */
import type { Benchmark } from '@firstword/shared/benchmark';
import type { BenchmarkController } from '../benchmark-controller.ts';
import { benchmarkTexts as texts } from '../texts/benchmark-texts.ts';
import { BackgroundRunLine } from './background-run-line.tsx';
import { BenchmarkComparison } from './benchmark-comparison.tsx';
import { BenchmarkForm } from './benchmark-form.tsx';
import { BenchmarkResults } from './benchmark-results.tsx';
import { RunsPart } from './runs-part.tsx';

export function BenchmarkPart({ benchmarks }: { benchmarks: BenchmarkController }) {
  const compared = benchmarks.compared.value;
  return (
    <RunsPart
      class="report__part model-tables"
      controller={benchmarks}
      texts={texts}
      form={({ candidates }) => <BenchmarkForm benchmarks={benchmarks} candidates={candidates} />}
      results={(run) => (
        <>
          <RunLine benchmarks={benchmarks} run={run} />
          <BenchmarkResults run={run} />
          {compared !== undefined && <BenchmarkComparison earlier={compared} later={run} />}
        </>
      )}
    />
  );
}

function RunLine({ benchmarks, run }: { benchmarks: BenchmarkController; run: Benchmark }) {
  const { id, lines, questions } = run;
  const total = lines.length * questions;
  const done = lines.reduce((sum, { asked, givenUp }) => sum + (givenUp ? questions : asked), 0);
  return (
    <BackgroundRunLine
      {...{ run, done, total }}
      progress={texts.progress(done, total)}
      isBusy={benchmarks.busy.value}
      onStop={() => void benchmarks.stop(id)}
    />
  );
}
