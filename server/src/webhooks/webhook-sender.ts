/** Sends one event to its endpoint, signed, and never to a private address of the server's network. */

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

export type SendOutcome =
  | { readonly ok: true; readonly status: number }
  | { readonly ok: false; readonly status?: number; readonly error: string };

export interface WebhookSender {
  /** Never rejects. Success is a status from 200 to 299; redirects are not followed. */
  send(message: WebhookMessage): Promise<SendOutcome>;
  close(): Promise<void>;
}

const ERROR_MAX_CHARS = 300;

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
        response.body.on('error', () => {}).destroy(); // only the status counts
        const { statusCode: status } = response;
        if (status >= 200 && status < 300) return { ok: true, status };
        const error = status >= 300 && status < 400 ? 'redirects are not followed' : `the receiver answered ${status}`;
        return { ok: false, status, error };
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
