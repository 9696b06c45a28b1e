import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createTurnFollower, type TurnProgress } from './turn-follower.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function following(log: { text: string; state: TurnProgress['state'] }) {
  const shown: string[] = [];
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
    everyMs: 75,
  });
  const leaveAll = () => {
    watched = false;
  };
  return { follower, shown, reads: () => reads, leaveAll };
}
const look = () => vi.advanceTimersByTimeAsync(75);

test('shows each delta once, from where the viewer stands, until the turn ends', async () => {
  const log = { text: 'ab', state: 'running' as TurnProgress['state'] };
  const { follower, shown } = following(log);
  follower.follow('c', 't', 1);
  follower.follow('c', 't', 0);
  await look();
  log.text = 'abcd';
  log.state = 'done';
  await look();
  expect(shown.join('')).toBe('bcd');
  expect(follower.followed()).toBe(0);
});

test('goes on when Redis comes back, and shows nothing after the end was heard', async () => {
  const log = { text: 'redis is away', state: 'running' as TurnProgress['state'] };
  const { follower, shown } = following(log);
  follower.follow('c', 't', 0);
  await look();
  log.text = 'a';
  await look();
  expect(shown).toEqual(['a']);
  follower.leave('t');
  log.text = 'ab';
  await look();
  expect(shown).toEqual(['a']);
});

test('stops reading once nobody here watches', async () => {
  const { follower, reads, leaveAll } = following({ text: '', state: 'running' });
  follower.follow('c', 't', 0);
  await look();
  leaveAll();
  await look();
  await look();
  expect(reads()).toBe(2);
});
