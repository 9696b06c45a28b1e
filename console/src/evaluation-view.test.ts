import type { SavedCase } from '@firstword/shared/evaluation-case';
import type { CaseResult } from '@firstword/shared/evaluation-run';
import { expect, test } from 'vitest';
import { casesOf, changedResults, filterResults } from './evaluation-view.ts';

const result = (id: string, passes: boolean): CaseResult => ({
  ...{ id, conversation: ['How long?'], kind: 'answered', faults: passes ? [] : [{ fault: 'not-said', text: '30' }] },
  ...{ unsupported: [], text: 'A month.', citedIds: [], found: [] },
});
const saved = (id: string, conversationId?: string): SavedCase => ({
  ...{ id, conversation: ['How long?'], facts: [], absent: [], kind: 'any', note: '', siteId: 'shop' },
  ...{ savedAt: 1, by: 'Ada', ...(conversationId !== undefined && { conversationId }) },
});
const idsOf = (list: readonly { id: string }[]) => list.map(({ id }) => id);

test('a run asks all cases, those that failed, those of conversations, or those that were written', () => {
  const cases = [saved('a', 'c1'), saved('b'), saved('c')];
  const results = [result('b', false), result('c', true), result('deleted', false)];
  expect(idsOf(casesOf('all', cases, results))).toEqual(['a', 'b', 'c']);
  expect(idsOf(casesOf('failed', cases, results))).toEqual(['b']);
  expect(idsOf(casesOf('conversations', cases, results))).toEqual(['a']);
  expect(idsOf(casesOf('written', cases, results))).toEqual(['b', 'c']);
});

test('newly failing cases come first, and can be listed alone', () => {
  const before = [result('same', true), result('better', false), result('bad', false), result('worse', true)];
  const now = [
    result('same', true),
    result('better', true),
    result('bad', false),
    result('worse', false),
    result('new', false),
  ];
  const changed = changedResults(now, before);
  expect(idsOf(changed)).toEqual(['worse', 'bad', 'new', 'better', 'same']);
  expect(idsOf(filterResults(changed, 'failed'))).toEqual(['worse', 'bad', 'new']);
  expect(idsOf(filterResults(changed, 'newly-failing'))).toEqual(['worse']);
  expect(idsOf(filterResults(changed, 'newly-passing'))).toEqual(['better']);
  expect(filterResults(changedResults(now, []), 'newly-failing')).toEqual([]);
});
