import { expect, test } from 'vitest';
import { TICKET_ACTIONS, TICKET_STATES } from './ticket.ts';
import { findTransition, isAllowed, TRANSITIONS } from './ticket-transitions.ts';

test('every action has a row, and every state except closed has a transition', () => {
  for (const action of TICKET_ACTIONS)
    expect(
      TRANSITIONS.some((row) => row.action === action),
      action,
    ).toBe(true);
  for (const state of TICKET_STATES)
    expect(
      TRANSITIONS.some((row) => row.from.includes(state)),
      state,
    ).toBe(state !== 'closed');
});

test('at most one row matches an action, a state and an actor', () => {
  for (const action of TICKET_ACTIONS)
    for (const state of ['none', ...TICKET_STATES] as const)
      for (const by of ['agent', 'visitor', 'assistant', 'system'] as const) {
        const rows = TRANSITIONS.filter(
          (row) => row.action === action && row.from.includes(state) && row.by.includes(by),
        );
        expect(rows.length, `${action} from ${state} by ${by}`).toBeLessThanOrEqual(1);
      }
});

test('the assistant can only open a ticket', () => {
  expect(TRANSITIONS.filter(({ by }) => by.includes('assistant')).map(({ action }) => action)).toEqual(['open']);
});

test('every way to resolve a ticket returns the conversation to the assistant, and nothing else does', () => {
  for (const row of TRANSITIONS)
    expect(row.responder === 'assistant', `${row.action} by ${row.by}`).toBe(row.to === 'resolved');
});

test('an action in another state, or by someone else, has no transition', () => {
  expect(findTransition('claim', 'new', 'agent')).toMatchObject({ action: 'claim', to: 'in-progress' });
  expect(findTransition('claim', 'closed', 'agent')).toBeUndefined();
  expect(findTransition('claim', 'new', 'visitor')).toBeUndefined();
});

test('a resolved ticket can still be marked as spam or merged', () => {
  for (const action of ['mark-spam', 'merge'] as const) expect(isAllowed(action, 'resolved', 'agent')).toBe(true);
  expect(isAllowed('merge', 'closed', 'agent')).toBe(false);
});
