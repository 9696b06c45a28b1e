/** The console's Socket.IO namespace: live updates for agents. What agents do goes over REST. */
import type { EventEmitter } from 'node:events';
import { isDeepStrictEqual } from 'node:util';
import {
  agentReadSchema,
  agentTypingSchema,
  type ConsoleClientEvents,
  type ConsoleServerEvents,
  pageVisibleSchema,
  watchConversationSchema,
  watchConversationsSchema,
  watchTicketSchema,
} from '@firstword/shared/console-events';
import { may } from '@firstword/shared/permissions';
import type { Message } from '@firstword/shared/wire';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Server } from 'socket.io';
import type { z } from 'zod';
import type { Agents } from '../agents/agents.ts';
import { guarded, RefusedError } from '../lib/guarded.ts';
import type { Log } from '../lib/log.ts';
import type { Presence } from '../store/agent-presence.ts';
import type { VisiblePages } from '../store/visible-pages.ts';
import type { Tickets } from '../tickets/ticket-types.ts';
import { watchAccess } from './access-watch.ts';
import { type AdmitAgentParts, admitAgent } from './admit-agent.ts';
import {
  type ConsoleServer,
  type ConsoleSocket,
  pagesOf,
  sessionRoom,
  ticketRoom,
  ticketRooms,
} from './console-socket.ts';
import { conversationRooms, createConversationChanges } from './conversation-changes.ts';
import { createLiveConversations, type LiveConversationsParts } from './live-conversations.ts';
import { createPagePresence } from './page-presence.ts';
import { createPageVisibility } from './page-visibility.ts';
import { followTickets } from './ticket-updates.ts';

export interface ConsoleNamespaceParts extends AdmitAgentParts, LiveConversationsParts {
  readonly agents: Pick<Agents, 'session' | 'accessMarks'>;
  readonly tickets: Pick<Tickets, 'get' | 'pointerOf' | 'changes'>;
  readonly presence: Presence;
  readonly visiblePages: VisiblePages;
  /** An agent begins or stops typing in a conversation; for the visitor's page. */
  readonly onAgentTyping: (conversationId: string, on: boolean) => void;
  /** The agent who has a conversation has read it up to this message. */
  readonly onAgentRead: (conversationId: string, seq: number) => Promise<void>;
  /** These agents are online now or no longer, on any process; noticed within a tick. */
  readonly onAgentsChange: (agentIds: readonly string[]) => void;
  readonly log: Log;
  /** How often presence is renewed and sessions are checked, well below presence's expiry. Default 10 s. */
  readonly tickMs?: number;
  /** How often the access of connected agents is read from the database. Default 1 s. */
  readonly accessMs?: number;
}

export interface ConsoleNamespace {
  /** Sends a stored message to the agents who watch the ticket, on any process. */
  publishMessage(ticketId: string, message: Message): void;
  /** The visitor has read up to this message. */
  publishRead(ticketId: string, seq: number, at: number): void;
  /** These conversations have changed in the database. Sent a moment later, to the pages that show conversations. */
  publishConversations(conversations: readonly { readonly conversationId: string; readonly siteId: string }[]): void;
  /** A conversation was erased, for pages that show it or a ticket of it. */
  publishErased(conversation: { readonly conversationId: string; readonly siteId: string }): void;
  /** Asks the pages to fetch what they show, because events were lost. */
  publishMissed(where: 'this-process' | 'everywhere'): void;
  /** The visitor begins or stops typing. Never throws. */
  publishTyping(conversationId: string, on: boolean): void;
  /** Disconnects the agent's pages whose session has ended or has other roles now, on every process. */
  checkAccess(agentId: string): void;
  /** Whether one of the agent's pages is connected, on any process, and the agent is not away; as of the last tick. */
  isOnline(agentId: string): boolean;
  /** Sends who is online to all pages, after an agent's choice has changed. */
  publishStatuses(): Promise<void>;
  /** Disconnects the pages of a session that was signed out, on every process. */
  endSession(token: string): void;
  close(): Promise<void>;
}

const TICK_MS = 10_000;
const EVENTS_PER_MINUTE = 600;

