import { TICKET_ACTIONS, TICKET_STATES, type Ticket, type TicketAction } from '@firstword/shared/ticket';
import {
  DONE_STATES,
  ENDED_STATES,
  findTransition,
  OPEN_STATES,
  TRANSITIONS,
} from '@firstword/shared/ticket-transitions';
import type { Responder } from '@firstword/shared/wire';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TicketRecord } from './ticket-record.ts';
import { type ActionDetails, afterVisitor, applyAction } from './ticket-rules.ts';

const agent = { kind: 'agent', id: 'a1', name: 'An agent' } as const;
const COLLEAGUE = { id: 'a2', name: 'A colleague' };
const OTHER = { id: 'another-ticket', number: 7 };
const UNDO_MS = 1000;

function newTicket(): TicketRecord {
  return {
    ticket: {
      id: 't1',
      number: 1,
      siteId: 'demo',
      conversationId: 'c1',
      state: 'new',
      version: 1,
      revision: 1,
      reason: 'complex',
      urgency: 'normal',
      firstLine: 'My parcel is lost.',
      openedBy: 'assistant',
      openedAt: 0,
      changedAt: 0,
      waitingSince: 0,
      reopened: 0,
    },
    inner: { fence: 1, runs: 0, analyse: true },
  };
}

describe('the table', () => {
  test('every action has a row, and every state but a closed one has a way on', () => {
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

  test('no two rows answer the same action, state and actor', () => {
    for (const action of TICKET_ACTIONS)
      for (const state of ['none', ...TICKET_STATES] as const)
        for (const by of ['agent', 'visitor', 'assistant', 'system'] as const) {
          const rows = TRANSITIONS.filter(
            (row) => row.action === action && row.from.includes(state) && row.by.includes(by),
          );
          expect(rows.length, `${action} from ${state} by ${by}`).toBeLessThanOrEqual(1);
        }
  });

  test('the assistant may open a ticket and do nothing else to it', () => {
    expect(TRANSITIONS.filter(({ by }) => by.includes('assistant')).map(({ action }) => action)).toEqual(['open']);
  });

  test('only an agent gives the conversation back to the assistant', () => {
    expect(TRANSITIONS.filter(({ responder }) => responder === 'assistant').map(({ by }) => by)).toEqual([['agent']]);
  });

  test('a refusal says whether the state or the actor is in the way', () => {
    expect(findTransition('claim', 'closed', 'agent')).toEqual({
      why: '"claim" does not fit a ticket that is closed.',
    });
    expect(findTransition('claim', 'new', 'visitor')).toEqual({ why: '"claim" is not for the visitor to do here.' });
  });
});

interface World {
  record: TicketRecord;
  responder: Responder;
  now: number;
}

const step = fc.oneof(
  { weight: 1, arbitrary: fc.constant('visitor-speaks' as const) },
  {
    weight: 6,
    arbitrary: fc.record({
      action: fc.constantFrom<TicketAction[]>(...TICKET_ACTIONS),
      actor: fc.constantFrom<ActionDetails['actor'][]>(
        agent,
        { kind: 'agent', ...COLLEAGUE },
        { kind: 'visitor' },
        { kind: 'assistant' },
        { kind: 'system' },
      ),
      afterMs: fc.constantFrom(0, UNDO_MS - 1, UNDO_MS + 1),
    }),
  },
);

test('whatever is tried in whatever order, a ticket keeps its promises', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 60 }), (steps) => {
      const world: World = { record: newTicket(), responder: 'waiting-agent', now: 1 };
      for (const tried of steps) {
        const before = structuredClone(world.record);
        const { ticket } = before;
        if (tried === 'visitor-speaks') {
          if (ENDED_STATES.includes(ticket.state)) continue; // the conversation has no open ticket then
          const { record, responder } = afterVisitor(world, world.now);
          expect(record.ticket).toMatchObject({ version: ticket.version + 1, revision: ticket.revision + 1 });
          expect(OPEN_STATES).toContain(record.ticket.state);
          expect(record.ticket.waitingSince).toBeDefined();
          world.record = record;
          world.responder = responder ?? world.responder;
          continue;
        }
        const { action, actor, afterMs } = tried;
        world.now += afterMs;
        const moved = applyAction(
          world.record,
          action,
          { actor, assignee: COLLEAGUE, mergedInto: OTHER, undoMs: UNDO_MS },
          world.responder,
          world.now,
        );
        expect(world.record, 'a try changes nothing by itself').toEqual(before);
        const row = findTransition(action, ticket.state, actor.kind);
        if ('why' in moved) {
          if (!('why' in row)) expect(action).toBe('restore');
          continue;
        }
        const { record: next, event } = moved;
        expect('why' in row).toBe(false);
        expect(next.ticket.version).toBe(ticket.version + 1);
        expect(next.inner.fence).toBeGreaterThanOrEqual(before.inner.fence);
        expect(event).toMatchObject({
          action,
          from: ticket.state,
          to: next.ticket.state,
          version: next.ticket.version,
        });
        if (next.ticket.state === 'snoozed') expect(action === 'snooze' || ticket.state === 'snoozed').toBe(true);
        else expect(next.ticket.snoozedUntil).toBeUndefined();
        if (next.ticket.resolution !== undefined) expect(['resolved', 'closed']).toContain(next.ticket.state);
        expect(next.ticket.mergedInto).toEqual(next.ticket.state === 'merged' ? OTHER : undefined);
        if (action === 'reopen') expect(next.ticket.reopened).toBe(ticket.reopened + 1);
        if (action === 'reopen') expect(next.ticket.assignee).toEqual(ticket.assignee);
        if (action === 'restore')
          expect(DONE_STATES.includes(next.ticket.state)).toBe(before.inner.before?.state === 'resolved');
        if (action === 'assign')
          expect({ ...next.ticket, version: 0, changedAt: 0 }).toEqual({
            ...ticket,
            assignee: COLLEAGUE,
            version: 0,
            changedAt: 0,
          });
        if (moved.responder === 'assistant') expect(action === 'hand-back' || action === 'restore').toBe(true);
        world.record = next;
        world.responder = moved.responder ?? world.responder;
      }
    }),
    { numRuns: 500 },
  );
});

