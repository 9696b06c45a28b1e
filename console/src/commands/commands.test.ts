import type { TicketState } from '@firstword/shared/ticket';
import { expect, test } from 'vitest';
import { shopTickets } from '../../test/shop-tickets.ts';
import { agent, detail, otherAgent, ticket } from '../../test/ticket-builders.ts';
import { COMMAND_IDS, COMMANDS, isAvailable, labelOf } from './commands.ts';

const now = 1_750_000_000_000;
const at = (state: TicketState, assignee?: { id: string; name: string }) => ({
  detail: detail(ticket(1, now, { state, ...(assignee === undefined ? {} : { assignee }) }), [], []),
  agentId: agent.id,
});
const available = (state: TicketState, assignee?: { id: string; name: string }) =>
  COMMAND_IDS.filter((id) => COMMANDS[id].group === 'ticket' && isAvailable(id, at(state, assignee)));

test('a ticket in review can be claimed, but not snoozed or reopened', () => {
  expect(available('needs-review')).toEqual([
    'claim',
    'assign',
    'rerun',
    'tag',
    'note',
    'hand-back',
    'resolve',
    'merge',
    'mark-spam',
  ]);
});

test('the agent’s own ticket can be snoozed, but not claimed again', () => {
  expect(available('in-progress', agent)).toEqual([
    'assign',
    'rerun',
    'tag',
    'note',
    'snooze',
    'hand-back',
    'resolve',
    'merge',
    'mark-spam',
  ]);
});

test('a resolved ticket can be reopened, merged or marked as spam; spam can only be restored, and a closed ticket only gets tags and notes', () => {
  expect(available('resolved')).toEqual(['tag', 'note', 'reopen', 'merge', 'mark-spam']);
  expect(available('spam')).toEqual(['tag', 'note', 'restore']);
  expect(available('closed')).toEqual(['tag', 'note']);
});

test('the claim label depends on the assignee', () => {
  expect(labelOf('claim', at('needs-review'))).toBe('Claim');
  expect(labelOf('claim', at('in-progress', otherAgent))).toBe('Take over from Second Agent');
  expect(labelOf('claim', at('snoozed', agent))).toBe('Resume');
});

test('the restore label depends on what it undoes', () => {
  expect(labelOf('restore', at('spam'))).toBe('Restore');
  expect(labelOf('restore', at('merged'))).toBe('Undo merge');
});

test('only a pending proposal can be rejected', () => {
  const [charged] = shopTickets(now);
  expect(isAvailable('reject', { detail: charged, agentId: agent.id })).toBe(true);
  expect(isAvailable('reject', at('needs-review'))).toBe(false);
});

test('ticket commands need an open ticket', () => {
  expect(isAvailable('send', { detail: undefined, agentId: agent.id })).toBe(false);
  expect(isAvailable('palette', { detail: undefined, agentId: agent.id })).toBe(true);
});
