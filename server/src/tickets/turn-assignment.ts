/** Assigns tickets in turn: new ones as they are stored, and those that no agent was online for. */
import { isAllowed } from '@firstword/shared/ticket-transitions';
import type { Responder } from '@firstword/shared/wire';
import type { TicketRecord } from '../records/ticket-record.ts';
import type { TicketStore, TicketTransaction } from '../records/ticket-store.ts';
import type { TicketNotification } from '../store/ticket-channel.ts';
import type { AgentsInTurn } from './agents-in-turn.ts';
import type { TicketEditing } from './ticket-editing.ts';
import { notificationOf } from './ticket-notifications.ts';
import { applyAction, type Moved } from './ticket-rules.ts';

const BATCH = 50;

type Turns = Awaited<ReturnType<AgentsInTurn['of']>>;

/** Undefined when the ticket has an agent, or none has room for it. */
export async function assignInTurn(
  record: TicketRecord,
  responder: Responder,
  { agents, maxOpen }: Turns,
  { takeTurn }: Pick<TicketTransaction, 'takeTurn'>,
  now: number,
): Promise<Moved | undefined> {
  const { assignee: owner, state } = record.ticket;
  if (owner !== undefined || agents.length === 0 || !isAllowed('assign', state, 'system')) return undefined;
  const agentId = await takeTurn(
    agents.map(({ id }) => id),
    maxOpen,
  );
  const assignee = agents.find(({ id }) => id === agentId);
  if (assignee === undefined) return undefined;
  const details = { actor: { kind: 'system' }, assignee, reason: assignee.name, undoMs: 0 } as const;
  const moved = applyAction(record, 'assign', details, responder, now);
  return 'why' in moved ? undefined : moved;
}

export function createWaitingAssignment(parts: {
  store: Pick<TicketStore, 'list'>;
  editing: Pick<TicketEditing, 'change'>;
  turns: AgentsInTurn;
  notify: (notification: TicketNotification | undefined) => Promise<void>;
  now: () => number;
}): () => Promise<void> {
  const { store, editing, turns, notify, now } = parts;

  /** False when no agent has room. */
  const assign = async (ticketId: string, turn: Turns) => {
    const outcome = await editing.change<'owned' | 'full'>(ticketId, async ({ record, responder, takeTurn }) => {
      // Another process may have assigned it since it was listed.
      if (record.ticket.assignee !== undefined) return { stop: 'owned' };
      const moved = await assignInTurn(record, responder, turn, { takeTurn }, now());
      if (moved === undefined) return { stop: 'full' };
      return { store: { record: moved.record, events: [moved.event] } };
    });
    if (outcome.kind === 'stored')
      await notify(notificationOf({ action: 'assign', actor: { kind: 'system' } }, outcome.record.ticket));
    return outcome.kind !== 'stopped' || outcome.refusal !== 'full';
  };

  return async () => {
    for (const siteId of turns.siteIds()) {
      const turn = await turns.of(siteId);
      if (turn.agents.length === 0) continue;
      const filter = { view: 'unassigned', agentId: '', siteIds: [siteId], limit: BATCH } as const;
      for (const { id } of (await store.list(filter)).tickets) if (!(await assign(id, turn))) break;
    }
  };
}
