/**
 * Two minutes of an office of 60 people behind one address, alone and beside programs, at the default limits. The clock is
 * simulated; proofs take people's phones some time, and programs nearly none.
 */
import { addSecurityRow } from '@firstword/testing/security-row';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { RefusedError } from '../lib/guarded.ts';
import { createAddressPace } from './address-pace.ts';
import { createFairShare } from './fair-share.ts';
import { limitTableSchema } from './limit-table.ts';

const MINUTE_MS = 60_000;
const PROOF = { token: 'solved', numbers: [1] };
const OFFICE = '203.0.113.7';
const ELSEWHERE = '198.51.100.7';
/** A /48 in which each visitor, or each floor, has a /64. */
const NETWORK = '2001:db8::/48';
const inNetwork = (part: string) => `${part} of ${NETWORK}`;
/** Triage and answer. */
const CALLS = 2;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const times = (count: number) => Array.from({ length: count }, (_, index) => index);
/** Evenly spread numbers from 0 to 1, the same in each run. */
function spread(seed: number) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function countFor(windowMs: number) {
  const counts = new Map<string, { count: number; until: number }>();
  return {
    read: async (key: string) => counts.get(key)?.count ?? 0,
    async add(key: string, points: number) {
      const found = counts.get(key);
      const { count, until } = found && found.until > Date.now() ? found : { count: 0, until: Date.now() + windowMs };
      counts.set(key, { count: count + points, until });
      return { count: count + points, msLeft: until - Date.now() };
    },
  };
}

function installation() {
  const hour = countFor(60 * MINUTE_MS);
  const fairShare = createFairShare({
    table: limitTableSchema.parse({}),
    counterOf: () => countFor(MINUTE_MS),
    checks: {
      issue: (_bound, tries) => ({ token: 'unsolved', tries, numbers: 1 }),
      judge: async ({ token }) => (token === PROOF.token ? 'solved' : 'unsolved'),
    },
    pace: createAddressPace(async (address) => (await hour.add(address, 1)).count <= 600),
    onRefused: () => {},
  });
  const origin = (ip: string, visitorId: string) => ({
    ...{ address: { ip, counted: ip, network: ip.endsWith(NETWORK) ? NETWORK : ip, viaProxy: false } },
    ...{ siteId: 'acme', visitorId },
  });
  return {
    leave: (ip: string, visitorId: string) => fairShare.visitorLeft(origin(ip, visitorId)),
    /** As the widget does: solves what it is asked to, however often. Whether the message was accepted. */
    async send(ip: string, visitorId: string, proofMs: number): Promise<boolean> {
      for (let isProven = false; ; isProven = true) {
        try {
          await fairShare.admit('messages', origin(ip, visitorId), isProven ? { proof: PROOF } : {});
          return true;
        } catch (error) {
          if (!(error instanceof RefusedError) || error.challenge === undefined) return false;
        }
        await pause(proofMs);
      }
    },
  };
}
type Installation = ReturnType<typeof installation>;

/** Each person opens the chat, types, sends, reads the answer, and writes again; some send a question in two parts. */
async function office(
  { send }: Installation,
  seed: number,
  people = 60,
  messages = 3,
  addressOf = (_person: number) => OFFICE,
) {
  const random = spread(seed);
  let [sent, refused, longestMs] = [0, 0, 0];
  await Promise.all(
    times(people).map(async (person) => {
      await pause(4000 + random() * 50_000);
      for (const _ of times(messages)) {
        const from = Date.now();
        sent += 1;
        if (!(await send(addressOf(person), `person ${person}`, 50 + random() * 400))) refused += 1;
        longestMs = Math.max(longestMs, Date.now() - from);
        await pause(random() < 0.15 ? 800 + random() * 2000 : 6000 + random() * 20_000);
      }
    }),
  );
  return { sent, refused, longestMs };
}

interface Farm {
  /** Sessions that send at the same time. */
  readonly sessions: number;
  /** From an answer to the next message. */
  readonly everyMs: number;
  /** A new session for each message: it leaves at once after it, or its connection stays open. */
  readonly fresh?: 'leaves' | 'stays';
  /** Messages that a session sends at the same time. */
  readonly atOnce?: number;
}
/** Accepted messages in each of the minutes. */
async function farm(
  { send, leave }: Installation,
  { sessions, everyMs, fresh, atOnce = 1 }: Farm,
  address: string | ((visitor: string) => string),
  minutes: number,
) {
  const start = Date.now();
  const accepted = times(minutes).map(() => 0);
  await Promise.all(
    times(sessions).map(async (session) => {
      for (let round = 0; Date.now() - start < minutes * MINUTE_MS; round += 1) {
        const visitor = `program ${session} ${fresh === undefined ? '' : round}`;
        const from = typeof address === 'string' ? address : address(visitor);
        const one = async () => {
          const isAccepted = await send(from, visitor, 20);
          const minute = Math.floor((Date.now() - start) / MINUTE_MS);
          if (isAccepted && minute < minutes) accepted[minute] = (accepted[minute] ?? 0) + 1;
        };
        await Promise.all(times(atOnce).map(one));
        await pause(everyMs);
        if (fresh === 'leaves') leave(from, visitor);
      }
    }),
  );
  return accepted;
}

