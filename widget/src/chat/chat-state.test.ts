import { expect, test } from 'vitest';
import { applyMessage, applyTurnEvent } from './apply-event.ts';
import { type ChatState, contiguousSeq, conversationEnd, emptyChat, sameButText, trimHistory } from './chat-state.ts';

const asked = applyMessage(
  { ...emptyChat, conversationId: 'conversation' },
  { seq: 1, id: 'question', from: 'visitor', text: 'Hi', at: 1 },
);
const delta = (state: ChatState, n: number) =>
  applyTurnEvent(state, { type: 'text-delta', turnId: 'turn', n, text: 'word ' });
const started = applyTurnEvent(asked, { type: 'turn-start', turnId: 'turn', messageSeq: 1 });
const first = delta(started, 1);

test('an answer that only grows leaves the outline unchanged', () => {
  expect(sameButText(first, delta(delta(first, 2), 3))).toBe(true);
});

test.each<[string, ChatState, ChatState]>([
  ['its first text', started, first],
  ['its end', first, applyTurnEvent(first, { type: 'turn-end', turnId: 'turn', state: 'stopped' })],
  ['another answer beside it', first, applyTurnEvent(first, { type: 'turn-start', turnId: 'other', messageSeq: 1 })],
  ['a message', first, applyMessage(first, { seq: 2, id: 'next', from: 'agent', text: 'Hello', at: 2 })],
  ['a proactive message to begin with', emptyChat, { ...emptyChat, opening: { id: 'prices', text: 'Questions?' } }],
  ['the first seen mark', emptyChat, { ...emptyChat, seenSeq: 1 }],
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

const question = { seq: 1, id: 'question', from: 'visitor', text: 'Where is it?', at: 1 } as const;
const settled = {
  seq: 2,
  id: 'settled',
  from: 'system',
  text: 'This looks settled.',
  at: 2,
  notice: 'resolved',
} as const;
const open: ChatState = { ...emptyChat, conversationId: 'one', messages: [question] };

test('a conversation goes on until its ticket is resolved or the visitor ends it', () => {
  expect(conversationEnd(open)).toBeUndefined();
  expect(conversationEnd({ ...open, messages: [question, settled] })).toBe('settled');
  expect(conversationEnd({ ...open, ended: true })).toBe('one 1');
});

test("only the visitor's next message reopens an ended conversation", () => {
  const later = { seq: 3, id: 'later', text: 'And another thing', at: 3 };
  expect(conversationEnd({ ...open, messages: [question, settled, { ...later, from: 'agent' }] })).toBe('settled');
  expect(conversationEnd({ ...open, messages: [question, settled, { ...later, from: 'visitor' }] })).toBeUndefined();
  const outgoing = [{ id: 'new', text: 'Wait', at: 4, status: 'pending' }] as const;
  expect(conversationEnd({ ...open, messages: [question, settled], outgoing })).toBeUndefined();
});
