import type { Message } from '@firstword/shared/wire';
import { expect, test } from 'vitest';
import { detail, run, talk, ticket } from '../test/ticket-builders.ts';
import {
  applyAnswer,
  applyDetail,
  applyMessage,
  applyRead,
  createOpenTicket,
  lastSeen,
  markPassage,
  runsToCompare,
  shownRun,
} from './open-ticket.ts';

const now = 1_750_000_000_000;
const about = ticket(7, now, {});
const messages = talk(now, ['visitor', 'Hello'], ['assistant', 'Hello to you']);
const runs = [run(about.id, 2, now, {}), run(about.id, 1, now, {})];
const openTicket = applyDetail(createOpenTicket(about.id), detail(about, messages, runs));
const message: Message = { seq: 3, id: 'm-3', from: 'visitor', text: 'Are you there?', at: now };

test('a late response with an older version is ignored', () => {
  const older = detail({ ...about, version: 2, urgency: 'critical' }, messages, []);
  expect(applyDetail(openTicket, older)).toBe(openTicket);
});

test('a response for another ticket is ignored', () => {
  expect(applyDetail(openTicket, detail(ticket(8, now, {}), [], []))).toBe(openTicket);
});

test('a live message survives a late response that doesn’t contain it', () => {
  const live = applyMessage(openTicket, message);
  expect(applyDetail(live, detail(about, messages, runs)).detail?.messages.map(({ seq }) => seq)).toEqual([1, 2, 3]);
});

test('a duplicate message is shown once, and ends the typing indicator', () => {
  const typing = { ...openTicket, visitorTyping: true };
  const twice = applyMessage(applyMessage(typing, message), message);
  expect(twice.detail?.messages).toHaveLength(3);
  expect(twice.visitorTyping).toBe(false);
});

test('the last agent message that was read is marked as seen, and a late read receipt is ignored', () => {
  const answered = talk(now, ['visitor', 'Hello'], ['agent', 'Good day'], ['agent', 'One more thing']);
  const read = applyRead(applyDetail(createOpenTicket(about.id), detail(about, answered, [])), 2, 5);
  expect(read.detail && lastSeen(read.detail)).toBe(2);
  expect(applyRead(read, 1, 6)).toBe(read);
  expect(read.detail?.seenAt).toBe(5);
  expect(applyDetail(read, detail(about, answered, [])).detail?.readSeq).toBe(2);
  expect(lastSeen(detail(about, answered, []))).toBeUndefined();
});

test('the newest run is shown until another one is chosen', () => {
  expect(shownRun(openTicket)?.number).toBe(2);
  expect(shownRun({ ...openTicket, runNumber: 1 })?.number).toBe(1);
  expect(shownRun(createOpenTicket('t-9'))).toBeUndefined();
});

test('the same passage can be jumped to again', () => {
  const once = markPassage(openTicket, 1, undefined);
  expect(markPassage(once, 1, undefined).marked?.jump).toBe(2);
});

test('the shown run is compared with the newest other one, the older first', () => {
  const three = [3, 2, 1].map((number) => run(about.id, number, now, {}));
  const open = applyDetail(createOpenTicket(about.id), detail(about, [], three));
  const numbers = (shown: typeof open) => runsToCompare(shown).map(({ number }) => number);
  expect(numbers(open)).toEqual([2, 3]);
  expect(numbers({ ...open, runNumber: 1 })).toEqual([1, 3]);
  expect(numbers(createOpenTicket(about.id))).toEqual([]);
});

test('a running answer is shown until its message has come, by itself or in a response', () => {
  const answer = { conversationId: about.conversationId, turnId: 'turn-9', text: 'Your order' };
  const stored: Message = {
    seq: 3,
    id: 'm-3',
    from: 'assistant',
    text: 'Your order ships.',
    at: now,
    turnId: 'turn-9',
  };
  const running = applyAnswer(openTicket, answer);
  expect(running.answer).toEqual(answer);
  expect(applyMessage(running, message).answer).toEqual(answer);
  expect(applyMessage(running, stored).answer).toBeUndefined();
  const response = detail(about, [...messages, stored], runs);
  expect(applyDetail(running, response).answer).toBeUndefined();
  expect(applyAnswer(applyDetail(openTicket, response), answer).answer).toBeUndefined();
  expect(applyAnswer(running, undefined).answer).toBeUndefined();
});

test('a late answer of the ticket that was open before is not shown', () => {
  const late = { conversationId: 'another', turnId: 'turn-8', text: 'Your lamp' };
  const loading = applyAnswer(createOpenTicket(about.id), late);
  expect(applyDetail(loading, detail(about, messages, runs)).answer).toBeUndefined();
  const answer = { conversationId: about.conversationId, turnId: 'turn-9', text: 'Your order' };
  expect(applyAnswer(applyAnswer(openTicket, answer), late).answer).toEqual(answer);
});
