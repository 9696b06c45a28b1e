/** Sends one event to its endpoint, signed, and never to a private address of the server's network. */

import type { Readable } from 'node:stream';
import { Webhook as Signer } from 'standardwebhooks';
import { Agent, request } from 'undici';
import { checkedUrl, lookupPublic } from '../lib/public-address.ts';

export interface WebhookMessage {
  readonly url: string;
  /** The header `webhook-id`. */
  readonly id: string;
  readonly body: string;
  /** Each one signs, so that a receiver may change to the new one at any time. */
  readonly secrets: readonly string[];
  readonly now: number;
}

/** `response`: the beginning of its body; absent when that is empty or late. */
export type SendOutcome =
  | { readonly ok: true; readonly status: number; readonly response?: string }
  | { readonly ok: false; readonly status?: number; readonly response?: string; readonly error: string };

export interface WebhookSender {
  /** Never rejects. Success is a status from 200 to 299; redirects are not followed. */
  send(message: WebhookMessage): Promise<SendOutcome>;
  close(): Promise<void>;
}

const ERROR_MAX_CHARS = 300;
const RESPONSE_MAX_CHARS = 500;
/** Only the status counts, so a body that comes slowly is not waited for. */
const RESPONSE_MS = 1000;

/** @param privateHosts hosts with their port that may be private addresses and speak plain http */
export function createWebhookSender(privateHosts: readonly string[], timeoutMs: number): WebhookSender {
  const limits = { headersTimeout: timeoutMs, bodyTimeout: timeoutMs, connections: 4 };
  // The address is resolved and checked for each connection, and the connection goes to the address that was checked.
  const open = new Agent({ ...limits, connect: { lookup: lookupPublic, timeout: timeoutMs } });
  const own = new Agent({ ...limits, connect: { timeout: timeoutMs } });
  return {
    async send({ url: address, id, body, secrets, now }) {
      try {
        const { url, isPrivate } = checkedUrl(address, privateHosts);
        const at = new Date(now);
        const response = await request(url, {
          method: 'POST',
          dispatcher: isPrivate ? own : open,
          signal: AbortSignal.timeout(timeoutMs),
          headers: {
            'content-type': 'application/json',
            'user-agent': 'Firstword-Webhooks',
            'webhook-id': id,
            'webhook-timestamp': String(Math.floor(now / 1000)),
            'webhook-signature': secrets.map((secret) => new Signer(secret).sign(id, at, body)).join(' '),
          },
          body,
        });
        const { statusCode: status } = response;
        const answered = { status, ...(await readBeginning(response.body)) };
        if (status >= 200 && status < 300) return { ok: true, ...answered };
        const error = status >= 300 && status < 400 ? 'redirects are not followed' : `the receiver answered ${status}`;
        return { ok: false, ...answered, error };
      } catch (error) {
        const reason = error instanceof Error ? error.message || error.name : String(error);
        return { ok: false, error: reason.slice(0, ERROR_MAX_CHARS) };
      }
    },
    async close() {
      await Promise.all([open.destroy(), own.destroy()]);
    },
  };
}

/** Never rejects: what arrived before the end, the limit or the time counts. */
async function readBeginning(body: Readable): Promise<{ response?: string }> {
  const decoder = new TextDecoder();
  let text = '';
  const late = setTimeout(() => body.destroy(), RESPONSE_MS);
  try {
    for await (const chunk of body) {
      text += decoder.decode(chunk, { stream: true });
      if (text.length >= RESPONSE_MAX_CHARS) break; // which destroys the rest
    }
  } catch {
    // It was cut off.
  }
  clearTimeout(late);
  const response = text.slice(0, RESPONSE_MAX_CHARS).trim();
  return response === '' ? {} : { response };
}
