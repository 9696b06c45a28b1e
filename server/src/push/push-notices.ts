/** Pushes what agents are notified of to their browsers, while they look at no page of the console. */
import { setTimeout as pause } from 'node:timers/promises';
import type { AgentNotification } from '@firstword/shared/agent-notification';
import { may } from '@firstword/shared/permissions';
import type { PushMessage } from '@firstword/shared/push-device';
import type { Log } from '../lib/log.ts';
import { phraseText } from '../lib/phrase.ts';
import type { AccountStore } from '../records/account-store.ts';
import type { PreferenceStore } from '../records/preference-store.ts';
import type { PushDeviceStore, StoredPushDevice } from '../records/push-device-store.ts';
import type { TicketNews, TicketNotification } from '../store/ticket-channel.ts';
import { isValid } from './push-devices.ts';
import type { PushSender } from './push-sender.ts';

export interface PushNoticeParts {
  /** Every process receives every change itself. */
  readonly changes: (signal: AbortSignal) => AsyncIterable<TicketNews>;
  /** Whether this process, of all, pushes this notification. */
  readonly claim: (notificationId: string) => Promise<boolean>;
  readonly accounts: Pick<AccountStore, 'list'>;
  readonly preferences: Pick<PreferenceStore, 'load'>;
  readonly devices: Pick<PushDeviceStore, 'ofAgents' | 'pushed' | 'remove'>;
  /** Agents who see a page of the console, on any process. */
  readonly lookingAgents: () => Promise<ReadonlySet<string>>;
  readonly siteOf: (siteId: string) => { readonly name: string; readonly pushText: boolean } | undefined;
  readonly sender: Pick<PushSender, 'send'>;
  readonly log: Log;
  readonly now?: () => number;
}

export interface PushNotices {
  /** Waits for what is being sent. */
  stop(): Promise<void>;
}

const FOLLOW_AGAIN_MS = 1000;

/** Follows what happens to tickets from now on. */
export function startPushNotices(parts: PushNoticeParts): PushNotices {
  const { accounts, preferences, devices, sender, siteOf, log, now = Date.now } = parts;
  const stopping = new AbortController();
  const sending = new Set<Promise<void>>();

  const push = async (device: StoredPushDevice, notification: AgentNotification, silent: boolean) => {
    const { language } = device.subscription;
    const outcome = await sender.send(device.subscription, messageOf(notification, { language, silent }));
    if (outcome.ok) return devices.pushed(device.id, now());
    log.info(
      { deviceId: device.id, isGone: outcome.isGone, error: phraseText(outcome.error) },
      'push notification failed',
    );
    if (outcome.isGone) await devices.remove([device.id]);
  };
  const messageOf = (
    { kind, ticketId, number, siteId, line }: AgentNotification,
    device: Pick<PushMessage, 'language'> & { readonly silent: boolean },
  ): PushMessage => {
    const site = siteOf(siteId);
    return { ...device, kind, ticketId, number, site: site?.name ?? siteId, ...(site?.pushText && { line }) };
  };

  const notifyAll = async ({ notification, to, by }: TicketNotification) => {
    if (!(await parts.claim(`${notification.id} ${notification.kind} ${to ?? ''}`))) return;
    const agents = (await accounts.list()).filter(
      (account) =>
        account.id !== by &&
        (to === undefined || to === account.id) &&
        account.deactivatedAt === undefined &&
        may(account, 'tickets:write', notification.siteId),
    );
    const known = await devices.ofAgents(agents.map(({ id }) => id));
    if (known.length === 0) return;
    const looking = await parts.lookingAgents();
    const notifyAgent = async (account: (typeof agents)[number]) => {
      const own = known.filter(({ agentId }) => agentId === account.id);
      const valid = own.filter((device) => isValid(device, account));
      await devices.remove(own.filter((device) => !valid.includes(device)).map(({ id }) => id));
      if (valid.length === 0 || looking.has(account.id)) return;
      const { notifications } = await preferences.load(account.id);
      if (notifications[notification.kind])
        await Promise.all(valid.map((device) => push(device, notification, !notifications.sound)));
    };
    await Promise.all(agents.map(notifyAgent));
  };

  const follow = async () => {
    for await (const change of parts.changes(stopping.signal)) {
      if (!('notification' in change)) continue;
      const done = notifyAll(change)
        .catch((error: unknown) => log.warn({ reason: String(error) }, 'pushing a notification failed'))
        .finally(() => sending.delete(done));
      sending.add(done);
    }
  };
  const followUntilStopped = async () => {
    while (!stopping.signal.aborted) {
      await follow().catch((error: unknown) =>
        log.warn({ reason: String(error) }, 'ticket change subscription for push notifications failed, retrying'),
      );
      await pause(FOLLOW_AGAIN_MS, undefined, { signal: stopping.signal }).catch(() => {});
    }
  };
  const following = followUntilStopped();

  return {
    async stop() {
      stopping.abort();
      await following;
      await Promise.all(sending);
    },
  };
}
