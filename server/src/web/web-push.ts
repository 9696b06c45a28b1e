/** Builds the push notifications of a web process: this installation's key, the agents' browsers, and who is sent what. */
import type { Site } from '@firstword/shared/site';
import type { Config } from '../config/config.ts';
import type { Log } from '../lib/log.ts';
import type { Redis } from '../lib/redis.ts';
import { createPushDevices, type PushDevices } from '../push/push-devices.ts';
import { type PushNotices, startPushNotices } from '../push/push-notices.ts';
import { createPushSender } from '../push/push-sender.ts';
import { createVapid } from '../push/vapid.ts';
import type { Records } from '../records/records.ts';
import { PRESENCE_MS } from '../store/agent-presence.ts';
import type { RedisKeys } from '../store/keys.ts';
import { takeTurn } from '../store/shared-turn.ts';
import { createVisiblePages } from '../store/visible-pages.ts';
import type { Tickets } from '../tickets/ticket-types.ts';

export interface WebPushParts {
  readonly redis: Redis;
  readonly keys: RedisKeys;
  readonly records: Pick<Records, 'accounts' | 'preferences' | 'pushDevices'>;
  readonly sites: ReadonlyMap<string, Pick<Site, 'name' | 'pushText'>>;
  readonly appSecret: string;
  readonly settings: Pick<Config, 'push' | 'publicUrl' | 'mail'>;
  readonly log: Log;
}

export interface WebPush {
  readonly devices: PushDevices;
  follow(changes: Tickets['changes']): PushNotices;
  close(): Promise<void>;
}

const SEND_TIMEOUT_MS = 10_000;
/** Longer than a notification can take from one process to another. */
const CLAIM_MS = 60_000;

export function createWebPush({ redis, keys, records, sites, appSecret, settings, log }: WebPushParts): WebPush {
  const { push, publicUrl, mail } = settings;
  const contact = publicUrl?.startsWith('https:') ? publicUrl : `mailto:${mail.from}`;
  const vapid = createVapid({ appSecret, privateKey: push.privateKey, subject: push.subject ?? contact });
  const sender = createPushSender({ vapid, privateHosts: push.privateHosts, timeoutMs: SEND_TIMEOUT_MS });
  return {
    devices: createPushDevices({
      store: records.pushDevices,
      ...{ accounts: records.accounts, sender, publicKey: vapid.publicKey },
    }),
    follow: (changes) =>
      startPushNotices({
        ...{ changes, sender, log },
        claim: (notificationId) => takeTurn(redis, keys.pushed(notificationId), CLAIM_MS),
        accounts: records.accounts,
        preferences: records.preferences,
        devices: records.pushDevices,
        lookingAgents: createVisiblePages(redis, keys, PRESENCE_MS).agents,
        siteOf: (siteId) => sites.get(siteId),
      }),
    close: sender.close,
  };
}
