/** The console's namespace: what changes while an agent looks on. It only tells; what agents do goes over REST. */
import { setTimeout as pause } from 'node:timers/promises';
import {
  type AgentView,
  agentTypingSchema,
  type ConsoleClientEvents,
  type ConsoleServerEvents,
  watchTicketSchema,
} from '@firstword/shared/console-wire';
import type { Message } from '@firstword/shared/wire';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Namespace, Server, Socket } from 'socket.io';
import type { z } from 'zod';
import type { Agents } from '../agents/agents.ts';
import type { SessionCookie } from '../agents/session-cookie.ts';
import { guarded, RefusedError } from '../lib/guarded.ts';
import type { Log } from '../lib/log.ts';
import { hashId } from '../lib/tokens.ts';
import type { Tickets } from '../tickets/tickets.ts';
import type { Presence, Viewer } from './console-presence.ts';

export interface ConsoleNamespaceParts {
  readonly agents: Agents;
  readonly cookie: SessionCookie;
  /** Whether a page of this origin is our own console. */
  readonly isOwnOrigin: (origin: string) => boolean;
  readonly tickets: Pick<Tickets, 'get' | 'ofConversation' | 'changes'>;
  readonly presence: Presence;
  /** An agent begins or stops typing in a conversation; for the visitor's page. */
  readonly onAgentTyping: (conversationId: string, on: boolean) => void;
  readonly log: Log;
  /** How often claims are renewed and sessions looked at again; well below the life of a claim. Default 10 s. */
  readonly tickMs?: number;
}

export interface ConsoleNamespace {
  /** A message was stored: whoever watches its ticket, on any process, hears of it. Never throws. */
  publishMessage(conversationId: string, message: Message): void;
  /** The visitor begins or stops typing. */
  publishTyping(conversationId: string, on: boolean): void;
  /** The visitor has read up to this message. */
  publishRead(conversationId: string, seq: number): void;
  /** A session was signed out: its pages are cut off, on every process. */
  endSession(token: string): void;
  close(): Promise<void>;
}

interface SocketData {
  agent: AgentView;
  token: string;
  watched?: { readonly ticketId: string; readonly conversationId: string };
}
type ConsoleSocket = Socket<ConsoleClientEvents, ConsoleServerEvents, object, SocketData>;
type ConsoleServer = Namespace<ConsoleClientEvents, ConsoleServerEvents, object, SocketData>;

const TICK_MS = 10_000;
const FOLLOW_AGAIN_MS = 1000;
const EVENTS_PER_MINUTE = 600;
const ticketRoom = (ticketId: string) => `ticket:${ticketId}`;
const sessionRoom = (token: string) => `session:${hashId(token)}`;

