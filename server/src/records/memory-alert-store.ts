/** Alerts in memory, for unit tests. */
import { randomUUID } from 'node:crypto';
import { type Alert, alertKey } from '@firstword/shared/alert';
import { type AlertNotice, type AlertStore, noticeOf } from './alert-store.ts';

export function createMemoryAlertStore(): AlertStore {
  const alerts = new Map<string, { readonly alert: Alert; clearSince: number | undefined }>();
  const notices = new Map<string, { readonly notice: AlertNotice; nextAt: number }>();
  const store = (change: AlertNotice['change'], alert: Alert, at: number) => {
    alerts.set(alert.id, { alert, clearSince: undefined });
    const notice = { ...noticeOf(change, alert, at), mailed: [] };
    notices.set(notice.id, { notice, nextAt: at });
  };
  const openOnes = () => [...alerts.values()].filter(({ alert }) => alert.state === 'open');
  return {
    async open(cause, now) {
      if (openOnes().some(({ alert }) => alertKey(alert) === alertKey(cause))) return false;
      store('opened', { ...cause, id: randomUUID(), state: 'open', since: now }, now);
      return true;
    },
    listOpen: async () => openOnes().map((each) => ({ ...each })),
    async setClear(id, since) {
      const found = alerts.get(id);
      if (found !== undefined) found.clearSince = since === undefined ? undefined : (found.clearSince ?? since);
    },
    async close(id, now) {
      const found = alerts.get(id);
      if (found?.alert.state !== 'open') return false;
      store('closed', { ...found.alert, state: 'closed', closedAt: now }, now);
      return true;
    },
    list: async ({ keys, state, limit }) =>
      [...alerts.values()]
        .map(({ alert }) => alert)
        .filter((alert) => keys.includes(alertKey(alert)) && (state === undefined || alert.state === state))
        .sort((one, other) => other.since - one.since || (one.id < other.id ? 1 : -1))
        .slice(0, limit),
    async claim(now, leaseMs, limit) {
      const due = [...notices.values()]
        .filter(({ nextAt }) => nextAt <= now)
        .filter(({ notice: { change, alert } }) => change === 'opened' || !notices.has(`${alert.id}.opened`))
        .sort((one, other) => one.nextAt - other.nextAt)
        .slice(0, limit);
      for (const entry of due) entry.nextAt = now + leaseMs;
      return due.map(({ notice }) => notice);
    },
    async markMailed(noticeId, accountId) {
      const found = notices.get(noticeId);
      if (found === undefined) return;
      notices.set(noticeId, { ...found, notice: { ...found.notice, mailed: [...found.notice.mailed, accountId] } });
    },
    async postpone(noticeId, until) {
      const found = notices.get(noticeId);
      if (found !== undefined) found.nextAt = until;
    },
    async settle(noticeId) {
      notices.delete(noticeId);
    },
    async expire(before) {
      const old = [...alerts.values()].filter(({ alert: { closedAt } }) => closedAt !== undefined && closedAt < before);
      for (const { alert } of old) {
        alerts.delete(alert.id);
        for (const change of ['opened', 'closed']) notices.delete(`${alert.id}.${change}`);
      }
      return old.length;
    },
  };
}
