/** Sends changes of tickets, and notifications, to the console's pages of this process. */
import { setTimeout as pause } from 'node:timers/promises';
import { may } from '@firstword/shared/permissions';
import type { Log } from '../lib/log.ts';
import type { TicketNotification } from '../store/ticket-channel.ts';
import type { Tickets } from '../tickets/ticket-types.ts';
import { type ConsoleServer, pagesOf, ticketRoom } from './console-socket.ts';

const FOLLOW_AGAIN_MS = 1000;

/** Resolves after `closing`. Subscribes again when a subscription fails. */
export async function followTickets(
  namespace: ConsoleServer,
  tickets: Pick<Tickets, 'changes'>,
  closing: AbortSignal,
  log: Log,
): Promise<void> {
  const sendNotification = ({ notification, to, by }: TicketNotification) => {
    for (const socket of namespace.sockets.values()) {
      const { agent } = socket.data;
      const isFor = agent.id !== by && (to === undefined || to === agent.id);
      if (isFor && may(agent, 'tickets:write', notification.siteId)) socket.emit('notification', notification);
    }
  };
  const followOnce = async () => {
    // Each process receives every change itself, so it sends to its own pages only.
    for await (const change of tickets.changes(closing)) {
      if ('notification' in change) {
        sendNotification(change);
        continue;
      }
      if ('ticket' in change) pagesOf(namespace.local, change.ticket.siteId).emit('ticket-change', change);
      const ticketId = 'ticket' in change ? change.ticket.id : change.detail;
      namespace.local.to(ticketRoom(ticketId)).emit('ticket-detail', { ticketId });
    }
  };
  while (!closing.aborted) {
    await followOnce().catch((error: unknown) =>
      log.warn({ reason: String(error) }, 'ticket change subscription failed, retrying'),
    );
    await pause(FOLLOW_AGAIN_MS, undefined, { signal: closing }).catch(() => {});
  }
}
