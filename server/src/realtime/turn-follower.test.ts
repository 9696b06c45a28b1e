import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createTurnFollower, type TurnProgress } from './turn-follower.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

interface StoredTurn {
  text: string;
  state: TurnProgress['state'];
}

function following(log: StoredTurn) {
  const shown: string[] = [];
  const ends: TurnProgress[] = [];
  let watched = true;
  let reads = 0;
  const follower = createTurnFollower({
    async read(_conversation, _turn, after) {
      reads += 1;
      if (log.text === 'redis is away') throw new Error('redis is away');
      const deltas = [...log.text].map((text, index) => ({ n: index + 1, text })).filter(({ n }) => n > after);
      return { state: log.state, deltas };
    },
    hasViewers: () => watched,
    show: (_conversation, _turn, { text }) => void shown.push(text),
    ended: (_conversation, _turn, progress) => void ends.push(progress),
    everyMs: 75,
  });
  const leaveAll = () => {
    watched = false;
  };
  return { follower, shown, ends, reads: () => reads, leaveAll };
}
const poll = () => vi.advanceTimersByTimeAsync(75);

test('shows each delta once, from the position of the viewer until the turn ends', async () => {
  const log: StoredTurn = { text: 'ab', state: 'running' };
  const { follower, shown } = following(log);
  follower.follow('c', 't', 1);
  follower.follow('c', 't', 0);
  await poll();
  log.text = 'abcd';
  log.state = 'done';
  await poll();
  expect(shown.join('')).toBe('bcd');
});

test('leaves the end event to the process that runs the turn, and emits it only when it never arrived', async () => {
  const log: StoredTurn = { text: 'ab', state: 'done' };
  const { follower, ends } = following(log);
  follower.follow('c', 'shown', 0);
  await poll();
  follower.leave('shown');
  await poll();
  expect(ends).toEqual([]);
  follower.follow('c', 'not shown', 0);
  await poll();
  await poll();
  expect(ends).toMatchObject([{ state: 'done' }]);
  expect(follower.followed()).toBe(0);
});

test('continues when Redis is back, and shows nothing after the end event', async () => {
  const log: StoredTurn = { text: 'redis is away', state: 'running' };
  const { follower, shown } = following(log);
  follower.follow('c', 't', 0);
  await poll();
  log.text = 'a';
  await poll();
  expect(shown).toEqual(['a']);
  follower.leave('t');
  log.text = 'ab';
  await poll();
  expect(shown).toEqual(['a']);
});

test('stops polling once there are no viewers on this process', async () => {
  const { follower, reads, leaveAll } = following({ text: '', state: 'running' });
  follower.follow('c', 't', 0);
  await poll();
  leaveAll();
  await poll();
  await poll();
  expect(reads()).toBe(2);
});
