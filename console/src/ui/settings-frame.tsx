/** The frame of the pages Team, API tokens and Your account: heading, failures, and the loading state. */
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Resource } from '../resource.ts';
import type { TeamController } from '../team-controller.ts';
import { commonTexts } from '../texts/common-texts.ts';
import { teamTexts as texts } from '../texts/team-texts.ts';
import { ReportFailed } from './report-failed.tsx';
import { SecretNote } from './secret-note.tsx';

export interface SettingsFrameProps<Response> {
  readonly title: string;
  readonly team: TeamController;
  readonly resource: Resource<object, Response>;
  readonly isAllowed: boolean;
  readonly children: (response: Response) => ComponentChildren;
}

export function SettingsFrame<Response>(props: SettingsFrameProps<Response>) {
  const { title, team, resource, isAllowed, children } = props;
  const response = resource.response.value;
  useEffect(() => {
    if (isAllowed) void resource.load();
    return team.leave;
  }, [resource, team, isAllowed]);
  return (
    <main class="report" aria-busy={resource.busy.value && response === undefined}>
      <header class="report__head">
        <h1>{title}</h1>
      </header>
      {!isAllowed && <p class="report__empty">{texts.notAllowed}</p>}
      <p class="report__failed" role="alert">
        {team.failure.value}
      </p>
      <SecretNote team={team} />
      {resource.failed.value && <ReportFailed text={texts.notRead} onTryAgain={() => resource.load()} />}
      {isAllowed && response === undefined && !resource.failed.value && (
        <p class="report__quiet">{commonTexts.loading}</p>
      )}
      {response !== undefined && children(response)}
    </main>
  );
}
