/** Open alerts, for the administrators who can do something: what has happened, what to do, and the page that shows more. */
import type { Alert, AlertKind } from '@firstword/shared/alert';
import { may, mayEverywhere } from '@firstword/shared/permissions';
import { type LoadedPage, pageOf } from '../pages.ts';
import { alertTexts, fixText, namedAlertText } from '../texts/alert-texts.ts';
import type { Workspace } from '../workspace.ts';
import { Icon } from './icons.tsx';
import { PageLink } from './page-link.tsx';

const PAGE_OF: Readonly<Record<AlertKind, LoadedPage>> = {
  'response-time': 'response-time',
  'budget-near': 'cost',
  'budget-reached': 'cost',
  'models-down': 'models',
};

export function AlertBanner({ workspace }: { workspace: Workspace }) {
  const { alerts, models, router, session } = workspace;
  const sites = alerts.list.response.value?.sites ?? [];
  const canAct = ({ siteId }: Alert) =>
    siteId === undefined
      ? mayEverywhere(session.agent, 'installation:manage')
      : may(session.agent, 'models:stop', siteId);
  // An outage that this process meets has a banner of its own.
  const shown = alerts.open.value.filter(
    (alert) => canAct(alert) && (alert.kind !== 'models-down' || models.alarm.value === undefined),
  );
  const isSevere = shown.some(({ kind }) => kind === 'budget-reached' || kind === 'models-down');
  const [first] = shown;
  return (
    <div role="status">
      {first !== undefined && (
        <div class={isSevere ? 'notice notice--failed' : 'notice'}>
          <Icon name="warning" size={16} />
          <details class="notice__text">
            <summary>{shown.length === 1 ? namedAlertText(first, sites) : alertTexts.several(shown.length)}</summary>
            {shown.map((alert) => (
              <AlertDetails
                key={alert.id}
                router={router}
                alert={alert}
                title={shown.length === 1 ? undefined : namedAlertText(alert, sites)}
              />
            ))}
          </details>
        </div>
      )}
    </div>
  );
}

interface AlertDetailsProps {
  readonly router: Workspace['router'];
  readonly alert: Alert;
  readonly title: string | undefined;
}

function AlertDetails({ router, alert, title }: AlertDetailsProps) {
  const page = PAGE_OF[alert.kind];
  return (
    <div class="notice__item">
      {title !== undefined && (
        <p>
          <b>{title}</b>
        </p>
      )}
      <p>{fixText(alert)}</p>
      <p>
        <PageLink router={router} page={page} class="link" current={false}>
          {pageOf(page).title}
        </PageLink>
      </p>
    </div>
  );
}
