import type { ConversationDetail } from '@firstword/shared/conversation-records';
import { expect, test } from 'vitest';
import {
  applyEarlier,
  applyMessage,
  applyNewest,
  createOpenConversation,
  foundSpan,
  withAnswer,
} from './open-conversation.ts';

const page = (seqs: number[], earlier: boolean): ConversationDetail => ({
  conversation: {
    ...{ id: 'c', siteId: 'acme', startedAt: 1, lastAt: 1, lastSeq: seqs.at(-1) ?? 0, firstLine: 'Hello' },
    ...{ responder: 'assistant', ratings: { up: 0, down: 0 } },
  },
  messages: seqs.map((seq) => ({ seq, id: `m${seq}`, from: 'visitor', text: 'Hello', at: 1 })),
  earlier,
  ratings: [],
});
const opened = (seqs: number[], earlier: boolean) => applyNewest(createOpenConversation('c'), page(seqs, earlier));
const seqsOf = ({ detail }: ReturnType<typeof opened>) => detail?.messages.map(({ seq }) => seq);

test('earlier messages come before those that are loaded', () => {
  const open = applyEarlier(opened([4, 5], true), page([1, 2, 3], false));
  expect([seqsOf(open), open.detail?.earlier]).toEqual([[1, 2, 3, 4, 5], false]);
});

test('a refresh adds what is new and keeps what was loaded before', () => {
  const open = applyNewest(applyEarlier(opened([4, 5], true), page([2, 3], true)), page([5, 6, 7], true));
  expect([seqsOf(open), open.detail?.earlier]).toEqual([[2, 3, 4, 5, 6, 7], true]);
});

test('after a refresh that leaves a gap, only the newest page is shown', () => {
  const open = applyNewest(opened([1, 2], false), page([9, 10], true));
  expect([seqsOf(open), open.detail?.earlier]).toEqual([[9, 10], true]);
});

const sent = (seq: number, turnId?: string) => ({
  ...{ seq, id: `m${seq}`, from: 'assistant' as const, text: 'Hello', at: seq },
  ...(turnId !== undefined && { turnId }),
});

test('a live message is added after the last one, and is kept by a refresh that is a moment behind', () => {
  const open = applyMessage(opened([1, 2], false), sent(3));
  expect(open && [seqsOf(open), open.detail?.conversation.lastSeq]).toEqual([[1, 2, 3], 3]);
  const behind = open && applyNewest(open, page([1, 2], false));
  expect(behind && [seqsOf(behind), behind.detail?.conversation.lastSeq]).toEqual([[1, 2, 3], 3]);
  expect(open && applyMessage(open, sent(2))?.detail?.messages).toHaveLength(3);
});

test('a live message with others missing before it is not added', () => {
  expect(applyMessage(opened([1, 2], false), sent(4))).toBeUndefined();
  expect(applyMessage(createOpenConversation('c'), sent(1))).toBeUndefined();
});

test('a running answer is shown until its message has come, live or with a refresh', () => {
  const answer = { conversationId: 'c', turnId: 't', text: 'Hel' };
  const running = withAnswer(opened([1], false), answer);
  expect(running.answer).toEqual(answer);
  expect(applyNewest(running, page([1], false)).answer).toEqual(answer);
  const stored = applyMessage(running, sent(2, 't'));
  expect(stored?.answer).toBeUndefined();
  expect(stored && withAnswer(stored, answer).answer).toBeUndefined();
  expect(applyNewest(running, { ...page([1], false), messages: [sent(2, 't')] }).answer).toBeUndefined();
  expect(withAnswer(running, { ...answer, conversationId: 'other', text: 'No' }).answer).toEqual(answer);
});

test('a found word is marked in the whole message', () => {
  const found = { seq: 1, excerpt: '…was the blue teapot', marks: [[9, 13]] as [number, number][] };
  expect(foundSpan('Long ago, it was the blue teapot', found)).toEqual({ start: 21, end: 25 });
  expect(foundSpan('changed', found)).toBeUndefined();
});
