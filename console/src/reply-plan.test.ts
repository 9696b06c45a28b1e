import type { AnalysisRun } from '@firstword/shared/analysis';
import { expect, test } from 'vitest';
import { shopTickets } from '../test/shop-tickets.ts';
import { agent, colleague } from '../test/ticket-builders.ts';
import { planReply, replyMeanwhile } from './reply-plan.ts';

const [charged] = shopTickets(1_750_000_000_000);
if (charged === undefined) throw new Error('the fixture has a ticket with two runs');
const [newest, older] = charged.runs;
const proposal = newest?.content?.reply.text ?? '';
const withRuns = (...runs: (AnalysisRun | undefined)[]) => ({
  ...charged,
  runs: runs.filter((run) => run !== undefined),
});
const unused = { agentId: agent.id, focused: false };
const judged = (run: AnalysisRun | undefined, verdict: AnalysisRun['review']['verdict']) =>
  run && { ...run, review: { verdict } };

test('the newest proposal stands ready to be approved', () => {
  expect(planReply(charged, undefined, unused)).toMatchObject({ text: proposal, send: 'approve', beside: false });
});

test('a changed proposal is sent as edited, and unchanged again as approved', () => {
  const runId = newest?.id ?? '';
  expect(planReply(charged, { text: `${proposal} Thank you.`, runId }, unused).send).toBe('edited');
  expect(planReply(charged, { text: `${proposal}\n`, runId }, unused).send).toBe('approve');
});

test('own words stay own words while a proposal waits beside them', () => {
  expect(planReply(charged, { text: 'My own words' }, unused)).toMatchObject({
    text: 'My own words',
    send: 'reply',
    beside: true,
  });
});

test('an edited proposal that a newer run overtook is not sent as an edit of the newer one', () => {
  const newer = newest && { ...newest, id: 'run-3', number: 3 };
  const plan = planReply(withRuns(newer, newest, older), { text: 'Edited', runId: newest?.id ?? '' }, unused);
  expect(plan).toMatchObject({ text: 'Edited', send: 'reply', beside: true });
});

test('without an analysis the composer is empty and sends a reply', () => {
  expect(planReply(withRuns(), undefined, unused)).toMatchObject({ text: '', send: 'reply', proposal: undefined });
});

test('a proposal that was judged is not offered again, nor is the one before it', () => {
  const pendingOlder = judged(older, 'pending');
  for (const verdict of ['approved', 'edited', 'rejected', 'superseded'] as const)
    expect(planReply(withRuns(judged(newest, verdict), pendingOlder), undefined, unused).proposal).toBeUndefined();
});

test('a newer run that is still being written leaves the proposal where it is', () => {
  const running = newest && { ...newest, id: 'run-3', number: 3, state: 'running' as const };
  expect(planReply(withRuns(running, newest), undefined, unused).proposal?.runId).toBe(newest?.id);
});

test('a resolved ticket proposes nothing', () => {
  const resolved = { ...charged, ticket: { ...charged.ticket, state: 'resolved' as const } };
  expect(planReply(resolved, undefined, unused).proposal).toBeUndefined();
});

test('a proposal never fills a composer in use, nor on a colleague’s or an answered ticket; it is offered', () => {
  const offered = { text: '', send: 'reply', beside: true };
  expect(planReply(charged, undefined, { ...unused, focused: true })).toMatchObject(offered);
  const theirs = { ...charged, ticket: { ...charged.ticket, assignee: colleague } };
  expect(planReply(theirs, undefined, unused)).toMatchObject(offered);
  const reply = { seq: 99, id: 'm-99', from: 'agent' as const, text: 'We refund it.', at: 1, agent: colleague };
  const answered = { ...charged, messages: [...charged.messages, reply] };
  expect(planReply(answered, undefined, unused)).toMatchObject(offered);
  const mine = { ...charged, ticket: { ...charged.ticket, assignee: agent } };
  expect(planReply(mine, undefined, unused)).toMatchObject({ send: 'approve' });
});

test('only another agent’s reply after the draft was begun counts as a reply meanwhile', () => {
  const reply = { seq: 99, id: 'm-99', from: 'agent' as const, text: 'We refund it.', at: 1, agent: colleague };
  const answered = { ...charged, messages: [...charged.messages, reply] };
  expect(replyMeanwhile(answered, 98, agent.name)).toBe(true);
  expect(replyMeanwhile(answered, 99, agent.name)).toBe(false);
  expect(replyMeanwhile(answered, 98, colleague.name)).toBe(false);
  expect(replyMeanwhile(answered, undefined, agent.name)).toBe(false);
});
