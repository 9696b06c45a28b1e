import type { Ticket } from '@firstword/shared/ticket';
import { expect, test } from 'vitest';
import { macroText, planMacro } from './macros.ts';

const ticket: Ticket = {
  ...{ id: 't', number: 1, siteId: 'shop', conversationId: 'c', state: 'in-progress', version: 1, revision: 1 },
  ...{
    reason: 'complex',
    urgency: 'normal',
    firstLine: 'Where is it?',
    openedBy: 'visitor',
    openedAt: 1,
    changedAt: 1,
  },
  ...{ reopened: 0, tags: ['vip'], assignee: { id: 'a', name: 'First Agent' } },
};
const second = { id: 'b', name: 'Second Agent' };

test('tags come first and the end of work last; undo goes back in the opposite order', () => {
  const macro = { tags: ['vip', 'refund'], assignTo: second, end: { kind: 'resolve', code: 'answered' } } as const;
  expect(planMacro({ ...macro, tags: [...macro.tags] }, ticket, 0)).toEqual({
    steps: [
      { action: 'tag', choice: { add: ['refund'] } },
      { action: 'assign', choice: { agentId: 'b' } },
      { action: 'resolve', choice: { code: 'answered' } },
    ],
    undo: [
      { action: 'reopen', choice: {} },
      { action: 'assign', choice: { agentId: 'a' } },
      { action: 'tag', choice: { remove: ['refund'] } },
    ],
  });
  expect(macroText({ ...macro, tags: [...macro.tags] })).toBe(
    'Add tags vip, refund · Assign to Second Agent · Resolve: Answered',
  );
});

test('what the ticket has already is left out, and a snooze ends after its hours', () => {
  const { assignee: _, ...unassigned } = ticket;
  const snooze = { kind: 'snooze', hours: 4 } as const;
  expect(planMacro({ tags: ['vip'], assignTo: second, end: snooze }, unassigned, 1000)).toEqual({
    steps: [
      { action: 'assign', choice: { agentId: 'b' } },
      { action: 'snooze', choice: { until: 1000 + 4 * 3_600_000 } },
    ],
    undo: [{ action: 'claim', choice: {} }],
  });
});
