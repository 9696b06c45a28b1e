/** The console's Socket.IO namespace: live updates for agents. What agents do goes over REST. */
import type { EventEmitter } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import {
  agentTypingSchema,
  type ConsoleClientEvents,
  watchConversationsSchema,
  watchTicketSchema,
} from '@firstword/shared/console-events';
import type { AgentView } from '@firstword/shared/console-wire';
import { hasSite, may } from '@firstword/shared/permissions';
import type { Message } from '@firstword/shared/wire';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Server } from 'socket.io';
import type { z } from 'zod';
import { guarded, RefusedError } from '../lib/guarded.ts';
import type { Log } from '../lib/log.ts';
import { hashId } from '../lib/tokens.ts';
import type { Presence, Viewer } from '../store/agent-presence.ts';
import type { TicketNotification } from '../store/ticket-channel.ts';
import type { Tickets } from '../tickets/ticket-types.ts';
import { type AdmitAgentParts, admitAgent } from './admit-agent.ts';
import type { ConsoleSocket, ConsoleSockets } from './console-socket.ts';
import { conversationRooms, createConversationChanges } from './conversation-changes.ts';
import { createPresenceNews } from './presence-news.ts';

export interface ConsoleNamespaceParts extends AdmitAgentParts {
  readonly tickets: Pick<Tickets, 'get' | 'pointerOf' | 'changes'>;
  readonly presence: Presence;
  /** From here on the agent is sent the messages of this conversation. Never rejects. */
  readonly onWatch: (
    agent: AgentView,
    conversation: { id: string; siteId: string },
    request: IncomingMessage,
  ) => Promise<void>;
  /** An agent begins or stops typing in a conversation; for the visitor's page. */
  readonly onAgentTyping: (conversationId: string, on: boolean) => void;
  /** These agents are online now or no longer, on any process; noticed within a tick. */
  readonly onAgentsChange: (agentIds: readonly string[]) => void;
  readonly log: Log;
  /** How often presence is renewed and sessions are checked, well below presence's expiry. Default 10 s. */
  readonly tickMs?: number;
}

export interface ConsoleNamespace {
  /** Sends a stored message to the agents who watch the ticket, on any process. */
  publishMessage(ticketId: string, message: Message): void;
  /** The visitor has read up to this message. */
  publishRead(ticketId: string, seq: number): void;
  /** These conversations have changed in the database. Sent a moment later, to the pages that show conversations. */
  publishConversations(conversations: readonly { readonly conversationId: string; readonly siteId: string }[]): void;
  /** Asks the pages of this process to fetch what they show, because events were lost. */
  publishMissed(): void;
  /** The visitor begins or stops typing. Never throws. */
  publishTyping(conversationId: string, on: boolean): void;
  /** Whether one of the agent's pages is connected, on any process, and the agent is not away; as of the last tick. */
  isOnline(agentId: string): boolean;
  /** Sends who is online to all pages, after an agent's choice has changed. */
  publishStatuses(): Promise<void>;
  /** Disconnects the pages of a session that was signed out, on every process. */
  endSession(token: string): void;
  close(): Promise<void>;
}

const TICK_MS = 10_000;
/** A reloading page reconnects within this time, so its agent doesn't count as having left. */
const RELOAD_MS = 5000;
const FOLLOW_AGAIN_MS = 1000;
const EVENTS_PER_MINUTE = 600;
/** Of the pages whose agent has access to all sites. */
const ALL_SITES = 'sites';
const siteRoom = (siteId: string) => `site:${siteId}`;
/** The pages that may see what happens on a site. */
const roomsOf = ({ role, sites }: AgentView) =>
  may({ role }, 'tickets:read') ? (sites?.map(siteRoom) ?? [ALL_SITES]) : [];
const ticketRoom = (ticketId: string) => `ticket:${ticketId}`;
const sessionRoom = (token: string) => `session:${hashId(token)}`;

