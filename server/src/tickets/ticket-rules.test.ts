import { TICKET_ACTIONS, type Ticket, type TicketAction } from '@firstword/shared/ticket';
import { DONE_STATES, ENDED_STATES, findTransition } from '@firstword/shared/ticket-transitions';
import type { Responder } from '@firstword/shared/wire';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { phrase, phraseText } from '../lib/phrase.ts';
import type { TicketRecord } from '../records/ticket-record.ts';
import { type ActionDetails, afterVisitor, applyAction } from './ticket-rules.ts';

const agent = { kind: 'agent', id: 'a1', name: 'An agent' } as const;
const OTHER_AGENT = { id: 'a2', name: 'Another agent' };
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

interface World {
  record: TicketRecord;
  responder: Responder;
  now: number;
}

const step = fc.oneof(
  { weight: 1, arbitrary: fc.constant('visitor-message' as const) },
  {
    weight: 6,
    arbitrary: fc.record({
      action: fc.constantFrom<TicketAction[]>(...TICKET_ACTIONS),
      actor: fc.constantFrom<ActionDetails['actor'][]>(
        agent,
        { kind: 'agent', ...OTHER_AGENT },
        { kind: 'visitor' },
        { kind: 'assistant' },
        { kind: 'system' },
      ),
      afterMs: fc.constantFrom(0, UNDO_MS - 1, UNDO_MS + 1),
    }),
  },
);

test('a ticket keeps its invariants through any sequence of actions', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 60 }), (steps) => {
      const world: World = { record: newTicket(), responder: 'waiting-agent', now: 1 };
      for (const nextStep of steps) {
        const before = structuredClone(world.record);
        const { ticket } = before;
        if (nextStep === 'visitor-message') {
          if (ENDED_STATES.includes(ticket.state)) continue; // then the conversation has no open ticket
          const { record, responder } = afterVisitor(world, world.now);
          expect(record.ticket).toMatchObject({ version: ticket.version + 1, revision: ticket.revision + 1 });
          expect(record.ticket.state === 'resolved').toBe(ticket.state === 'resolved');
          expect(record.ticket.waitingSince === undefined).toBe(ticket.state === 'resolved');
          world.record = record;
          world.responder = responder ?? world.responder;
          continue;
        }
        const { action, actor, afterMs } = nextStep;
        world.now += afterMs;
        const moved = applyAction(
          world.record,
          action,
          { actor, assignee: OTHER_AGENT, mergedInto: OTHER, undoMs: UNDO_MS },
          world.responder,
          world.now,
        );
        expect(world.record, 'applyAction does not mutate its input').toEqual(before);
        const row = findTransition(action, ticket.state, actor.kind);
        if ('why' in moved) {
          if (row !== undefined) expect(action).toBe('restore');
          continue;
        }
        const { record: next, event } = moved;
        expect(row).toBeDefined();
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
            assignee: OTHER_AGENT,
            version: 0,
            changedAt: 0,
          });
        if (next.ticket.state === 'resolved' && action !== 'restore') expect(moved.responder).toBe('assistant');
        else if (moved.responder === 'assistant') expect(action).toBe('restore');
        world.record = next;
        world.responder = moved.responder ?? world.responder;
      }
    }),
    { numRuns: 500 },
  );
});

test('restoring spam within the undo window restores the state and the responder', () => {
  const claimed = applyAction(newTicket(), 'claim', { actor: agent, undoMs: UNDO_MS }, 'waiting-agent', 1);
  if ('why' in claimed) throw new Error(phraseText(claimed.why));
  const spam = applyAction(claimed.record, 'mark-spam', { actor: agent, undoMs: UNDO_MS }, 'agent', 2);
  if ('why' in spam) throw new Error(phraseText(spam.why));
  expect(spam).toMatchObject({ responder: 'closed', open: false, record: { ticket: { state: 'spam' } } });
  const undo = (at: number) => applyAction(spam.record, 'restore', { actor: agent, undoMs: UNDO_MS }, 'closed', at);
  expect(undo(2 + UNDO_MS)).toMatchObject({
    responder: 'agent',
    open: true,
    record: { ticket: { state: 'in-progress' } },
  });
  expect(undo(3 + UNDO_MS)).toEqual({ why: phrase`The time to restore this ticket has passed.` });
});

test("a claim does not reset the visitor's waiting time, and a reply ends it", () => {
  const waiting = (record: TicketRecord): Ticket['waitingSince'] => record.ticket.waitingSince;
  const start = { ...newTicket() };
  start.ticket = { ...start.ticket, waitingSince: 5 };
  const claimed = applyAction(start, 'claim', { actor: agent, undoMs: 0 }, 'waiting-agent', 9);
  if ('why' in claimed) throw new Error(phraseText(claimed.why));
  expect(waiting(claimed.record)).toBe(5);
  const replied = applyAction(claimed.record, 'reply', { actor: agent, undoMs: 0 }, 'agent', 10);
  if ('why' in replied) throw new Error(phraseText(replied.why));
  expect(waiting(replied.record)).toBeUndefined();
  expect(afterVisitor({ record: replied.record, responder: 'agent' }, 20).record.ticket).toMatchObject({
    state: 'in-progress',
    waitingSince: 20,
  });
});
