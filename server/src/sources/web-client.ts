/** Fetches pages for imports: public addresses only, politely, with limits on time and size, and only what has changed. */
import type { Readable, Transform } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { Phrase } from '@firstword/shared/phrase';
import { Agent, request } from 'undici';
import { phrase, rawPhrase } from '../lib/phrase.ts';
import { AddressError, checkedUrl, lookupPublic } from '../lib/public-address.ts';
import { SourceError } from './source-error.ts';

/** What servers and their robots.txt know us by. */
export const USER_AGENT = 'FirstwordBot';

export interface WebClientSettings {
  /** Hosts with their port that may be private addresses and speak plain http. */
  readonly privateHosts: readonly string[];
  readonly pageMs: number;
  readonly maxBytes: number;
}
export const WEB_CLIENT_SETTINGS: WebClientSettings = {
  privateHosts: [],
  pageMs: 20_000,
  maxBytes: 20 * 1024 * 1024,
};

export interface Conditions {
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
}

export type WebAnswer =
  | {
      readonly kind: 'content';
      /** Where redirects ended. */
      readonly url: string;
      readonly type: string;
      readonly bytes: Uint8Array;
      readonly etag?: string;
      readonly lastModified?: string;
    }
  | { readonly kind: 'unchanged' }
  /** `isTemporary`: a later import may get it. */
  | { readonly kind: 'failed'; readonly reason: Phrase; readonly isTemporary: boolean };

export interface WebClient {
  /**
   * Never rejects, except when `signal` is aborted.
   * @param mayFollow whether a redirect to this URL may be followed
   */
  get(
    url: string,
    options: { signal: AbortSignal; conditions?: Conditions; mayFollow: (url: string) => Phrase | undefined },
  ): Promise<WebAnswer>;
  close(): Promise<void>;
}

const REDIRECTS_MAX = 5;
/** The longest `Retry-After` that an import waits for, once for each page. */
const RETRY_AFTER_MAX_S = 30;

const failed = (reason: Phrase, isTemporary: boolean): WebAnswer => ({ kind: 'failed', reason, isTemporary });

export function createWebClient(settings: WebClientSettings): WebClient {
  const { privateHosts, pageMs, maxBytes } = settings;
  const limits = { headersTimeout: pageMs, bodyTimeout: pageMs, connections: 4 };
  const open = new Agent({ ...limits, connect: { lookup: lookupPublic, timeout: pageMs } });
  const own = new Agent({ ...limits, connect: { timeout: pageMs } });

  const ask = async (address: string, conditions: Conditions, signal: AbortSignal) => {
    const { url, isPrivate } = checkedUrl(address, privateHosts);
    return request(url, {
      dispatcher: isPrivate ? own : open,
      signal,
      headers: {
        'user-agent': `${USER_AGENT} (help article import)`,
        accept:
          'text/html, application/xhtml+xml, text/markdown, application/json, application/pdf, text/*, application/xml;q=0.9, */*;q=0.5',
        'accept-encoding': 'gzip, br, deflate',
        ...(conditions.etag === undefined ? {} : { 'if-none-match': conditions.etag }),
        ...(conditions.lastModified === undefined ? {} : { 'if-modified-since': conditions.lastModified }),
      },
    });
  };

  const follow = async (
    start: string,
    conditions: Conditions,
    mayFollow: (url: string) => Phrase | undefined,
    signal: AbortSignal,
  ): Promise<WebAnswer | { readonly retryAfterS: number }> => {
    let url = start;
    for (let redirects = 0; ; redirects++) {
      const { statusCode, headers, body } = await ask(url, conditions, signal);
      const header = (name: string) => {
        const value = headers[name];
        return Array.isArray(value) ? value[0] : value;
      };
      if (statusCode === 200) {
        const [etag, lastModified] = [header('etag'), header('last-modified')];
        return {
          kind: 'content',
          url,
          type: header('content-type') ?? '',
          bytes: await readBody(body, header('content-encoding') ?? '', maxBytes),
          ...(etag === undefined ? {} : { etag }),
          ...(lastModified === undefined ? {} : { lastModified }),
        };
      }
      body.on('error', () => {}).destroy();
      if (statusCode === 304) return { kind: 'unchanged' };
      const location = header('location');
      if ([301, 302, 303, 307, 308].includes(statusCode) && location !== undefined) {
        if (redirects === REDIRECTS_MAX) return failed(phrase`redirects more than ${REDIRECTS_MAX} times`, false);
        if (!URL.canParse(location, url)) return failed(phrase`redirects to "${location}", which is not a URL`, false);
        url = new URL(location, url).href;
        const refusal = mayFollow(url);
        if (refusal !== undefined) return failed(phrase`redirects to ${url}, ${refusal}`, false);
        continue;
      }
      const retryAfterS = Number(header('retry-after'));
      const isBusy = statusCode === 429 || statusCode === 503;
      if (isBusy && retryAfterS > 0 && retryAfterS <= RETRY_AFTER_MAX_S) return { retryAfterS };
      return failed(phrase`the server answered with status ${statusCode}`, statusCode >= 500 || statusCode === 429);
    }
  };

  return {
    async get(url, { signal, conditions = {}, mayFollow }) {
      for (let isFirst = true; ; isFirst = false) {
        const limit = AbortSignal.timeout(pageMs);
        try {
          const answer = await follow(url, conditions, mayFollow, AbortSignal.any([signal, limit]));
          if ('kind' in answer) return answer;
          if (!isFirst) return failed(phrase`the server asks to be left alone for now (Retry-After)`, true);
          await pause(answer.retryAfterS * 1000, undefined, { signal });
        } catch (error) {
          signal.throwIfAborted();
          if (error instanceof AddressError || error instanceof SourceError) return failed(error.phrase, false);
          if (limit.aborted) return failed(phrase`no complete response within ${pageMs / 1000} s`, true);
          return failed(rawPhrase(error), true);
        }
      }
    },
    async close() {
      await Promise.all([open.destroy(), own.destroy()]);
    },
  };
}

const DECOMPRESSORS = new Map([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['br', createBrotliDecompress],
  ['deflate', createInflate],
]);

/** Counts the bytes after decompression, so that a small response cannot become a huge one. */
async function readBody(body: Readable, encoding: string, maxBytes: number): Promise<Uint8Array> {
  const name = encoding.trim().toLowerCase();
  const decompressor = DECOMPRESSORS.get(name);
  if (decompressor === undefined && name !== '' && name !== 'identity')
    throw new SourceError('unreadable', phrase`the response is compressed with "${encoding}", which was not asked for`);
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of decompressor === undefined ? body : decompressed(body, decompressor())) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new SourceError('too-large', phrase`is larger than ${maxBytes / 1024 / 1024} MB`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** `pipe` does not pass on errors of the connection. */
function decompressed(body: Readable, into: Transform): Readable {
  body.on('error', (error) => into.destroy(error));
  into.on('close', () => body.destroy());
  body.pipe(into);
  return into;
}
