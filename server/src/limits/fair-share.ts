/** Shares an installation fairly: counts what clients do, asks for a proof of work beyond a first limit, refuses beyond a second. */
import type { Challenge, Proof } from '@firstword/shared/proof-of-work';
import type { ClientAddress } from '../lib/client-address.ts';
import { RefusedError } from '../lib/guarded.ts';
import type { AddressPace } from './address-pace.ts';
import type { ClientChecks } from './client-checks.ts';
import { type LimitedKind, type LimitScope, type LimitTable, limitOf } from './limit-table.ts';
import type { WindowCounter } from './window-counter.ts';

/** Whose work it is; what is absent is not known yet. */
export interface Origin {
  readonly address: ClientAddress;
  readonly siteId?: string;
  readonly visitorId?: string;
  /** Of the page, as the browser names it. */
  readonly host?: string | undefined;
  /** The site vouches for the visitor, who is then never challenged. */
  readonly identified?: boolean;
}

export interface FairShare {
  /**
   * Counts one piece of work. What is refused, or must be proven first, is not counted.
   * @throws RefusedError `rate-limited`, with a challenge where a proof of work would help
   */
  admit(
    kind: LimitedKind,
    from: Origin,
    how?: {
      readonly proof?: Proof | undefined;
      readonly points?: number;
      /** A message that the visitor is still typing: how soon it comes says nothing of them. */
      readonly isDraft?: boolean;
    },
  ): Promise<void>;
  /** Corrects the count of work whose size is known only afterwards, such as bytes. */
  add(kind: LimitedKind, from: Origin, points: number): Promise<void>;
  /** Whether `admit` would refuse the next one. Counts nothing. */
  isUsedUp(kind: LimitedKind, from: Origin): Promise<boolean>;
  /** A new visitor has sent a message and left at once. */
  visitorLeft(from: Origin): void;
  /** A visitor has connected again. */
  visitorReturned(from: Origin): void;
}

export interface FairShareParts {
  readonly table: LimitTable;
  readonly counterOf: (kind: LimitedKind, scope: LimitScope) => WindowCounter;
  readonly checks: ClientChecks;
  /** Of messages beyond an address' first limit. */
  readonly pace: AddressPace;
  /** Called for each refusal. */
  readonly onRefused: (refused: { kind: LimitedKind; scope: LimitScope; key: string; challenged: boolean }) => void;
}

/** Hashes of one number at the limit. All numbers take a phone about 100 ms (`e2e/src/fair-share.test.ts` measures it). */
export const FIRST_TRIES = 8000;
/** Others may have been admitted while a client was solving. */
const STALE_SHARE = 0.5;
/** Beyond this a client would wait for longer than for the next minute. */
const EXCESS_MAX = 100;
const SCOPES: readonly LimitScope[] = ['visitor', 'address', 'network', 'site', 'installation'];

interface Counted {
  readonly scope: LimitScope;
  readonly key: string;
  readonly msLeft: number;
  /** By how much the count is beyond the challenge's limit, as a share of it; at most 0 within. */
  readonly excess: number;
  readonly isRefused: boolean;
}