export function createConsoleNamespace(io: Server, parts: ConsoleNamespaceParts): ConsoleNamespace {
  const { agents, tickets, presence, log, tickMs = TICK_MS } = parts;
  const namespace: ConsoleServer = io.of('/console');
  const closing = new AbortController();
  const limiter = new RateLimiterMemory({ points: EVENTS_PER_MINUTE, duration: 60 });
  const conversationChanges = createConversationChanges(({ to, except = [] }, conversationIds) =>
    namespace.to(to).except(except).emit('conversations-change', { conversationIds }),
  );
  const pages = createPagePresence(namespace, { presence, onAgentsChange: parts.onAgentsChange, log });
  const visibility = createPageVisibility(parts.visiblePages, log);
  const conversations = createLiveConversations(namespace, parts);
  const warn = (what: string) => (error: unknown) => log.warn({ reason: String(error) }, what);

  const check = async (socket: ConsoleSocket) => {
    const session = await agents.session(socket.data.token, false);
    // A page whose agent has other roles now connects again, with these.
    if (!isDeepStrictEqual(session?.agent.roles, socket.data.agent.roles)) socket.disconnect(true);
  };
  const checkPagesOf = async (agentId: string) => {
    for (const socket of namespace.sockets.values()) if (socket.data.agent.id === agentId) await check(socket);
  };
  const checkAtOnce = (agentId: string) =>
    void checkPagesOf(agentId).catch(warn('failed to check the sessions of an agent whose access has changed'));
  namespace.on('access-change', checkAtOnce);

  const tick = async () => {
    const sockets = [...namespace.sockets.values()];
    for (const socket of sockets) await check(socket);
    const connected = sockets.filter((socket) => socket.connected);
    await pages.renew(connected);
    await visibility.renew(connected);
  };
  const ticking = setInterval(() => void tick().catch(warn('failed to renew presence')), tickMs);

  const watching = watchAccess({
    ...{ agents, log, onChange: checkPagesOf, everyMs: parts.accessMs },
    connectedAgents: () => [...namespace.sockets.values()].map(({ data }) => data.agent.id),
  });
  const following = followTickets(namespace, tickets, closing.signal, log);

  namespace.use((socket, next) => {
    admitAgent(parts, socket.handshake).then((outcome) => {
      if ('code' in outcome) return next(Object.assign(new Error(outcome.message), { data: { code: outcome.code } }));
      Object.assign(socket.data, outcome);
      next();
    }, next);
  });

  namespace.on('connection', (socket) => {
    const { agent, token } = socket.data;
    void socket.join([sessionRoom(token), ...ticketRooms.of(agent)]);
    // The roles may have changed since the page was admitted.
    void check(socket).catch(warn('failed to check the session of a page that has connected'));
    pages.arrive(socket);
    socket.on('disconnect', () => {
      pages.leave(socket);
      visibility.leave(socket);
    });
    // A question may come from any process; on its way to the page it passes here.
    socket.onAnyOutgoing((name: string, news: Parameters<ConsoleServerEvents['message']>[0]) => {
      const { watched } = socket.data;
      if (name === 'message' && news.message.from === 'visitor' && watched !== undefined)
        conversations.followAnswer(watched.conversationId);
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
      const ticket = found && may(agent, 'tickets:read', found.siteId) ? found : undefined;
      if (ticketId !== null && ticket === undefined) throw new RefusedError('not-found', 'This ticket does not exist.');
      if (ticket !== undefined)
        await parts.onWatch(agent, { id: ticket.conversationId, siteId: ticket.siteId }, socket.request);
      await pages.watch(socket, ticket);
      if (socket.data.watched !== undefined) conversations.followAnswer(socket.data.watched.conversationId);
      return {};
    });
    handle('conversation-watch', watchConversationSchema, async ({ conversationId, after }) => {
      if (!(await conversations.watch(socket, conversationId, after)))
        throw new RefusedError('not-found', 'This conversation does not exist.');
      return {};
    });
    handle('conversations-watch', watchConversationsSchema, async ({ on }) => {
      const rooms = conversationRooms.of(agent);
      if (on) await socket.join(rooms);
      else for (const room of rooms) await socket.leave(room);
      return {};
    });
    handle('page-visible', pageVisibleSchema, async ({ on }) => {
      await visibility.set(socket, on);
      return {};
    });
    handle('read', agentReadSchema, async ({ ticketId, seq }) => {
      const { watched } = socket.data;
      if (watched?.ticketId !== ticketId || !may(agent, 'tickets:write', watched.siteId))
        throw new RefusedError('not-found', 'Watch this ticket first (ticket-watch).');
      // Visitors see what the ticket's own agent has read, not what others have.
      if ((await tickets.get(ticketId))?.assignee?.id === agent.id)
        await parts.onAgentRead(watched.conversationId, seq);
      return {};
    });
    handle('typing', agentTypingSchema, ({ ticketId, on }) => {
      const { watched } = socket.data;
      if (watched?.ticketId !== ticketId || !may(agent, 'tickets:write', watched.siteId))
        throw new RefusedError('not-found', 'Watch this ticket first (ticket-watch).');
      parts.onAgentTyping(watched.conversationId, on);
      socket.to(ticketRoom(ticketId)).emit('agent-typing', { ticketId, agent: { id: agent.id, name: agent.name }, on });
      return {};
    });
  });

  return {
    publishMessage: (ticketId, message) =>
      void namespace.to(ticketRoom(ticketId)).emit('message', { ticketId, message }),
    publishRead: (ticketId, seq, at) => void namespace.to(ticketRoom(ticketId)).emit('read', { ticketId, seq, at }),
    publishConversations: conversationChanges.publish,
    publishErased: ({ conversationId, siteId }) =>
      void pagesOf(namespace, siteId).emit('conversation-erased', { conversationId }),
    publishMissed: (where) => void (where === 'everywhere' ? namespace : namespace.local).emit('missed'),
    publishTyping: (conversationId, on) =>
      void tickets
        .pointerOf(conversationId)
        .then(
          (pointer) =>
            pointer && namespace.to(ticketRoom(pointer.ticketId)).emit('typing', { ticketId: pointer.ticketId, on }),
        )
        .catch(warn('failed to tell watching agents that the visitor types')),
    isOnline: pages.isOnline,
    publishStatuses: pages.publishStatuses,
    checkAccess(agentId) {
      checkAtOnce(agentId);
      namespace.serverSideEmit('access-change', agentId);
    },
    endSession(token) {
      namespace.in(sessionRoom(token)).disconnectSockets(true);
    },
    async close() {
      clearInterval(ticking);
      conversations.stop();
      pages.close();
      conversationChanges.stop();
      closing.abort();
      await watching.stop();
      await following;
    },
  };
}
