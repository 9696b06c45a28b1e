/** Alerts of the scripted shop. */
import type { AlertList } from '@firstword/shared/alert';

const MINUTE_MS = 60_000;

export const NO_ALERTS: AlertList = { alerts: [], sites: [] };

/** The newest first, as the server lists them. */
export function shopAlerts(now: number): AlertList {
  const opened = (minutes: number) => ({ state: 'open', since: now - minutes * MINUTE_MS }) as const;
  const slow = { kind: 'response-time', value: 0.62, objective: 0.95, withinMs: 400 } as const;
  return {
    alerts: [
      { id: 'a5', kind: 'models-down', tier: 'fast', value: 0, objective: 1, reason: 'no-credit', ...opened(2) },
      { id: 'a4', siteId: 'demo', ...slow, ...opened(9) },
      { id: 'a3', kind: 'budget-reached', siteId: 'outlet', value: 1.02, objective: 1, ...opened(30) },
      { id: 'a2', kind: 'budget-near', siteId: 'demo', value: 0.862, objective: 0.8, ...opened(50) },
      { ...slow, id: 'a1', siteId: 'outlet', ...opened(300), state: 'closed', closedAt: now - 180 * MINUTE_MS },
    ],
    sites: [
      { id: 'demo', name: 'Wendleby' },
      { id: 'outlet', name: 'Wendleby Outlet' },
    ],
  };
}
