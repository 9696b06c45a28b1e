import type { AnalysisRun } from '@firstword/shared/analysis';
import { expect, test } from 'vitest';
import { shopTickets } from '../test/shop-tickets.ts';
import { planReply } from './reply-plan.ts';

const [charged] = shopTickets(1_750_000_000_000);
if (charged === undefined) throw new Error('the fixture has a ticket with two runs');
const [newest, older] = charged.runs;
const proposal = newest?.content?.reply.text ?? '';
const withRuns = (...runs: (AnalysisRun | undefined)[]) => ({
  ...charged,
  runs: runs.filter((run) => run !== undefined),
});
const judged = (run: AnalysisRun | undefined, verdict: AnalysisRun['review']['verdict']) =>
  run && { ...run, review: { verdict } };

test('the newest proposal stands ready to be approved', () => {
  expect(planReply(charged, undefined)).toMatchObject({ text: proposal, send: 'approve', beside: false });
});

test('a changed proposal is sent as edited, and unchanged again as approved', () => {
  const runId = newest?.id ?? '';
  expect(planReply(charged, { text: `${proposal} Thank you.`, runId }).send).toBe('edited');
  expect(planReply(charged, { text: `${proposal}\n`, runId }).send).toBe('approve');
});

test('own words stay own words while a proposal waits beside them', () => {
  expect(planReply(charged, { text: 'My own words' })).toMatchObject({
    text: 'My own words',
    send: 'reply',
    beside: true,
  });
});

test('an edited proposal that a newer run overtook is not sent as an edit of the newer one', () => {
  const newer = newest && { ...newest, id: 'run-3', number: 3 };
  const plan = planReply(withRuns(newer, newest, older), { text: 'Edited', runId: newest?.id ?? '' });
  expect(plan).toMatchObject({ text: 'Edited', send: 'reply', beside: true });
});

test('without an analysis the composer is empty and sends a reply', () => {
  expect(planReply(withRuns(), undefined)).toMatchObject({ text: '', send: 'reply', proposal: undefined });
});

test('a proposal that was judged is not offered again, nor is the one before it', () => {
  const pendingOlder = judged(older, 'pending');
  for (const verdict of ['approved', 'edited', 'rejected', 'superseded'] as const)
    expect(planReply(withRuns(judged(newest, verdict), pendingOlder), undefined).proposal).toBeUndefined();
});

test('a newer run that is still being written leaves the proposal where it is', () => {
  const running = newest && { ...newest, id: 'run-3', number: 3, state: 'running' as const };
  expect(planReply(withRuns(running, newest), undefined).proposal?.runId).toBe(newest?.id);
});

test('a resolved ticket proposes nothing', () => {
  const resolved = { ...charged, ticket: { ...charged.ticket, state: 'resolved' as const } };
  expect(planReply(resolved, undefined).proposal).toBeUndefined();
});
