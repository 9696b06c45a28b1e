import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createCoalescedTimer } from '../lib/coalesced-timer.ts';
import { createDeltaWriter } from './delta-writer.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function scripted(answers: (boolean | Error)[]) {
  const writes: number[][] = [];
  const onEndedElsewhere = vi.fn();
  const watchTurn = vi.fn(async () => {});
  const store = {
    watchTurn,
    async appendDeltas(_conversation: string, _turn: string, deltas: readonly { n: number }[]) {
      writes.push(deltas.map(({ n }) => n));
      const answer = answers.shift() ?? true;
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
  const turn = { conversationId: 'c', turnId: 't' };
  const writer = createDeltaWriter(store, turn, {
    tick: createCoalescedTimer(() => 40),
    renewMs: 1000,
    onEndedElsewhere,
  });
  return { writer, writes, watchTurn, onEndedElsewhere };
}

test('deltas between two ticks go into one write', async () => {
  const { writer, writes } = scripted([]);
  for (const n of [1, 2, 3]) writer.push({ n, text: 'x' });
  await vi.advanceTimersByTimeAsync(40);
  writer.push({ n: 4, text: 'x' });
  await writer.close();
  expect(writes).toEqual([[1, 2, 3], [4]]);
});

test('a failed write is repeated together with the deltas that followed', async () => {
  const { writer, writes } = scripted([new Error('redis is away')]);
  writer.push({ n: 1, text: 'x' });
  await vi.advanceTimersByTimeAsync(40);
  writer.push({ n: 2, text: 'x' });
  await vi.advanceTimersByTimeAsync(40);
  await writer.close();
  expect(writes).toEqual([[1], [1, 2]]);
});

test('a turn without deltas renews its lease, and detects that another process has ended it', async () => {
  const { writer, writes, onEndedElsewhere } = scripted([true, false]);
  await vi.advanceTimersByTimeAsync(1000);
  expect(onEndedElsewhere).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1000);
  expect(writes).toEqual([[], []]);
  expect(onEndedElsewhere).toHaveBeenCalledOnce();
  await writer.close();
});

test('a streaming turn renews its watch entry at its heartbeats, not with every write', async () => {
  const { writer, writes, watchTurn } = scripted([]);
  for (let n = 1; n <= 20; n++) {
    writer.push({ n, text: 'x' });
    await vi.advanceTimersByTimeAsync(100);
  }
  await writer.close();
  expect(writes.length).toBeGreaterThanOrEqual(20);
  expect(watchTurn).toHaveBeenCalledTimes(2);
});