async function finished<Result>(work: Promise<Result>): Promise<Result> {
  let isOver = false;
  const over = () => {
    isOver = true;
  };
  work.then(over, over);
  while (!isOver) await vi.advanceTimersByTimeAsync(5000);
  return work;
}

test('60 people of one address, three messages each within two minutes, are all served', async ({ task }) => {
  let longestMs = 0;
  for (const seed of [1, 2, 3]) {
    const outcome = await finished(office(installation(), seed));
    expect(outcome).toMatchObject({ sent: 180, refused: 0 });
    longestMs = Math.max(longestMs, outcome.longestMs);
  }
  expect(longestMs).toBeLessThan(3000);
  addSecurityRow(task, {
    id: 'office',
    tried: '3 offices of 60 visitors behind one address, 3 messages each within two minutes (simulated)',
    result: `0 of 540 refused; the longest wait, with the proof, is ${longestMs} ms`,
  });
});

test('60 people of one address who write within the same second are all served', async () => {
  const { send } = installation();
  const random = spread(1);
  const sent = await finished(
    Promise.all(
      times(60).map(async (person) => {
        await pause(random() * 1000);
        return send(OFFICE, `person ${person}`, 50 + random() * 400);
      }),
    ),
  );
  expect(sent.filter((isAccepted) => !isAccepted)).toEqual([]);
});

const PROGRAMS: Readonly<Record<string, Farm>> = {
  'keep 15 sessions': { sessions: 15, everyMs: 500 },
  'keep 25 sessions': { sessions: 25, everyMs: 2000 },
  'wait 3.1 s between two messages': { sessions: 12, everyMs: 3100 },
  'use 8 new sessions at a time': { sessions: 8, everyMs: 1000, fresh: 'leaves' },
  'send in bursts': { sessions: 10, everyMs: 15_000, atOnce: 4 },
};

test('programs with proofs are held to the first limit, and an office at another address does not notice', async ({
  task,
}) => {
  const results: string[] = [];
  for (const [name, program] of Object.entries(PROGRAMS)) {
    const world = installation();
    const [accepted, { refused }] = await finished(Promise.all([farm(world, program, ELSEWHERE, 2), office(world, 1)]));
    expect([name, refused]).toEqual([name, 0]);
    expect(Math.max(...accepted) * CALLS, name).toBeLessThanOrEqual(60);
    results.push(`${name}: ${Math.max(...accepted)}`);
  }
  addSecurityRow(task, {
    id: 'S22',
    tried: `${results.length} kinds of programs with proofs that cost nothing, each beside an office at another address (simulated)`,
    result: `0 of ${results.length * 180} of the offices' messages refused; messages of the programs in their best minute: ${results.join('; ')}`,
  });
});

const LIKE_AN_OFFICE: Readonly<Record<string, Farm>> = {
  'keeps 60 sessions': { sessions: 60, everyMs: 2000 },
  'keeps a new session open for each message': { sessions: 20, everyMs: 1000, fresh: 'stays' },
};

test('a program that looks like an office at first is found within a minute, and gets less each time', async ({
  task,
}) => {
  for (const [name, program] of Object.entries(LIKE_AN_OFFICE)) {
    const accepted = await finished(farm(installation(), program, ELSEWHERE, 8));
    expect(Math.max(...accepted), name).toBeLessThanOrEqual(90);
    expect(accepted.filter((count) => count <= 30).length, name).toBeGreaterThanOrEqual(4);
    addSecurityRow(task, {
      id: 'S22',
      tried: `8 minutes of a program with proofs that ${name} (simulated)`,
      result: `messages in each minute: ${accepted.join(', ')}`,
    });
  }
});

test('people of one IPv6 network are all served, and a program with a /64 for each visitor is held back', async ({
  task,
}) => {
  for (const perFloor of [1, 20]) {
    const floorOf = (person: number) => inNetwork(`floor ${Math.floor(person / perFloor)}`);
    expect(await finished(office(installation(), 1, 60, 3, floorOf)), `${perFloor}`).toMatchObject({ refused: 0 });
  }
  const program = { sessions: 100, everyMs: 30_000, fresh: 'stays' } as const;
  const accepted = await finished(farm(installation(), program, inNetwork, 8));
  // Like 200 people at first, for whom it may be; the hour's limit ends that.
  expect(accepted.slice(-3)).toEqual([40, 40, 40]);
  addSecurityRow(task, {
    id: 'S22',
    tried: '8 minutes of a program with proofs, whose visitors write once each, from a /64 each of one /48 (simulated)',
    result: `messages in each minute: ${accepted.join(', ')}`,
  });
});
