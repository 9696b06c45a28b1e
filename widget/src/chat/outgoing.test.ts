import { expect, test } from 'vitest';
import { type ChatState, emptyChat } from './chat-state.ts';
import { followTab } from './outgoing.ts';

const NOW = 1_000_000;
const sent = (id: string, ageMs: number, from: 'visitor' | 'assistant' = 'visitor') => ({
  seq: 1,
  id,
  from,
  text: id,
  at: NOW + 5000 - ageMs,
});
const state: ChatState = {
  ...emptyChat,
  conversationId: 'mine',
  clockOffsetMs: 5000,
  messages: [sent('old', 60_000), sent('new', 200), sent('answer', 100, 'assistant')],
  outgoing: [{ id: 'waiting', text: 'waiting', at: NOW, status: 'pending' }],
};

test('the visitor’s messages of this moment follow into the conversation that another tab has begun, once each', () => {
  const next = followTab(state, { conversation: 'theirs', subject: undefined, readSeq: 0 }, NOW);
  expect(next.messages).toEqual([]);
  expect(next.outgoing).toEqual([
    { id: 'new', text: 'new', at: NOW - 200, status: 'pending' },
    { id: 'waiting', text: 'waiting', at: NOW, status: 'pending' },
  ]);
});

test('they follow also where the stored conversation is still this one, because the session decides', () => {
  const next = followTab(state, { conversation: 'mine', subject: undefined, readSeq: 7 }, NOW);
  expect([next.readSeq, next.outgoing.map(({ id }) => id)]).toEqual([7, ['new', 'waiting']]);
});

test('nothing that was sent follows a visitor who has signed in', () => {
  const next = followTab(state, { conversation: 'theirs', subject: 'anna', readSeq: 0 }, NOW);
  expect(next.outgoing).toEqual(state.outgoing);
});