export function createConsoleNamespace(io: Server, parts: ConsoleNamespaceParts): ConsoleNamespace {
  const { agents, tickets, presence, log, tickMs = TICK_MS } = parts;
  const namespace: ConsoleServer = io.of('/console');
  const closing = new AbortController();
  const limiter = new RateLimiterMemory({ points: EVENTS_PER_MINUTE, duration: 60 });
  let shown = '';

  const warn = (what: string) => (error: unknown) => log.warn({ reason: String(error) }, what);
  const viewerOf = ({ id, data }: ConsoleSocket): Viewer | undefined =>
    data.watched && {
      socketId: id,
      ticketId: data.watched.ticketId,
      agent: { id: data.agent.id, name: data.agent.name },
    };

  /** A change made here is told everywhere; each process tells its own pages what has lapsed. */
  const tellPresence = async (everywhere: boolean) => {
    const viewers = await presence.read();
    const picture = JSON.stringify(viewers);
    if (picture === shown && !everywhere) return;
    shown = picture;
    (everywhere ? namespace : namespace.local).emit('presence', viewers);
  };

  const stopWatching = async (socket: ConsoleSocket) => {
    const viewer = viewerOf(socket);
    if (viewer === undefined) return;
    delete socket.data.watched;
    await socket.leave(ticketRoom(viewer.ticketId));
    await presence.drop(viewer);
  };

  const tick = async () => {
    const sockets = [...namespace.sockets.values()];
    for (const socket of sockets)
      if ((await agents.session(socket.data.token, false)) === undefined) socket.disconnect(true);
    await presence.touch(sockets.flatMap((socket) => (socket.connected ? (viewerOf(socket) ?? []) : [])));
    await tellPresence(false);
  };
  const ticking = setInterval(() => void tick().catch(warn('presence could not be renewed')), tickMs);

  const followTickets = async () => {
    // Each process hears every change by itself and tells its own pages alone.
    for await (const news of tickets.changes(closing.signal)) {
      if ('ticket' in news) namespace.local.emit('ticket-change', news);
      const ticketId = 'ticket' in news ? news.ticket.id : news.detail;
      namespace.local.to(ticketRoom(ticketId)).emit('ticket-detail', { ticketId });
    }
  };
  const keepFollowing = async () => {
    while (!closing.signal.aborted) {
      await followTickets().catch(warn('ticket changes are told again in a moment'));
      await pause(FOLLOW_AGAIN_MS, undefined, { signal: closing.signal }).catch(() => {});
    }
  };
  const following = keepFollowing();

  const toWatchers = (conversationId: string, tell: (ticketId: string) => void) => {
    tickets
      .ofConversation(conversationId)
      .then((ticket) => ticket && tell(ticket.id))
      .catch(warn('watchers of a conversation were not told'));
  };

  namespace.use((socket, next) => {
    admitAgent(parts, socket.handshake.headers).then((outcome) => {
      if ('code' in outcome) return next(Object.assign(new Error(outcome.message), { data: { code: outcome.code } }));
      Object.assign(socket.data, outcome);
      next();
    }, next);
  });

  namespace.on('connection', (socket) => {
    const { agent, token } = socket.data;
    void socket.join(sessionRoom(token));
    presence.read().then((viewers) => socket.emit('presence', viewers), warn('presence could not be read'));
    socket.on('disconnect', () => {
      void stopWatching(socket)
        .then(() => tellPresence(true))
        .catch(warn('a page that left is still shown'));
    });

    const handle = <Name extends keyof ConsoleClientEvents, Schema extends z.ZodType>(
      event: Name,
      schema: Schema,
      act: (payload: z.output<Schema>) => Promise<object> | object,
    ) => {
      const handler = guarded(event, schema, log, async (payload: z.output<Schema>) => {
        await limiter.consume(agent.id).catch(() => {
          throw new RefusedError('rate-limited', 'Too many requests in a minute. Wait a moment.');
        });
        return act(payload);
      });
      // The wrapper checks whatever arrives; the event map only describes what well-behaved pages send.
      const untyped: { on(event: string, handler: (...args: unknown[]) => Promise<void>): void } = socket as never;
      untyped.on(event, handler);
    };

    handle('ticket-watch', watchTicketSchema, async ({ ticketId }) => {
      const ticket = ticketId === null ? undefined : await tickets.get(ticketId);
      if (ticketId !== null && ticket === undefined) throw new RefusedError('not-found', 'There is no such ticket.');
      await stopWatching(socket);
      if (ticket !== undefined && socket.connected) {
        socket.data.watched = { ticketId: ticket.id, conversationId: ticket.conversationId };
        await socket.join(ticketRoom(ticket.id));
        const viewer = viewerOf(socket);
        if (viewer !== undefined) await presence.touch([viewer]);
      }
      await tellPresence(true);
      return {};
    });
    handle('typing', agentTypingSchema, ({ ticketId, on }) => {
      const { watched } = socket.data;
      if (watched?.ticketId !== ticketId) throw new RefusedError('not-found', 'Open this ticket first.');
      parts.onAgentTyping(watched.conversationId, on);
      return {};
    });
  });

  return {
    publishMessage: (conversationId, message) =>
      toWatchers(conversationId, (ticketId) => {
        namespace.to(ticketRoom(ticketId)).emit('message', { ticketId, message });
      }),
    publishTyping: (conversationId, on) =>
      toWatchers(conversationId, (ticketId) => {
        namespace.to(ticketRoom(ticketId)).emit('typing', { ticketId, on });
      }),
    publishRead: (conversationId, seq) =>
      toWatchers(conversationId, (ticketId) => {
        namespace.to(ticketRoom(ticketId)).emit('read', { ticketId, seq });
      }),
    endSession(token) {
      namespace.in(sessionRoom(token)).disconnectSockets(true);
    },
    async close() {
      clearInterval(ticking);
      closing.abort();
      await following;
    },
  };
}

/** Why an agent's page may not connect. */
export type ConsoleConnectCode = 'signed-out' | 'origin-refused';

type Admission =
  | { readonly agent: AgentView; readonly token: string }
  | { readonly code: ConsoleConnectCode; readonly message: string };

/** Browsers send the cookie along with any page's socket, so the page's origin decides first. */
async function admitAgent(
  { agents, cookie, isOwnOrigin }: ConsoleNamespaceParts,
  { origin, cookie: header }: { origin?: string | undefined; cookie?: string | undefined },
): Promise<Admission> {
  if (origin === undefined || !isOwnOrigin(origin))
    return { code: 'origin-refused', message: 'Only the console of this server may connect here.' };
  const token = cookie.read(header, origin.startsWith('https:'));
  const session = token === undefined ? undefined : await agents.session(token, false);
  if (token === undefined || session === undefined) return { code: 'signed-out', message: 'Sign in first.' };
  return { agent: session.agent, token };
}
