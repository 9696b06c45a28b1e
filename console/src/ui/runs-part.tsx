/** The background runs of a page: a form that starts one, the run that is shown, and its results beside those of another one. */
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import type { RunController } from '../run-controller.ts';
import { ReportFailed } from './report-failed.tsx';
import { type ChosenRun, RunChoice } from './run-choice.tsx';

interface ListedRun extends ChosenRun {
  readonly state: string;
}

export interface RunsPartProps<Run extends ListedRun, List extends { readonly runs: readonly Run[] }, Request> {
  readonly controller: RunController<Run, List, Request>;
  readonly texts: {
    readonly title: string;
    readonly hint: string;
    readonly notRead: string;
    readonly none: string;
  };
  /** The runs are loaded again when it changes. */
  readonly site?: string | undefined;
  /** Of the section. */
  readonly class?: string;
  readonly form: (list: List) => ComponentChildren;
  readonly results: (run: Run) => ComponentChildren;
}

export function RunsPart<Run extends ListedRun, List extends { readonly runs: readonly Run[] }, Request>({
  controller,
  texts,
  site,
  class: sectionClass = 'report__part',
  form,
  results,
}: RunsPartProps<Run, List, Request>) {
  const { list, failure, shown, compared } = controller;
  useEffect(() => {
    void controller.load();
    return controller.leave;
  }, [controller, site]);
  const found = list.response.value;
  return (
    <section class={sectionClass} aria-label={texts.title}>
      <h2>{texts.title}</h2>
      <p class="report__quiet">{texts.hint}</p>
      {list.failed.value && <ReportFailed text={texts.notRead} onTryAgain={controller.load} />}
      {found !== undefined && form(found)}
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
            onShow={controller.show}
            onCompare={controller.compareWith}
          />
          {results(shown.value)}
        </>
      )}
    </section>
  );
}
