import { CASE_MESSAGE_MAX_CHARS } from '@firstword/shared/answer-cases';
import type { SavedCase } from '@firstword/shared/evaluation-case';
import type { Message } from '@firstword/shared/wire';
import { expect, test } from 'vitest';
import { caseDraftOf } from './case-draft.ts';

const message = (seq: number, from: Message['from'], text: string, more: Partial<Message> = {}): Message => ({
  ...{ id: `m${seq}`, seq, from, text, at: seq },
  ...more,
});
const source = (n: number, article?: string) => ({
  ...{ n, title: 'Returns', url: '/returns' },
  ...(article === undefined ? {} : { article }),
});
const file = { id: 'f', name: 'photo.png', type: 'image/png', size: 1 };
const QUESTION = message(4, 'visitor', 'Is returning\n  free?');
const CONVERSATION = [
  message(1, 'visitor', 'Hello'),
  message(2, 'assistant', 'Hello! How can I help?'),
  message(3, 'visitor', 'photo.png', { file }),
  QUESTION,
  message(5, 'assistant', 'Yes [1][2].', { citations: [source(1, 'returns'), source(2, 'returns'), source(3)] }),
  message(6, 'visitor', 'Thanks'),
];

test('a case starts with what the visitor wrote up to the message, and the articles that its answer cited', () => {
  expect(caseDraftOf(CONVERSATION, QUESTION, undefined)).toEqual({
    ...{ conversation: ['Hello', 'Is returning free?'], facts: [], absent: [], cites: ['returns'], kind: 'answered' },
  });
});

test('without an answer of the assistant from the articles, any outcome is right until the author says otherwise', () => {
  const [asked] = CONVERSATION;
  if (asked === undefined) throw new Error('there is no message');
  const kindAfter = (answer: Message) => caseDraftOf([asked, answer], asked, undefined).kind;
  expect(kindAfter(message(2, 'agent', 'Let me look.'))).toBe('any');
  expect(kindAfter(message(2, 'assistant', 'I don’t know.', { offer: 'agent' }))).toBe('any');
  expect(kindAfter(message(2, 'visitor', 'Anyone?'))).toBe('any');
});

test('a message that is too long for a case is cut between characters', () => {
  const long = message(1, 'visitor', `${'a'.repeat(CASE_MESSAGE_MAX_CHARS - 1)}👩‍👩‍👧`);
  expect(caseDraftOf([long], long, undefined).conversation).toEqual(['a'.repeat(CASE_MESSAGE_MAX_CHARS - 1)]);
});

test('a long conversation gives its last messages', () => {
  const many = Array.from({ length: 30 }, (_, index) => message(index + 1, 'visitor', `Question ${index + 1}`));
  const draft = caseDraftOf(many, message(20, 'visitor', 'Question 20'), undefined);
  expect([draft.conversation.length, draft.conversation[0], draft.conversation.at(-1)]).toEqual([
    ...[10, 'Question 11', 'Question 20'],
  ]);
});

test('a message that has a case shows that one', () => {
  const known: SavedCase = {
    ...{ id: 'c1.4', siteId: 'shop', conversation: ['Free?'], facts: ['free'], absent: ['30'], kind: 'any', note: '' },
    ...{ savedAt: 1, by: 'Ada' },
  };
  expect(caseDraftOf(CONVERSATION, QUESTION, known)).toMatchObject({
    ...{ conversation: ['Free?'], facts: ['free'], absent: ['30'], cites: [], kind: 'any' },
  });
});
