/** What a host's robots.txt allows us to read, how fast, and its sitemaps. */
import robotsParser from 'robots-parser';
import { decodeText } from '../lib/decode-text.ts';
import { USER_AGENT, type WebClient } from './web-client.ts';

export interface Robots {
  allows(url: string): boolean;
  /** Undefined where it names none. */
  readonly delayMs: number | undefined;
  readonly sitemaps: readonly string[];
}

/** A longer delay would let an import take days. */
const DELAY_MAX_S = 30;
const ALLOW_ALL: Robots = { allows: () => true, delayMs: undefined, sitemaps: [] };
const ALLOW_NOTHING: Robots = { allows: () => false, delayMs: undefined, sitemaps: [] };

/** As RFC 9309 asks: without a robots.txt everything is allowed; while its server fails nothing is. */
export async function readRobots(client: WebClient, url: string, signal: AbortSignal): Promise<Robots> {
  const { origin } = new URL(url);
  const address = `${origin}/robots.txt`;
  const answer = await client.get(address, { signal, mayFollow: () => undefined });
  if (answer.kind === 'failed') return answer.isTemporary ? ALLOW_NOTHING : ALLOW_ALL;
  if (answer.kind === 'unchanged') return ALLOW_ALL;
  const robots = robotsParser(address, decodeText(answer.bytes));
  const delay = robots.getCrawlDelay(USER_AGENT);
  return {
    allows: (page) => robots.isAllowed(page, USER_AGENT) ?? true,
    delayMs: delay === undefined ? undefined : Math.min(delay, DELAY_MAX_S) * 1000,
    sitemaps: robots.getSitemaps(),
  };
}
