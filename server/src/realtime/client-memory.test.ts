import type { Message } from '@firstword/shared/wire';
import { expect, test } from 'vitest';
import { createClientMemory } from './client-memory.ts';

const message = (seq: number): Message => ({ seq, id: `m${seq}`, from: 'visitor', text: `text ${seq}`, at: 0 });
const start = (lastSeq: number, ...messages: Message[]) => ({
  lastSeq,
  messages,
  responder: { responder: 'waiting-agent' as const },
});

test('it starts with the messages and responder of session-start', () => {
  const view = createClientMemory(2);
  view.noteOutgoing('session-start', start(4, message(2), message(3), message(4)));
  expect(view).toMatchObject({ lastSeq: 4, recent: [message(3), message(4)], responder: 'waiting-agent' });
});

test('it keeps each message once, in the order of the log', () => {
  const view = createClientMemory(12);
  for (const seq of [1, 3, 2, 3]) view.noteOutgoing('message', message(seq));
  expect(view.recent).toEqual([1, 2, 3].map(message));
  expect(view.lastSeq).toBe(3);
});

test('it tracks the responder and ignores other events', () => {
  const view = createClientMemory(12);
  view.noteOutgoing('responder', { responder: 'agent', label: 'An agent answers' });
  view.noteOutgoing('turn-event', { type: 'text-delta', turnId: 't', n: 1, text: 'x' });
  expect(view).toMatchObject({ lastSeq: 0, recent: [], responder: 'agent' });
});
