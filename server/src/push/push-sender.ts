/** Sends a message to a browser's push service, encrypted, and never to a private address of the server's network. */
import type { Phrase } from '@firstword/shared/phrase';
import type { PushMessage, PushSubscription } from '@firstword/shared/push-device';
import { Agent, request } from 'undici';
import { phrase, rawPhrase } from '../lib/phrase.ts';
import { checkedUrl, lookupPublic } from '../lib/public-address.ts';
import { hashId } from '../lib/tokens.ts';
import { encryptPush } from './push-encryption.ts';
import type { Vapid } from './vapid.ts';

/** `isGone`: the browser has ended the subscription. */
export type PushOutcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly isGone: boolean; readonly error: Phrase };

export interface PushSender {
  /** @throws AddressError unless the push service is at a public address */
  checkEndpoint(endpoint: string): void;
  /** Once, and never rejects: what comes late is no news. Redirects are not followed. */
  send(subscription: PushSubscription, message: PushMessage): Promise<PushOutcome>;
  close(): Promise<void>;
}

export interface PushSenderParts {
  readonly vapid: Vapid;
  /** Hosts with their port that may be private addresses and speak plain http. */
  readonly privateHosts: readonly string[];
  readonly timeoutMs: number;
}

/** How long a push service keeps what it can't deliver: a browser that starts later is not told old news. */
const KEPT_SECONDS = 3600;
const GONE = [404, 410];
const ERROR_MAX_CHARS = 300;
const TOPIC_CHARS = 32;

export function createPushSender({ vapid, privateHosts, timeoutMs }: PushSenderParts): PushSender {
  const limits = { headersTimeout: timeoutMs, bodyTimeout: timeoutMs, connections: 4 };
  // The address is resolved and checked for each connection, and the connection goes to the address that was checked.
  const open = new Agent({ ...limits, connect: { lookup: lookupPublic, timeout: timeoutMs } });
  const own = new Agent({ ...limits, connect: { timeout: timeoutMs } });
  return {
    checkEndpoint: (endpoint) => void checkedUrl(endpoint, privateHosts),
    async send({ endpoint, keys }, message) {
      try {
        const { url, isPrivate } = checkedUrl(endpoint, privateHosts);
        const { statusCode, body } = await request(url, {
          method: 'POST',
          dispatcher: isPrivate ? own : open,
          signal: AbortSignal.timeout(timeoutMs),
          headers: {
            authorization: await vapid.authorization(url.origin),
            'content-encoding': 'aes128gcm',
            'content-type': 'application/octet-stream',
            ttl: String(KEPT_SECONDS),
            urgency: 'high',
            ...topicOf(message),
          },
          body: encryptPush(JSON.stringify(message), keys),
        });
        await body.dump();
        if (statusCode >= 200 && statusCode < 300) return { ok: true };
        return { ok: false, isGone: GONE.includes(statusCode), error: phrase`the push service answered ${statusCode}` };
      } catch (error) {
        const reason = error instanceof Error ? error.message || error.name : String(error);
        return { ok: false, isGone: false, error: rawPhrase(reason.slice(0, ERROR_MAX_CHARS)) };
      }
    },
    async close() {
      await Promise.all([open.destroy(), own.destroy()]);
    },
  };
}

/** What waits at the push service is replaced by later news of the same ticket. */
function topicOf(message: PushMessage): { topic?: string } {
  return message.kind === 'test' ? {} : { topic: hashId(message.ticketId).slice(0, TOPIC_CHARS) };
}
