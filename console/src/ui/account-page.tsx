/** Your account: notifications, also pushed ones, two-step sign-in, and where the agent is signed in. */
import { maySomewhere } from '@firstword/shared/permissions';
import { commonTexts } from '../texts/common-texts.ts';
import { deviceText, rolesText, teamTexts as texts } from '../texts/team-texts.ts';
import type { Workspace } from '../workspace.ts';
import { Ago } from './clock.tsx';
import { FactorPart } from './factor-part.tsx';
import { LanguageChoice } from './language-choice.tsx';
import { NotificationsPart } from './notifications-part.tsx';
import { PicturePart } from './picture-part.tsx';
import { PushPart } from './push-part.tsx';
import { SettingsFrame } from './settings-frame.tsx';

export function AccountPage({ workspace }: { workspace: Workspace }) {
  const { team, session } = workspace;
  return (
    <SettingsFrame title={texts.account} outcome={team} resource={team.sessions} isAllowed>
      {({ sessions }) => (
        <>
          <p class="report__quiet">{`${session.agent.name} · ${session.agent.email} · ${rolesText(session.agent.roles, workspace.list.sites.value)}`}</p>
          <PicturePart workspace={workspace} />
          <section class="report__part" aria-label={commonTexts.language}>
            <div class="report__title">
              <h2>{commonTexts.language}</h2>
            </div>
            <p class="report__quiet">{commonTexts.languageHint}</p>
            <LanguageChoice />
          </section>
          {maySomewhere(session.agent, 'tickets:write') && (
            <NotificationsPart
              notifications={workspace.notifications}
              isAdmin={maySomewhere(workspace.session.agent, 'models:stop')}
            />
          )}
          {maySomewhere(session.agent, 'tickets:write') && (
            <PushPart push={workspace.push} permission={workspace.notifications.desktop.permission.value} />
          )}
          <FactorPart workspace={workspace} />
          <section class="report__part" aria-label={texts.sessions}>
            <div class="report__title">
              <h2>{texts.sessions}</h2>
              {sessions.length > 1 && (
                <button type="button" class="button button--plain" onClick={() => void team.endOtherSessions()}>
                  {texts.endOthers}
                </button>
              )}
            </div>
            <ul class="settings-list">
              {sessions.map(({ id, device, lastSeenAt, current }) => (
                <li key={id} class="settings-item">
                  <div>
                    <p class="settings-item__name">{deviceText(device)}</p>
                    <p class="settings-item__line">{current ? texts.thisBrowser : <Ago at={lastSeenAt} />}</p>
                  </div>
                  {!current && (
                    <button type="button" class="button button--quiet" onClick={() => void team.endSession(id)}>
                      {texts.endSession}
                    </button>
                  )}
                </li>
              ))}
            </ul>
          </section>
        </>
      )}
    </SettingsFrame>
  );
}
