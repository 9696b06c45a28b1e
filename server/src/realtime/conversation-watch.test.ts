import type { Message } from '@firstword/shared/wire';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createConversationWatch } from './conversation-watch.ts';

const EVERY_MS = 250;
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A conversation whose messages are numbered from 1 on. */
function scripted(count: number) {
  const conversation = { count, turnId: undefined as string | undefined, watched: true, away: false };
  const shown: number[] = [];
  const onTurn = vi.fn();
  const readHead = vi.fn(async () => {
    const { count: lastSeq, turnId } = conversation;
    return { lastSeq, responder: 'assistant' as const, ...(turnId && { turn: { turnId, messageSeq: lastSeq } }) };
  });
  const readAfter = async (_id: string, after: number, limit: number): Promise<Message[]> => {
    if (conversation.away) throw new Error('Redis is away');
    const seqs = Array.from({ length: conversation.count - after }, (_, index) => after + index + 1);
    return seqs.slice(0, limit).map((seq) => ({ seq, id: `m${seq}`, from: 'visitor', text: 'Hello', at: 1 }));
  };
  const watch = createConversationWatch({
    store: { readHead, readAfter },
    isWatched: () => conversation.watched,
    show: (_id, { seq }) => void shown.push(seq),
    onTurn,
    everyMs: EVERY_MS,
  });
  return { conversation, shown, onTurn, readHead, watch, next: () => vi.advanceTimersByTimeAsync(EVERY_MS) };
}

test('what follows the messages of the page is shown, in order and once', async () => {
  const { conversation, shown, watch, next } = scripted(3);
  watch.follow('c', 2);
  await next();
  conversation.count = 5;
  await next();
  await next();
  expect(shown).toEqual([3, 4, 5]);
});

test('a second page gets what it lacks', async () => {
  const { shown, watch, next, onTurn } = scripted(5);
  watch.follow('c', 5);
  await next();
  watch.follow('c', 3);
  expect(onTurn).toHaveBeenCalledOnce();
  await next();
  expect(shown).toEqual([4, 5]);
});

test('a page that lacks very much gets only the newest messages', async () => {
  const { shown, watch, next } = scripted(1000);
  watch.follow('c', 0);
  await next();
  expect([shown[0], shown.length]).toEqual([951, 50]);
});

test('an answer is reported once when it begins', async () => {
  const { conversation, watch, next, onTurn } = scripted(1);
  watch.follow('c', 1);
  await next();
  expect(onTurn).not.toHaveBeenCalled();
  for (const turnId of ['one', 'one', 'two']) {
    conversation.turnId = turnId;
    await next();
  }
  expect(onTurn.mock.calls).toEqual([['c'], ['c']]);
});

test('messages that could not be read are shown by the next reading', async () => {
  const { conversation, shown, watch, next } = scripted(2);
  conversation.away = true;
  watch.follow('c', 1);
  await next();
  conversation.away = false;
  await next();
  expect(shown).toEqual([2]);
});

test('once no page watches, nothing is read', async () => {
  const { conversation, watch, next, readHead } = scripted(1);
  watch.follow('c', 1);
  await next();
  conversation.watched = false;
  await next();
  readHead.mockClear();
  await next();
  expect([readHead.mock.calls.length, vi.getTimerCount()]).toEqual([0, 0]);
});
