import type { ModelCallView } from '@firstword/shared/model-calls';
import { expect, test } from 'vitest';
import { answeringCall, callCostText, callsByTurn, outcomeText, purposeText } from './calls.ts';

const call = (changes: Partial<ModelCallView>): ModelCallView => ({
  turnId: 'turn-1',
  purpose: 'answer',
  role: 'first',
  tier: 'fast',
  region: 'us-east',
  modelId: 'deepseek-v4-flash',
  startedAt: 0,
  totalMs: 900,
  promptTokens: 400,
  completionTokens: 60,
  estimated: false,
  outcome: 'done',
  costKnown: 'full',
  costUsd: 0.0004,
  ...changes,
});
const none = { usd: 0, atLeast: false, callsOfUnknownPrice: 0 };

test('calls are grouped by turn, without those of analyses', () => {
  const { turnId: _, ...ofTicket } = call({ purpose: 'analysis', ticketId: 't' });
  const byTurn = callsByTurn({
    calls: [call({ purpose: 'triage' }), call({ turnId: 'turn-2' }), ofTicket, call({})],
    conversation: none,
    ticket: none,
  });
  expect([...byTurn].map(([turn, calls]) => [turn, calls.length])).toEqual([
    ['turn-1', 2],
    ['turn-2', 1],
  ]);
});

test('the answering call is the completed one, or the one stopped while streaming', () => {
  const lost = call({ outcome: 'aborted', reason: 'hedge-lost', ttftMs: 300, role: 'hedge' });
  const silent = call({ outcome: 'failed', reason: 'timed-out' });
  const stopped = call({ outcome: 'aborted', reason: 'stopped', ttftMs: 180 });
  const completed = call({ role: 'retry', ttftMs: 240 });
  expect(answeringCall([call({ purpose: 'triage' }), lost, silent, completed])).toBe(completed);
  expect(answeringCall([lost, silent, stopped])).toBe(stopped);
  expect(answeringCall([call({ purpose: 'triage' }), lost])).toBeUndefined();
});

test('a cost shows how much of it is known', () => {
  expect(callCostText(call({}))).toBe('$0.00040');
  expect(callCostText(call({ costKnown: 'output-only' }))).toBe('at least $0.00040');
  expect(callCostText(call({ estimated: true }))).toBe('about $0.00040');
  const { costUsd: _, ...unpriced } = call({ costKnown: 'none' });
  expect(callCostText(unpriced)).toBe('price unknown');
});

test('known purposes and outcomes have labels, and unknown ones are shown unchanged', () => {
  expect(purposeText(call({}))).toBe('Answer');
  expect(purposeText(call({ role: 'hedge' }))).toBe('Answer, hedge request');
  expect(purposeText(call({ purpose: 'poem' }))).toBe('poem');
  expect(outcomeText(call({}))).toBe('Completed');
  expect(outcomeText(call({ outcome: 'aborted', reason: 'hedge-lost' }))).toBe('Cancelled: another request was faster');
  expect(outcomeText(call({ outcome: 'failed', reason: 'timed-out' }))).toBe('Failed: timed-out');
});
