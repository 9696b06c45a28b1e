import { expect, test } from 'vitest';
import { applyMessage, applyTurnEvent } from './apply-event.ts';
import { type ChatState, contiguousSeq, emptyChat, sameButText, trimHistory } from './chat-state.ts';

const asked = applyMessage(
  { ...emptyChat, conversationId: 'conversation' },
  { seq: 1, id: 'question', from: 'visitor', text: 'Hi', at: 1 },
);
const delta = (state: ChatState, n: number) =>
  applyTurnEvent(state, { type: 'text-delta', turnId: 'turn', n, text: 'word ' });
const started = applyTurnEvent(asked, { type: 'turn-start', turnId: 'turn', messageSeq: 1 });
const first = delta(started, 1);

test('an answer that grows changes nothing else', () => {
  expect(sameButText(first, delta(delta(first, 2), 3))).toBe(true);
});

test.each<[string, ChatState, ChatState]>([
  ['its first word', started, first],
  ['its end', first, applyTurnEvent(first, { type: 'turn-end', turnId: 'turn', state: 'stopped' })],
  ['another answer beside it', first, applyTurnEvent(first, { type: 'turn-start', turnId: 'other', messageSeq: 1 })],
  ['a message', first, applyMessage(first, { seq: 2, id: 'next', from: 'agent', text: 'Hello', at: 2 })],
])('%s is a change', (_, before, after) => {
  expect(sameButText(before, after)).toBe(false);
});

const long = (count: number): ChatState => ({
  ...emptyChat,
  messages: Array.from({ length: count }, (_, at) => ({
    seq: at + 1,
    id: `message-${at + 1}`,
    from: 'visitor' as const,
    text: 'Hi',
    at: 1,
  })),
});

test('a list that has grown to twice its length keeps its latest part, without a gap', () => {
  expect(trimHistory(long(99), 50)).toEqual(long(99));
  const trimmed = trimHistory(long(100), 50);
  expect(trimmed.messages.map(({ seq }) => seq)).toEqual(Array.from({ length: 50 }, (_, at) => at + 51));
  expect([trimmed.firstSeq, contiguousSeq(trimmed)]).toEqual([51, 100]);
});
