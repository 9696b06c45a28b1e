/** The widget's namespace: who may connect, what each event does, and who hears of it. It holds no rules of its own. */
import { MESSAGE_TEXT_MAX } from '@firstword/shared/limits';
import { siteView } from '@firstword/shared/site';
import {
  contactSetSchema,
  conversationRateSchema,
  firstTokenSeenSchema,
  type HandlerChange,
  historyReadSchema,
  type Message,
  messageSendSchema,
  personRequestSchema,
  ratingSetSchema,
  readSchema,
  replaySchema,
  type SessionStart,
  turnRetrySchema,
  turnStopSchema,
  typingSchema,
  type WidgetClientEvents,
  type WidgetServerEvents,
} from '@firstword/shared/wire';
import type { Namespace, Server, Socket } from 'socket.io';
import type { z } from 'zod';
import type { Conversations, Sender, StartedTurn } from '../conversation/conversations.ts';
import { handlerLabel } from '../conversation/texts.ts';
import type { TurnOutput } from '../conversation/turn.ts';
import { guarded, RefusedError } from '../lib/guarded.ts';
import type { Log } from '../lib/log.ts';
import type { Metrics } from '../lib/metrics.ts';
import type { Admission } from './admission.ts';
import { admitVisitor, type DoorParts, type Visitor } from './front-door.ts';
import type { Pacer } from './pacer.ts';

export interface WidgetNamespaceParts extends DoorParts {
  readonly conversations: Conversations;
  readonly admission: Admission;
  readonly pacer: Pacer;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly onConnect: (owner: { siteId: string; conversationId: string; visitorId: string }) => void;
  /** False when this process gave no such answer. */
  readonly onFirstTokenSeen: (conversationId: string, turnId: string, ms: number) => boolean;
  readonly onRated: (conversationId: string, messageId: string, value: 'up' | 'down') => void;
  /** Other listeners of what is said: the console's pages. Must not throw. */
  readonly onMessage: (conversationId: string, message: Message) => void;
  readonly onVisitorTyping: (conversationId: string, on: boolean) => void;
  /** Notes where an answer goes; false when there is no open ticket. */
  readonly setEmail: (conversationId: string, email: string) => Promise<boolean>;
  /** What `session-start` tells of the engine behind the answers. */
  readonly mode: 'live' | 'demo';
}

type WidgetSocket = Socket<WidgetClientEvents, WidgetServerEvents, object, { visitor: Visitor }>;
type WidgetNamespaceServer = Namespace<WidgetClientEvents, WidgetServerEvents, object, { visitor: Visitor }>;

export interface WidgetNamespace {
  /** Tells every viewer of a conversation, on this process and (except deltas) on others. */
  publish(conversationId: string, output: TurnOutput): void;
  /** To this process' viewers alone: each process hears of a ticket's changes by itself. */
  tellHandler(conversationId: string, change: HandlerChange): void;
  tellTyping(conversationId: string, on: boolean): void;
  hasViewers(conversationId: string): boolean;
  /** Whether a page of the visitor is connected, on any process. */
  isConnected(conversationId: string): Promise<boolean>;
  /** Asks every socket to reconnect elsewhere, spread over `spreadMs`; new ones are refused from now on. */
  drain(spreadMs: number): void;
}

