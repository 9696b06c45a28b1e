import type { AnalysisRun } from '@firstword/shared/analysis';
import { expect, test } from 'vitest';
import { shopTickets } from '../test/shop-tickets.ts';
import { agent, otherAgent } from '../test/ticket-builders.ts';
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
const reviewed = (run: AnalysisRun | undefined, verdict: AnalysisRun['review']['verdict']) =>
  run && { ...run, review: { verdict } };

test('the newest proposal can be approved', () => {
  expect(planReply(charged, undefined, unused)).toMatchObject({ text: proposal, send: 'approve', offered: false });
});

test('an edited proposal is sent as edited, and as approved once the edits are undone', () => {
  const runId = newest?.id ?? '';
  expect(planReply(charged, { text: `${proposal} Thank you.`, runId }, unused).send).toBe('edited');
  expect(planReply(charged, { text: `${proposal}\n`, runId }, unused).send).toBe('approve');
});

test('the agent’s own text is kept while a proposal is offered', () => {
  expect(planReply(charged, { text: 'My own words' }, unused)).toMatchObject({
    text: 'My own words',
    send: 'reply',
    offered: true,
  });
});

test('an edited proposal is not sent as an edit of a newer run’s proposal', () => {
  const newer = newest && { ...newest, id: 'run-3', number: 3 };
  const plan = planReply(withRuns(newer, newest, older), { text: 'Edited', runId: newest?.id ?? '' }, unused);
  expect(plan).toMatchObject({ text: 'Edited', send: 'reply', offered: true });
});

test('without an analysis the composer is empty and sends a reply', () => {
  expect(planReply(withRuns(), undefined, unused)).toMatchObject({ text: '', send: 'reply', proposal: undefined });
});

test('a reviewed proposal is not offered again, nor is an older one', () => {
  const pendingOlder = reviewed(older, 'pending');
  for (const verdict of ['approved', 'edited', 'rejected', 'superseded'] as const)
    expect(planReply(withRuns(reviewed(newest, verdict), pendingOlder), undefined, unused).proposal).toBeUndefined();
});

test('a newer run in progress keeps the current proposal', () => {
  const running = newest && { ...newest, id: 'run-3', number: 3, state: 'running' as const };
  expect(planReply(withRuns(running, newest), undefined, unused).proposal?.runId).toBe(newest?.id);
});

test('a resolved ticket has no proposal', () => {
  const resolved = { ...charged, ticket: { ...charged.ticket, state: 'resolved' as const } };
  expect(planReply(resolved, undefined, unused).proposal).toBeUndefined();
});

test('a proposal is only offered in a used composer, on another agent’s ticket and on an answered one', () => {
  const offered = { text: '', send: 'reply', offered: true };
  expect(planReply(charged, undefined, { ...unused, focused: true })).toMatchObject(offered);
  const theirs = { ...charged, ticket: { ...charged.ticket, assignee: otherAgent } };
  expect(planReply(theirs, undefined, unused)).toMatchObject(offered);
  const reply = { seq: 99, id: 'm-99', from: 'agent' as const, text: 'We refund it.', at: 1, agent: otherAgent };
  const answered = { ...charged, messages: [...charged.messages, reply] };
  expect(planReply(answered, undefined, unused)).toMatchObject(offered);
  const mine = { ...charged, ticket: { ...charged.ticket, assignee: agent } };
  expect(planReply(mine, undefined, unused)).toMatchObject({ send: 'approve' });
});

test('only a reply by another agent after the draft was started counts as a reply meanwhile', () => {
  const reply = { seq: 99, id: 'm-99', from: 'agent' as const, text: 'We refund it.', at: 1, agent: otherAgent };
  const answered = { ...charged, messages: [...charged.messages, reply] };
  expect(replyMeanwhile(answered, 98, agent.name)).toBe(true);
  expect(replyMeanwhile(answered, 99, agent.name)).toBe(false);
  expect(replyMeanwhile(answered, 98, otherAgent.name)).toBe(false);
  expect(replyMeanwhile(answered, undefined, agent.name)).toBe(false);
});