export function createFairShare({ table, counterOf, checks, pace, onRefused }: FairShareParts): FairShare {
  const counters = new Map<string, WindowCounter>();
  const counter = (kind: LimitedKind, scope: LimitScope) => {
    const name = `${scope}:${kind}`;
    const found = counters.get(name) ?? counterOf(kind, scope);
    counters.set(name, found);
    return found;
  };
  /** The scopes in which a kind is limited, with the name under which this client is counted in each. */
  const places = (kind: LimitedKind, from: Origin) =>
    SCOPES.flatMap((scope) => {
      const limit = limitOf(table, scope, kind);
      const key = keyOf(scope, from);
      return limit === undefined || key === undefined ? [] : [{ scope, key, limit }];
    });
  const count = (kind: LimitedKind, from: Origin, points: number): Promise<Counted[]> =>
    Promise.all(
      places(kind, from).map(async ({ scope, key, limit: { challengeAbove, refuseAbove } }) => {
        const { count, msLeft } = await counter(kind, scope).add(key, points);
        return {
          ...{ scope, key, msLeft },
          excess: challengeAbove === undefined ? 0 : (count - challengeAbove) / Math.max(1, challengeAbove),
          isRefused: refuseAbove !== undefined && count > refuseAbove,
        };
      }),
    );
  const takeBack = (kind: LimitedKind, counted: readonly Counted[], points: number) =>
    Promise.all(counted.map(({ scope, key }) => counter(kind, scope).add(key, -points)));

  return {
    async admit(kind, from, { proof, points = 1, isDraft = false } = {}) {
      const counted = await count(kind, from, points);
      const refuse = async ({ scope, key }: Counted, msLeft: number, challenge?: Challenge): Promise<never> => {
        await takeBack(kind, counted, points);
        onRefused({ kind, scope, key, challenged: challenge !== undefined });
        throw refusal(kind, msLeft, challenge);
      };
      const refused = counted.find(({ isRefused }) => isRefused);
      if (refused !== undefined) return refuse(refused, refused.msLeft);
      const most = counted.reduce((worst, each) => (each.excess > worst.excess ? each : worst), NO_EXCESS);
      if (from.identified) return;
      if (most.excess <= 0) {
        if (kind === 'messages' && !isDraft) pace.sent(from.address.counted, from.visitorId);
        return;
      }

      const paced = kind === 'messages' ? counted.find(isBeyondAddress) : undefined;
      const closedMs = paced === undefined ? 0 : pace.closedMs(paced.key);
      if (paced !== undefined && closedMs > 0) return refuse(paced, closedMs);
      const bound = `${kind} ${from.siteId ?? ''} ${from.address.counted}`;
      const tries = Math.round(FIRST_TRIES * (1 + Math.min(most.excess, EXCESS_MAX)));
      const bearer = { ip: from.address.ip, host: from.host };
      const outcome = proof && (await checks.judge(proof, bound, Math.round(tries * STALE_SHARE), bearer));
      if (outcome === 'refused') return refuse(most, most.msLeft);
      if (outcome !== 'solved') return refuse(most, most.msLeft, checks.issue(bound, tries));
      if (paced !== undefined && !(await pace.turn(paced.key, from.visitorId))) return refuse(paced, paced.msLeft);
    },
    async add(kind, from, points) {
      await count(kind, from, points);
    },
    async isUsedUp(kind, from) {
      for (const { scope, key, limit } of places(kind, from))
        if ((await counter(kind, scope).read(key)) >= (limit.refuseAbove ?? Number.POSITIVE_INFINITY)) return true;
      return false;
    },
    visitorLeft: ({ address, visitorId }) => pace.visitorLeft(address.counted, visitorId),
    visitorReturned: ({ address, visitorId }) => pace.visitorReturned(address.counted, visitorId),
  };
}

const isBeyondAddress = ({ scope, excess }: Counted) => (scope === 'address' || scope === 'network') && excess > 0;

const NO_EXCESS: Counted = { scope: 'installation', key: '', msLeft: 0, excess: 0, isRefused: false };

function keyOf(scope: LimitScope, { address, siteId, visitorId }: Origin): string | undefined {
  switch (scope) {
    case 'visitor':
      return visitorId;
    case 'address':
      return address.counted;
    case 'network':
      return address.network === address.counted ? undefined : address.network;
    case 'site':
      return siteId;
    case 'installation':
      return 'all';
  }
}

const WHAT: Readonly<Record<LimitedKind, string>> = {
  connections: 'connections',
  sessions: 'new visitors',
  messages: 'messages',
  readKb: 'requests for earlier messages',
  ratings: 'ratings',
  refusedCalls: 'refused requests from your network',
};

function refusal(kind: LimitedKind, msLeft: number, challenge?: Challenge): RefusedError {
  const message = `Too many ${WHAT[kind]} in one minute. Wait ${Math.ceil(msLeft / 1000)} s.`;
  return new RefusedError('rate-limited', message, msLeft, challenge);
}