test('undoing spam within its window brings back the state and who spoke', () => {
  const claimed = applyAction(newTicket(), 'claim', { actor: agent, undoMs: UNDO_MS }, 'waiting-agent', 1);
  if ('why' in claimed) throw new Error(claimed.why);
  const spam = applyAction(claimed.record, 'mark-spam', { actor: agent, undoMs: UNDO_MS }, 'agent', 2);
  if ('why' in spam) throw new Error(spam.why);
  expect(spam).toMatchObject({ responder: 'closed', open: false, record: { ticket: { state: 'spam' } } });
  const undo = (at: number) => applyAction(spam.record, 'restore', { actor: agent, undoMs: UNDO_MS }, 'closed', at);
  expect(undo(2 + UNDO_MS)).toMatchObject({
    responder: 'agent',
    open: true,
    record: { ticket: { state: 'in-progress' } },
  });
  expect(undo(3 + UNDO_MS)).toEqual({ why: 'The time in which this can be undone is over.' });
});

test('the clock of the waiting visitor goes on through a claim and ends with a reply', () => {
  const waiting = (record: TicketRecord): Ticket['waitingSince'] => record.ticket.waitingSince;
  const start = { ...newTicket() };
  start.ticket = { ...start.ticket, waitingSince: 5 };
  const claimed = applyAction(start, 'claim', { actor: agent, undoMs: 0 }, 'waiting-agent', 9);
  if ('why' in claimed) throw new Error(claimed.why);
  expect(waiting(claimed.record)).toBe(5);
  const replied = applyAction(claimed.record, 'reply', { actor: agent, undoMs: 0 }, 'agent', 10);
  if ('why' in replied) throw new Error(replied.why);
  expect(waiting(replied.record)).toBeUndefined();
  expect(afterVisitor({ record: replied.record, responder: 'agent' }, 20).record.ticket).toMatchObject({
    state: 'in-progress',
    waitingSince: 20,
  });
});
