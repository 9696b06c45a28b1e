/** What is counted, for whom, and where a challenge or a refusal begins. All counts are those of one minute. */
import { z } from 'zod';

const challengeAbove = (value: number) =>
  z.int().min(0).default(value).describe('Count above which each further one needs a proof of work.');
const refuseAbove = (value: number) =>
  z.int().min(0).default(value).describe('Count above which further ones are refused.');

const refused = (limit: number) => z.strictObject({ refuseAbove: refuseAbove(limit) }).prefault({});
const challenged = (limit: number) => z.strictObject({ challengeAbove: challengeAbove(limit) }).prefault({});
const both = (challenge: number, refuse: number) =>
  z.strictObject({ challengeAbove: challengeAbove(challenge), refuseAbove: refuseAbove(refuse) }).prefault({});

const CONNECTIONS = 'Connections that are opened, of widgets and of consoles.';
const SESSIONS = 'Sessions of new visitors.';
const MESSAGES = 'Messages that models may answer, hand-off requests and repeated answers.';
const READS = 'History that is sent, in kilobytes (1000 bytes).';
const RATINGS = 'Ratings.';
const REFUSED_CALLS = 'Calls of the REST and the model API that are refused, without a valid session or API token.';

/**
 * An office of 200 people behind one address must be able to chat: what a single machine could also do alone is challenged,
 * and only what such an office does not do is refused.
 */
export const limitTableSchema = z
  .strictObject({
    visitor: z
      .strictObject({ readKb: refused(10_000).describe(READS), ratings: refused(30).describe(RATINGS) })
      .prefault({})
      .describe('Limits of one visitor.'),
    address: z
      .strictObject({
        connections: refused(1200).describe(CONNECTIONS),
        sessions: both(250, 600).describe(SESSIONS),
        messages: both(20, 300).describe(MESSAGES),
        readKb: refused(50_000).describe(READS),
        refusedCalls: refused(300).describe(REFUSED_CALLS),
      })
      .prefault({})
      .describe('Limits of one IPv4 address, or of the /64 of an IPv6 address.'),
    network: z
      .strictObject({
        connections: refused(4800).describe(CONNECTIONS),
        sessions: both(1000, 2400).describe(SESSIONS),
        messages: both(40, 600).describe(MESSAGES),
        readKb: refused(200_000).describe(READS),
        refusedCalls: refused(1200).describe(REFUSED_CALLS),
      })
      .prefault({})
      .describe('Limits of the /48 of an IPv6 address. They do not apply to IPv4.'),
    site: z
      .strictObject({ sessions: challenged(2000).describe(SESSIONS), messages: challenged(1000).describe(MESSAGES) })
      .prefault({})
      .describe('Limits of one site. They slow down an attack from many addresses.'),
    installation: z
      .strictObject({ sessions: challenged(10_000).describe(SESSIONS), messages: challenged(5000).describe(MESSAGES) })
      .prefault({})
      .describe('Limits of all sites together.'),
  })
  .prefault({})
  .describe('What visitors may do in a minute, and where a challenge or a refusal begins.');
export type LimitTable = z.infer<typeof limitTableSchema>;

export type LimitScope = keyof LimitTable;
export type LimitedKind = 'connections' | 'sessions' | 'messages' | 'readKb' | 'ratings' | 'refusedCalls';
export interface Limit {
  readonly challengeAbove?: number;
  readonly refuseAbove?: number;
}

export function limitOf(table: LimitTable, scope: LimitScope, kind: LimitedKind): Limit | undefined {
  const limits: Partial<Record<LimitedKind, Limit>> = table[scope];
  return limits[kind];
}
