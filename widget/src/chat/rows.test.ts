import type { Message } from '@firstword/shared/wire';
import { expect, test } from 'vitest';
import { type ChatState, emptyChat, type Turn } from './chat-state.ts';
import { awaitsFirstToken, rows } from './rows.ts';

const online: ChatState = { ...emptyChat, connection: { kind: 'online' }, conversationId: 'conversation' };
const question: Message = { seq: 1, id: 'question', from: 'visitor', text: 'Hi', at: 1 };
const turn: Turn = {
  turnId: 'turn',
  messageSeq: 1,
  text: 'Hel',
  lastDelta: 1,
  seenDelta: 1,
  state: 'running',
};
const keys = (state: ChatState) => rows(state).map(({ key }) => key);

test('an answer keeps its key when it is stored', () => {
  const answer: Message = { seq: 2, id: 'answer', from: 'assistant', text: 'Hello', at: 2, turnId: 'turn' };
  expect(keys({ ...online, messages: [question], turns: [turn] })).toEqual(['question', 'turn']);
  expect(keys({ ...online, messages: [question, answer] })).toEqual(['question', 'turn']);
});

test('an answer is shown below its question even before that is acknowledged', () => {
  const outgoing = [{ id: 'question', text: 'Hi', at: 1, status: 'pending' as const }];
  expect(keys({ ...online, outgoing, turns: [turn] })).toEqual(['question', 'turn']);
});

test('a failed answer stays with its question when the conversation goes on', () => {
  const next: Message = { ...question, seq: 2, id: 'next' };
  const failed: Turn = { ...turn, state: 'failed' };
  expect(keys({ ...online, messages: [question, next], turns: [failed] })).toEqual(['question', 'turn', 'next']);
});

test('a retry replaces the failed answer', () => {
  const again: Turn = { ...turn, turnId: 'again' };
  const turns: Turn[] = [{ ...turn, state: 'failed' }, again];
  expect(keys({ ...online, messages: [question], turns })).toEqual(['question', 'again']);
});

test('the first token is awaited from the send until it arrives', () => {
  const outgoing = [{ id: 'question', text: 'Hi', at: 1, status: 'pending' as const }];
  expect(awaitsFirstToken({ ...online, outgoing })).toBe(true);
  expect(awaitsFirstToken({ ...online, turns: [{ ...turn, text: '' }] })).toBe(true);
  expect(awaitsFirstToken({ ...online, turns: [turn] })).toBe(false);
});

test('no first token is awaited from an agent', () => {
  const outgoing = [{ id: 'question', text: 'Hi', at: 1, status: 'pending' as const }];
  expect(awaitsFirstToken({ ...online, outgoing, responder: { responder: 'agent' } })).toBe(false);
});

test('an answer that the next message has replaced keeps its text, and its row only if there is text', () => {
  const next: Message = { ...question, seq: 2, id: 'next' };
  const stopped: Turn = { ...turn, state: 'stopped' };
  const superseded = (state: Partial<ChatState>) =>
    rows({ ...online, messages: [question, next], ...state }).map((row) => row.kind === 'answer' && row.superseded);
  expect(superseded({ turns: [stopped] })).toEqual([false, true, false]);
  expect(superseded({ turns: [{ ...stopped, text: '' }] })).toEqual([false, false]);
  expect(rows({ ...online, messages: [question], turns: [{ ...stopped, text: '' }] })).toHaveLength(2);
});
