/** A minute of an office and of programs at the default limits. Proofs cost nothing here, as for a fast processor. */
import { addSecurityRow } from '@firstword/testing/security-row';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { RefusedError } from '../lib/guarded.ts';
import { createAddressPace } from './address-pace.ts';
import { createFairShare } from './fair-share.ts';
import { limitTableSchema } from './limit-table.ts';

const MINUTE_MS = 60_000;
const PROOF = { token: 'solved', numbers: [1] };
/** Triage and answer. */
const CALLS = 2;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function countMinutes() {
  const counts = new Map<string, { count: number; until: number }>();
  return {
    read: async (key: string) => counts.get(key)?.count ?? 0,
    async add(key: string, points: number) {
      const found = counts.get(key);
      const { count, until } = found && found.until > Date.now() ? found : { count: 0, until: Date.now() + MINUTE_MS };
      counts.set(key, { count: count + points, until });
      return { count: count + points, msLeft: until - Date.now() };
    },
  };
}

function installation() {
  let proven = 0;
  const fairShare = createFairShare({
    table: limitTableSchema.parse({}),
    counterOf: countMinutes,
    checks: {
      issue: (_bound, tries) => ({ token: 'unsolved', tries, numbers: 1 }),
      judge: async ({ token }) => (token === PROOF.token ? 'solved' : 'unsolved'),
    },
    pace: createAddressPace(async () => ++proven <= 600),
    onRefused: () => {},
  });
  const address = { ip: '203.0.113.7', counted: '203.0.113.7', network: '203.0.113.7', viaProxy: false };
  const from = (visitorId: string) => ({ address, siteId: 'acme', visitorId });
  return {
    leave: (visitorId: string) => fairShare.visitorLeft(from(visitorId)),
    /** As the widget does; whether the message was accepted. */
    async send(visitorId: string) {
      try {
        return await fairShare.admit('messages', from(visitorId)).then(() => true);
      } catch (error) {
        if (!(error instanceof RefusedError) || error.challenge === undefined) return false;
      }
      return fairShare.admit('messages', from(visitorId), { proof: PROOF }).then(
        () => true,
        () => false,
      );
    },
  };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
/** Runs the work of each of them, for a minute. */
async function forAMinute(count: number, work: (index: number, isOver: () => boolean) => Promise<void>) {
  const end = Date.now() + MINUTE_MS;
  const all = Array.from({ length: count }, (_, index) => work(index, () => Date.now() >= end));
  await vi.advanceTimersByTimeAsync(MINUTE_MS + 10_000);
  await Promise.all(all);
}

test('200 people of one address are served, a message each within a minute', async ({ task }) => {
  const { send } = installation();
  const waits: number[] = [];
  let refused = 0;
  await forAMinute(200, async (person) => {
    await pause((person * 7919) % MINUTE_MS);
    const from = Date.now();
    if (!(await send(`person ${person}`))) refused += 1;
    waits.push(Date.now() - from);
  });
  expect(refused).toBe(0);
  expect(Math.max(...waits)).toBeLessThan(3000);
  addSecurityRow(task, {
    id: 'office',
    tried: '200 visitors of one address, a message each, spread over a minute (simulated)',
    result: `${refused} refused; the longest wait for the address' turn is ${Math.max(...waits)} ms`,
  });
});

test('a program that farms sessions gets little more than the first limit, also with proofs', async ({ task }) => {
  const results: string[] = [];
  const farm = async (name: string, sessions: number, fresh: boolean) => {
    const { send, leave } = installation();
    let accepted = 0;
    await forAMinute(sessions, async (index, isOver) => {
      for (let n = 0; !isOver(); n++) {
        const visitor = fresh ? `${index} ${n}` : `${index}`;
        if (await send(visitor)) accepted += 1;
        await pause(500);
        if (fresh) leave(visitor);
      }
    });
    expect(accepted * CALLS, name).toBeLessThanOrEqual(60);
    results.push(`${name}: ${accepted} messages`);
  };
  await farm('150 sessions kept open', 150, false);
  await farm('20 at a time, each left after its message', 20, true);
  await farm('5 at a time, each left after its message', 5, true);
  await farm('12 sessions kept open', 12, false);
  await farm('3 sessions kept open', 3, false);
  addSecurityRow(task, {
    id: 'S22',
    tried: 'a minute of farming sessions from one address, with proofs that cost nothing (simulated)',
    result: `${results.join('; ')}; ${CALLS} model calls each, so at most 60`,
  });
});
