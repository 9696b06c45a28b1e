/** The frame of the pages Team, API tokens, Webhooks and Your account: heading, failures, and the loading state. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Resource } from '../resource.ts';
import type { SettingsOutcome } from '../settings-outcome.ts';
import { commonTexts } from '../texts/common-texts.ts';
import { teamTexts as texts } from '../texts/team-texts.ts';
import { ReportFailed } from './report-failed.tsx';
import { SecretNote } from './secret-note.tsx';

export interface SettingsFrameProps<Response> {
  readonly title: string;
  readonly outcome: SettingsOutcome;
  readonly resource: Resource<object, Response>;
  readonly isAllowed: boolean;
  readonly children: (response: Response) => ComponentChildren;
}

export function SettingsFrame<Response>(props: SettingsFrameProps<Response>) {
  const { title, outcome, resource, isAllowed, children } = props;
  const response = resource.response.value;
  useEffect(() => {
    if (isAllowed) void resource.load();
    return outcome.leave;
  }, [resource, outcome, isAllowed]);
  const told = useRef<HTMLDivElement>(null);
  const [failure, secret] = [outcome.failure.value, outcome.secret.value];
  // The button that led to it may be far down the page.
  useEffect(() => {
    if (failure !== undefined || secret !== undefined) told.current?.scrollIntoView({ block: 'nearest' });
  }, [failure, secret]);
  return (
    <main class="report" aria-busy={resource.busy.value && response === undefined}>
      <header class="report__head">
        <h1>{title}</h1>
      </header>
      {!isAllowed && <p class="report__empty">{texts.notAllowed}</p>}
      <div ref={told}>
        <p class="report__failed" role="alert">
          {outcome.failure.value}
        </p>
        <SecretNote outcome={outcome} />
      </div>
      {resource.failed.value && <ReportFailed text={texts.notRead} onTryAgain={() => resource.load()} />}
      {isAllowed && response === undefined && !resource.failed.value && (
        <p class="report__quiet">{commonTexts.loading}</p>
      )}
      {response !== undefined && children(response)}
    </main>
  );
}