export function createConsoleNamespace(io: Server, parts: ConsoleNamespaceParts): ConsoleNamespace {
  const { agents, tickets, presence, log, tickMs = TICK_MS } = parts;
  const namespace: ConsoleSockets = io.of('/console');
  const closing = new AbortController();
  const limiter = new RateLimiterMemory({ points: EVENTS_PER_MINUTE, duration: 60 });
  const leaving = new Set<ReturnType<typeof setTimeout>>();
  const conversationChanges = createConversationChanges((rooms, conversationIds) =>
    namespace.to(rooms).emit('conversations-change', { conversationIds }),
  );

  const warn = (what: string) => (error: unknown) => log.warn({ reason: String(error) }, what);
  const pageOf = ({ id, data }: ConsoleSocket): Viewer => ({
    socketId: id,
    ticketId: '',
    siteId: '',
    agent: { id: data.agent.id, name: data.agent.name },
  });
  const viewerOf = (socket: ConsoleSocket): Viewer | undefined => {
    const { watched } = socket.data;
    return watched && { ...pageOf(socket), ticketId: watched.ticketId, siteId: watched.siteId };
  };

  const news = createPresenceNews({ namespace, presence, onAgentsChange: parts.onAgentsChange });
  namespace.on('presence-change', () => void news.publish(false).catch(warn('failed to read presence')));

  const stopWatching = async (socket: ConsoleSocket) => {
    const viewer = viewerOf(socket);
    if (viewer === undefined) return;
    delete socket.data.watched;
    await socket.leave(ticketRoom(viewer.ticketId));
    await presence.drop(viewer);
  };

  const tick = async () => {
    const sockets = [...namespace.sockets.values()];
    for (const socket of sockets) {
      const session = await agents.session(socket.data.token, false);
      // A page whose agent has another role or other sites now connects again, with these.
      if (session === undefined || !hasSameAccess(session.agent, socket.data.agent)) socket.disconnect(true);
    }
    await presence.touch(
      sockets.filter((socket) => socket.connected).flatMap((socket) => [pageOf(socket), viewerOf(socket) ?? []].flat()),
    );
    await news.publish(false);
  };
  const ticking = setInterval(() => void tick().catch(warn('failed to renew presence')), tickMs);

  const sendNotification = ({ notification, to, by }: TicketNotification) => {
    for (const socket of namespace.sockets.values()) {
      const { agent } = socket.data;
      const isFor = agent.id !== by && (to === undefined || to === agent.id);
      if (isFor && may(agent, 'tickets:write') && hasSite(agent, notification.siteId))
        socket.emit('notification', notification);
    }
  };
  const followTickets = async () => {
    // Each process receives every change itself, so it sends to its own pages only.
    for await (const change of tickets.changes(closing.signal)) {
      if ('notification' in change) {
        sendNotification(change);
        continue;
      }
      if ('ticket' in change)
        namespace.local.to([ALL_SITES, siteRoom(change.ticket.siteId)]).emit('ticket-change', change);
      const ticketId = 'ticket' in change ? change.ticket.id : change.detail;
      namespace.local.to(ticketRoom(ticketId)).emit('ticket-detail', { ticketId });
    }
  };
  const keepFollowing = async () => {
    while (!closing.signal.aborted) {
      await followTickets().catch(warn('ticket change subscription failed, retrying'));
      await pause(FOLLOW_AGAIN_MS, undefined, { signal: closing.signal }).catch(() => {});
    }
  };
  const following = keepFollowing();

  namespace.use((socket, next) => {
    admitAgent(parts, socket.handshake).then((outcome) => {
      if ('code' in outcome) return next(Object.assign(new Error(outcome.message), { data: { code: outcome.code } }));
      Object.assign(socket.data, outcome);
      next();
    }, next);
  });

  namespace.on('connection', (socket) => {
    const { agent, token } = socket.data;
    void socket.join([sessionRoom(token), ...roomsOf(agent)]);
    presence
      .touch([pageOf(socket)])
      .then(() => news.sendAll(socket))
      .catch(warn('failed to read presence'));
    socket.on('disconnect', () => {
      void stopWatching(socket)
        .then(() => news.publish(true))
        .catch(warn('failed to remove presence of a disconnected page'));
      const timer = setTimeout(() => {
        leaving.delete(timer);
        presence
          .drop(pageOf(socket))
          .then(() => news.publish(false))
          .catch(warn('failed to remove presence of a disconnected page'));
      }, RELOAD_MS);
      leaving.add(timer);
    });

    const handle = <Name extends keyof ConsoleClientEvents, Schema extends z.ZodType>(
      event: Name,
      schema: Schema,
      act: (payload: z.output<Schema>) => Promise<object> | object,
    ) => {
      const handler = guarded(event, schema, log, async (payload: z.output<Schema>) => {
        await limiter.consume(agent.id).catch(() => {
          throw new RefusedError('rate-limited', 'Too many requests in one minute. Wait a few seconds.');
        });
        return act(payload);
      });
      // The handler checks what arrives; the event map only describes what well-behaved pages send.
      const untyped: EventEmitter = socket;
      untyped.on(event, handler);
    };

    handle('ticket-watch', watchTicketSchema, async ({ ticketId }) => {
      const found = ticketId === null ? undefined : await tickets.get(ticketId);
      const ticket = found && may(agent, 'tickets:read') && hasSite(agent, found.siteId) ? found : undefined;
      if (ticketId !== null && ticket === undefined) throw new RefusedError('not-found', 'This ticket does not exist.');
      if (ticket !== undefined)
        await parts.onWatch(agent, { id: ticket.conversationId, siteId: ticket.siteId }, socket.request);
      await stopWatching(socket);
      if (ticket !== undefined && socket.connected) {
        const { id, conversationId, siteId } = ticket;
        socket.data.watched = { ticketId: id, conversationId, siteId };
        await socket.join(ticketRoom(ticket.id));
        const viewer = viewerOf(socket);
        if (viewer !== undefined) await presence.touch([viewer]);
      }
      await news.publish(true);
      return {};
    });
    handle('conversations-watch', watchConversationsSchema, async ({ on }) => {
      const rooms = may(agent, 'conversations:read') ? conversationRooms(agent.sites) : [];
      if (on) await socket.join(rooms);
      else for (const room of rooms) await socket.leave(room);
      return {};
    });
    handle('typing', agentTypingSchema, ({ ticketId, on }) => {
      const { watched } = socket.data;
      if (watched?.ticketId !== ticketId || !may(agent, 'tickets:write'))
        throw new RefusedError('not-found', 'Watch this ticket first (ticket-watch).');
      parts.onAgentTyping(watched.conversationId, on);
      socket.to(ticketRoom(ticketId)).emit('agent-typing', { ticketId, agent: { id: agent.id, name: agent.name }, on });
      return {};
    });
  });

  return {
    publishMessage: (ticketId, message) =>
      void namespace.to(ticketRoom(ticketId)).emit('message', { ticketId, message }),
    publishRead: (ticketId, seq) => void namespace.to(ticketRoom(ticketId)).emit('read', { ticketId, seq }),
    publishConversations: conversationChanges.publish,
    publishMissed: () => void namespace.local.emit('missed'),
    publishTyping: (conversationId, on) =>
      void tickets
        .pointerOf(conversationId)
        .then(
          (pointer) =>
            pointer && namespace.to(ticketRoom(pointer.ticketId)).emit('typing', { ticketId: pointer.ticketId, on }),
        )
        .catch(warn('failed to tell watching agents that the visitor types')),
    isOnline: news.isOnline,
    publishStatuses: () => news.publish(true),
    endSession(token) {
      namespace.in(sessionRoom(token)).disconnectSockets(true);
    },
    async close() {
      clearInterval(ticking);
      for (const timer of leaving) clearTimeout(timer);
      conversationChanges.stop();
      closing.abort();
      await following;
    },
  };
}

function hasSameAccess(one: AgentView, other: AgentView): boolean {
  return one.role === other.role && JSON.stringify(one.sites) === JSON.stringify(other.sites);
}
