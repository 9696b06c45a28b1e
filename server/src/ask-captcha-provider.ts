/** Asks a captcha's provider about a token: over https at a public address, or through the proxy of the environment. */
import { Agent, type Dispatcher, request } from 'undici';
import type { CaptchaSettings } from './config/captcha-settings.ts';
import { createProxiedDispatcher, type ProxySettings } from './gateway/proxied-dispatcher.ts';
import { checkedUrl, lookupPublic } from './lib/public-address.ts';

/** The widget waits 8 s for an acknowledgement, of which a message may already spend 3.5 s on waiting for its turn. */
const ASK_MS = 3000;
const ANSWER_MAX_BYTES = 20_000;
const CONNECTIONS = 20;

/** @throws AddressError for a `verifyUrl` that is not allowed */
export function createCaptchaProvider(
  { verifyUrl, allowPrivate }: Pick<CaptchaSettings, 'verifyUrl' | 'allowPrivate'>,
  proxy: ProxySettings | undefined,
  askMs = ASK_MS,
) {
  const { url, isPrivate } = checkedUrl(verifyUrl, allowPrivate ? [new URL(verifyUrl).host] : []);
  const timeouts = { headersTimeout: askMs, bodyTimeout: askMs };
  const limits = { ...timeouts, connections: CONNECTIONS, maxResponseSize: ANSWER_MAX_BYTES };
  const dispatcher: Dispatcher = isPrivate
    ? new Agent({ ...limits, connect: { timeout: askMs } })
    : proxy === undefined
      ? new Agent({ ...limits, connect: { lookup: lookupPublic, timeout: askMs } })
      : createProxiedDispatcher(url.origin, proxy, { ...limits, connectMs: askMs });

  return {
    /** Rejects unless the provider answers in time. */
    async ask(form: Readonly<Record<string, string>>): Promise<unknown> {
      // `request` follows no redirects, so the checked host is the one that answers.
      const { statusCode, body } = await request(url, {
        method: 'POST',
        dispatcher,
        signal: AbortSignal.timeout(askMs),
        headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
        body: new URLSearchParams(form).toString(),
      });
      const text = await body.text();
      if (statusCode >= 500 || statusCode === 429) throw new Error(`The provider answered ${statusCode}.`);
      const answer: unknown = JSON.parse(text);
      return answer;
    },
    close: () => dispatcher.destroy(),
  };
}