export function createWidgetNamespace(io: Server, parts: WidgetNamespaceParts): WidgetNamespace {
  const { conversations, admission, pacer, metrics, log } = parts;
  const namespace: WidgetNamespaceServer = io.of('/widget');
  let draining = false;
  const room = (conversationId: string) => `conversation:${conversationId}`;

  const publish = (conversationId: string, output: TurnOutput) => {
    const viewers = namespace.to(room(conversationId));
    if (output.type === 'message') {
      viewers.emit('message', output.message);
      parts.onMessage(conversationId, output.message);
    } else if (output.type === 'handler') viewers.emit('handler', output.change);
    // Deltas stay on this process: an adapter would publish each, even when every viewer is here.
    else if (output.type === 'text-delta') viewers.local.emit('turn-event', output);
    else viewers.emit('turn-event', output);
  };

  /** Iterates a turn to its end whatever becomes of the socket that asked for it. */
  const host = async (conversationId: string, { outputs }: StartedTurn, receivedAt: number) => {
    for await (const output of outputs) {
      publish(conversationId, output);
      if (output.type === 'text-delta' && output.n === 1)
        metrics.firstDelta.observe((performance.now() - receivedAt) / 1000);
      if (output.type === 'turn-end') metrics.turns.inc({ state: output.state });
      if (output.type === 'text-delta') await pacer.rest();
    }
  };
  const hostInBackground = (conversationId: string, turn: StartedTurn, receivedAt: number) =>
    void host(conversationId, turn, receivedAt).catch((error: unknown) =>
      log.error({ turnId: turn.turnId, reason: error instanceof Error ? error.stack : String(error) }, 'turn broke'),
    );

  namespace.use((socket, next) => {
    admitVisitor(parts, socket.handshake, draining).then((outcome) => {
      if ('visitor' in outcome) {
        socket.data.visitor = outcome.visitor;
        return next();
      }
      metrics.refusals.inc({ event: 'connect', code: outcome.refusal.code });
      next(Object.assign(new Error(outcome.message), { data: outcome.refusal }));
    }, next);
  });

  namespace.on('connection', (socket) => {
    const { visitor } = socket.data;
    const { conversationId, visitorId } = visitor.session;
    metrics.sockets.inc();
    parts.onConnect({ siteId: visitor.site.id, conversationId, visitorId });
    socket.on('disconnect', () => metrics.sockets.dec());
    void socket.join(room(conversationId));
    void startSession(socket, visitor, parts).catch((error: unknown) => {
      log.error({ reason: String(error) }, 'session could not start');
      socket.conn.close(); // the client reconnects; `disconnect` would keep it away for good
    });

    const sender: Sender = {
      conversationId,
      visitorId,
      site: visitor.site,
      region: visitor.region,
      locale: visitor.handshake.locale ?? visitor.site.locale,
      identified: visitor.session.identified,
    };
    const handle = <Name extends keyof WidgetClientEvents, Schema extends z.ZodType, Result extends object>(
      event: Name,
      schema: Schema,
      act: (payload: z.output<Schema>) => Promise<Result> | Result,
    ) => {
      const handler = guarded(event, schema, log, async (payload: z.output<Schema>) => {
        await admission.admitEvent(visitorId);
        return act(payload);
      });
      // The wrapper checks whatever arrives; the event map only describes what well-behaved clients send.
      const untyped: { on(event: string, handler: (...args: unknown[]) => Promise<void>): void } = socket as never;
      untyped.on(event, handler);
    };

    handle('message-send', messageSendSchema, async ({ id, text }) => {
      const receivedAt = performance.now();
      if (text.trim().length > MESSAGE_TEXT_MAX)
        throw new RefusedError(
          'too-long',
          `A message may have ${MESSAGE_TEXT_MAX} characters; this one has ${text.trim().length}.`,
        );
      await admission.admitMessage(visitorId);
      const outcome = await conversations.send(sender, { id, text: text.trim() }, receivedAt);
      switch (outcome.kind) {
        case 'conflict':
          throw new RefusedError('conflict', 'Another message was sent with this id.');
        case 'closed':
          throw new RefusedError('closed', 'This conversation is closed.');
        case 'known':
          return { conversationId, seq: outcome.seq, ...(outcome.turnId ? { turnId: outcome.turnId } : {}) };
        case 'stored': {
          publish(conversationId, { type: 'message', message: outcome.message });
          if (outcome.turn === undefined) return { conversationId, seq: outcome.seq };
          hostInBackground(conversationId, outcome.turn, receivedAt);
          return { conversationId, seq: outcome.seq, turnId: outcome.turn.turnId };
        }
      }
    });

    handle('turn-stop', turnStopSchema, async ({ turnId }) => {
      const outputs = await conversations.stop(conversationId, turnId);
      if (outputs === 'not-found') throw new RefusedError('not-found', 'There is no such answer here.');
      for (const output of outputs) publish(conversationId, output);
      return {};
    });

    handle('turn-retry', turnRetrySchema, async ({ turnId }) => {
      const receivedAt = performance.now();
      await admission.admitMessage(visitorId);
      const outcome = await conversations.retry(sender, turnId, receivedAt);
      if (outcome.kind === 'not-found') throw new RefusedError('not-found', 'There is no such answer here.');
      if (outcome.kind === 'busy') throw new RefusedError('busy', 'An answer is already on its way.', 1000);
      if (outcome.kind === 'closed') throw new RefusedError('closed', 'A person has taken over; ask them.');
      hostInBackground(conversationId, outcome.turn, receivedAt);
      return { turnId: outcome.turn.turnId };
    });

    handle('replay', replaySchema, (from) => conversations.replay(conversationId, from));
    handle('history-read', historyReadSchema, async ({ beforeSeq, limit }) => ({
      messages: await conversations.history(conversationId, beforeSeq, limit),
    }));
    handle('rating-set', ratingSetSchema, async ({ messageId, value, reason }) => {
      await conversations.rate(conversationId, messageId, { value, reason });
      parts.onRated(conversationId, messageId, value);
      return {};
    });
    handle('conversation-rate', conversationRateSchema, async ({ score, comment }) => {
      await conversations.rate(conversationId, 'conversation', { value: String(score), reason: comment });
      return {};
    });
    handle('first-token-seen', firstTokenSeenSchema, ({ turnId, ms }) => {
      parts.onFirstTokenSeen(conversationId, turnId, ms);
      return {};
    });
    handle('person-request', personRequestSchema, async () => {
      await admission.admitMessage(visitorId);
      const { messages } = await conversations.snapshot(conversationId);
      const asked = messages.findLast(({ from }) => from === 'visitor')?.text ?? '';
      const { ticketId, outputs } = await conversations.requestPerson(sender, asked);
      for (const output of outputs) publish(conversationId, output);
      return { ticketId };
    });
    handle('contact-set', contactSetSchema, async ({ email }) => {
      if (!(await parts.setEmail(conversationId, email)))
        throw new RefusedError('not-found', 'There is nothing open that an answer could belong to.');
      return {};
    });
    handle('typing', typingSchema, ({ on }) => {
      parts.onVisitorTyping(conversationId, on);
      return {};
    });
    handle('read', readSchema, () => ({}));
  });

  return {
    publish,
    tellHandler: (conversationId, change) => void namespace.local.to(room(conversationId)).emit('handler', change),
    tellTyping: (conversationId, on) => void namespace.to(room(conversationId)).emit('typing', { from: 'agent', on }),
    hasViewers: (conversationId) => namespace.adapter.rooms.has(room(conversationId)),
    isConnected: async (conversationId) => (await namespace.in(room(conversationId)).fetchSockets()).length > 0,
    drain(spreadMs) {
      draining = true;
      for (const socket of namespace.sockets.values())
        socket.emit('drain', { afterMs: Math.round(Math.random() * spreadMs) });
    },
  };
}

/** The first thing a client hears: who it is here, what was said, and what is being said right now. */
async function startSession(socket: WidgetSocket, visitor: Visitor, parts: WidgetNamespaceParts) {
  const { conversations, mode } = parts;
  const { session, token, site, region } = visitor;
  const { lastSeq, messages, handler, ticketId, turn } = await conversations.snapshot(session.conversationId);
  const running = conversations.liveTurn(session.conversationId) ?? turn;
  const start: SessionStart = {
    session: token,
    conversationId: session.conversationId,
    lastSeq,
    messages,
    handler: {
      handler,
      label: handlerLabel(visitor.handshake.locale ?? site.locale, handler),
      ...(ticketId === undefined ? {} : { ticketId }),
    },
    site: siteView(site),
    mode,
    region,
    ...(running === undefined ? {} : { turn: running }),
  };
  socket.emit('session-start', start);
}
