/** The alerts of a report page: those that are open, and the latest that are over. */
import type { AlertKind } from '@firstword/shared/alert';
import { useEffect } from 'preact/hooks';
import { alertTexts, fixText, namedAlertText } from '../texts/alert-texts.ts';
import type { Workspace } from '../workspace.ts';
import { Ago } from './clock.tsx';

const SHOWN_MAX = 10;

export function AlertsPart({ workspace: { alerts }, kinds }: { workspace: Workspace; kinds: readonly AlertKind[] }) {
  useEffect(() => void alerts.list.load(), [alerts]);
  const { alerts: all = [], sites = [] } = alerts.list.response.value ?? {};
  const shown = all.filter(({ kind }) => kinds.includes(kind)).slice(0, SHOWN_MAX);
  if (shown.length === 0) return null;
  return (
    <section class="report__part" aria-label={alertTexts.title}>
      <h2>{alertTexts.title}</h2>
      <p class="report__quiet">{alertTexts.hint}</p>
      <ul class="alerts">
        {shown.map((alert) => (
          <li key={alert.id} class={`alert alert--${alert.state}`}>
            <p class="alert__text">{namedAlertText(alert, sites)}</p>
            {alert.state === 'open' && <p class="report__quiet">{fixText(alert)}</p>}
            <p class="report__quiet">
              {alert.closedAt === undefined ? alertTexts.open : alertTexts.resolved}{' '}
              <Ago at={alert.closedAt ?? alert.since} />
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
