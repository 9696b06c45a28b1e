/** Benchmarks on the Models page: what to measure, the run in progress, and its results beside those of another one. */
import type { Benchmark } from '@firstword/shared/benchmark';
import { useEffect } from 'preact/hooks';
import type { BenchmarkController } from '../benchmark-controller.ts';
import { benchmarkTexts as texts } from '../texts/benchmark-texts.ts';
import { BackgroundRunLine } from './background-run-line.tsx';
import { BenchmarkComparison } from './benchmark-comparison.tsx';
import { BenchmarkForm } from './benchmark-form.tsx';
import { BenchmarkResults } from './benchmark-results.tsx';
import { ReportFailed } from './report-failed.tsx';
import { RunChoice } from './run-choice.tsx';

export function BenchmarkPart({ benchmarks }: { benchmarks: BenchmarkController }) {
  const { list, failure, shown, compared } = benchmarks;
  useEffect(() => {
    void benchmarks.load();
    return benchmarks.leave;
  }, [benchmarks]);
  const found = list.response.value;
  return (
    <section class="report__part model-tables" aria-label={texts.title}>
      <h2>{texts.title}</h2>
      <p class="report__quiet">{texts.hint}</p>
      {list.failed.value && <ReportFailed text={texts.notRead} onTryAgain={benchmarks.load} />}
      {found !== undefined && <BenchmarkForm benchmarks={benchmarks} candidates={found.candidates} />}
      {failure.value !== undefined && (
        <p class="report__failed" role="alert">
          {failure.value}
        </p>
      )}
      {found?.runs.length === 0 && <p class="report__empty">{texts.none}</p>}
      {shown.value !== undefined && (
        <>
          <RunChoice
            runs={found?.runs ?? []}
            shown={shown.value}
            compared={compared.value}
            texts={{ run: texts.runs, noOther: texts.nothing }}
            onShow={benchmarks.show}
            onCompare={benchmarks.compareWith}
          />
          <RunLine benchmarks={benchmarks} run={shown.value} />
          <BenchmarkResults run={shown.value} />
          {compared.value !== undefined && <BenchmarkComparison earlier={compared.value} later={shown.value} />}
        </>
      )}
    </section>
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
