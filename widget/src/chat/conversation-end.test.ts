import { expect, test } from 'vitest';
import { type ChatState, emptyChat } from './chat-state.ts';
import { conversationEnd } from './conversation-end.ts';

const asked = { seq: 1, id: 'asked', from: 'visitor', text: 'Where is it?', at: 1 } as const;
const settled = {
  seq: 2,
  id: 'settled',
  from: 'system',
  text: 'This looks settled.',
  at: 2,
  notice: 'resolved',
} as const;
const chat: ChatState = { ...emptyChat, conversationId: 'one', messages: [asked] };

test('a conversation goes on until its ticket is resolved or the visitor ends it', () => {
  expect(conversationEnd(chat)).toBeUndefined();
  expect(conversationEnd({ ...chat, messages: [asked, settled] })).toBe('settled');
  expect(conversationEnd({ ...chat, ended: true })).toBe('one 1');
});

test("what others say afterwards does not undo the end, the visitor's next message does", () => {
  const later = { seq: 3, id: 'later', text: 'And another thing', at: 3 };
  expect(conversationEnd({ ...chat, messages: [asked, settled, { ...later, from: 'agent' }] })).toBe('settled');
  expect(conversationEnd({ ...chat, messages: [asked, settled, { ...later, from: 'visitor' }] })).toBeUndefined();
  const outgoing = [{ id: 'new', text: 'Wait', at: 4, status: 'pending' }] as const;
  expect(conversationEnd({ ...chat, messages: [asked, settled], outgoing })).toBeUndefined();
});
