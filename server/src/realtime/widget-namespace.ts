/** The widget's namespace: who may connect, what each event does, and who hears of it. It holds no rules of its own. */

import { setTimeout as pause } from 'node:timers/promises';
import { MESSAGE_TEXT_MAX } from '@firstword/shared/limits';
import {
  type ConnectRefusal,
  contactSetSchema,
  conversationRateSchema,
  firstTokenSeenSchema,
  historyReadSchema,
  messageSendSchema,
  personRequestSchema,
  preChatSetSchema,
  type ResponderChange,
  ratingSetSchema,
  readSchema,
  replaySchema,
  turnRetrySchema,
  turnStopSchema,
  typingSchema,
  type WidgetClientEvents,
} from '@firstword/shared/wire';
import type { Server } from 'socket.io';
import type { z } from 'zod';
import type { Conversations } from '../conversation/conversations.ts';
import { readPreChat } from '../conversation/pre-chat.ts';
import type { TurnOutput } from '../conversation/turn-result.ts';
import { HISTORY_MESSAGES, type Sender, type StartedTurn } from '../conversation/turn-start.ts';
import { guarded, RefusedError } from '../lib/guarded.ts';
import type { Log } from '../lib/log.ts';
import type { Metrics } from '../lib/metrics.ts';
import type { PreChatStore } from '../store/pre-chat-store.ts';
import type { ReadMarks } from '../store/read-marks.ts';
import type { Admission } from './admission.ts';
import { type AdmitVisitorParts, admitVisitor } from './admit-visitor.ts';
import { createClientMemory } from './client-memory.ts';

import { startSession } from './session-start.ts';

import { createViewers, type ViewerParts, type WidgetNamespaceServer } from './viewers.ts';

export interface WidgetNamespaceParts extends AdmitVisitorParts, ViewerParts {
  readonly conversations: Conversations;
  readonly admission: Admission;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly onConnect: (owner: { siteId: string; conversationId: string; visitorId: string }) => void;
  /** False when this process gave no such answer. */
  readonly onFirstTokenSeen: (conversationId: string, turnId: string, ms: number) => boolean;
  readonly onRated: (conversationId: string, messageId: string, value: 'up' | 'down') => void;
  /** What the visitor thinks of an answer or of the whole is stored, or stored anew. */
  readonly onRatingStored: (conversationId: string) => void;
  readonly onVisitorTyping: (conversationId: string, on: boolean) => void;
  readonly preChat: PreChatStore;
  readonly readMarks: ReadMarks;
  /** The visitor has read on. Must not throw. */
  readonly onRead: (conversationId: string, seq: number) => void;
  /** Notes where an answer goes; false when there is no open ticket. */
  readonly setEmail: (conversationId: string, email: string) => Promise<boolean>;
  /** What `session-start` tells of the engine behind the answers. */
  readonly mode: 'live' | 'demo';
}

export interface WidgetNamespace {
  /** Tells every viewer of a conversation, on this process and (except deltas) on others. */
  publish(conversationId: string, output: TurnOutput): void;
  /** To this process' viewers alone: each process hears of a ticket's changes by itself. */
  sendResponder(conversationId: string, change: ResponderChange): void;
  tellTyping(conversationId: string, on: boolean): void;
  hasViewers(conversationId: string): boolean;
  /** Whether a page of the visitor is connected, on any process. */
  isConnected(conversationId: string): Promise<boolean>;
  /** Asks every socket to reconnect elsewhere, spread over `spreadMs`; new ones are refused from now on. */
  drain(spreadMs: number): void;
  /** Resolves when every socket has left, at the latest after `patienceMs`. */
  emptied(patienceMs: number): Promise<void>;
  /** Takes up an answer that nobody asked for by an event. */
  host(conversationId: string, turn: StartedTurn): void;
  /** Tells every client of this process that what it holds is no longer valid. */
  resync(): void;
  close(): void;
}

export function createWidgetNamespace(io: Server, parts: WidgetNamespaceParts): WidgetNamespace {
  const { conversations, admission, metrics, log } = parts;
  const namespace: WidgetNamespaceServer = io.of('/widget');
  let draining = false;
  const viewers = createViewers(namespace, parts);
  const { room, publish } = viewers;

  namespace.use((socket, next) => {
    admitVisitor(parts, socket.handshake, { draining, hasRoom: admission.hasRoom() }).then(
      (outcome) => {
        if ('visitor' in outcome) {
          socket.data.visitor = outcome.visitor;
          return next();
        }
        metrics.refusals.inc({ event: 'connect', code: outcome.refusal.code });
        next(Object.assign(new Error(outcome.message), { data: outcome.refusal }));
      },
      (error: unknown) => {
        // Redis is away or full. A client told nothing would take a bare error for final and never come back.
        log.error({ reason: String(error) }, 'a visitor could not be let in');
        const data: ConnectRefusal = { code: 'rate-limited', retryAfterMs: 2000 };
        metrics.refusals.inc({ event: 'connect', code: 'unavailable' });
        next(Object.assign(new Error('This did not work just now. Try again in a moment.'), { data }));
      },
    );
  });

  namespace.on('connection', (socket) => {
    const { visitor } = socket.data;
    const { conversationId, visitorId } = visitor.session;
    metrics.sockets.inc();
    parts.onConnect({ siteId: visitor.site.id, conversationId, visitorId });
    socket.on('disconnect', () => {
      metrics.sockets.dec();
      viewers.left(conversationId);
    });
    viewers.joined(socket, conversationId);
    const view = createClientMemory(HISTORY_MESSAGES);
    socket.onAnyOutgoing(view.told);
    const greet = async () => {
      const { turn } = await startSession(visitor, parts, (start) => socket.emit('session-start', start));
      if (turn !== undefined) viewers.follow(conversationId, turn);
    };
    void greet().catch((error: unknown) => {
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
      // Who takes nothing gets no answers either: they would only queue. It sends again what nobody acknowledged.
      untyped.on(event, async (...args) => {
        if (viewers.isTooSlow(socket)) return;
        const reply = args.at(-1);
        if (typeof reply !== 'function') return handler(...args);
        return handler(...args.slice(0, -1), (answer: object) => {
          if (!viewers.isTooSlow(socket)) reply(answer);
        });
      });
    };

    handle('message-send', messageSendSchema, async ({ id, text }) => {
      const receivedAt = performance.now();
      if (text.trim().length > MESSAGE_TEXT_MAX)
        throw new RefusedError(
          'too-long',
          `A message may have ${MESSAGE_TEXT_MAX} characters; this one has ${text.trim().length}.`,
        );
      await admission.admitMessage(visitorId);
      const outcome = await conversations.send(sender, { id, text: text.trim() }, view, receivedAt);
      switch (outcome.kind) {
        case 'conflict':
          throw new RefusedError('conflict', 'Another message was sent with this id.');
        case 'closed':
          throw new RefusedError('closed', 'This conversation is closed.');
        case 'gone':
          socket.emit('resync', {});
          throw new RefusedError('not-found', 'This conversation is no longer stored here. Connect afresh.');
        case 'known':
          return { conversationId, seq: outcome.seq, ...(outcome.turnId ? { turnId: outcome.turnId } : {}) };
        case 'stored': {
          publish(conversationId, { type: 'message', message: outcome.message });
          if (outcome.turn === undefined) return { conversationId, seq: outcome.seq };
          viewers.host(conversationId, outcome.turn, receivedAt);
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
      viewers.host(conversationId, outcome.turn, receivedAt);
      return { turnId: outcome.turn.turnId };
    });

    handle('replay', replaySchema, async (from) => {
      const answer = await conversations.replay(conversationId, from);
      if (answer.turn !== undefined) viewers.follow(conversationId, answer.turn);
      return answer;
    });
    handle('history-read', historyReadSchema, async ({ beforeSeq, limit }) => ({
      messages: await conversations.history(conversationId, beforeSeq, limit),
    }));
    handle('rating-set', ratingSetSchema, async ({ messageId, value, reason }) => {
      await conversations.rate(conversationId, messageId, { value, reason });
      parts.onRated(conversationId, messageId, value);
      parts.onRatingStored(conversationId);
      return {};
    });
    handle('conversation-rate', conversationRateSchema, async ({ score, comment }) => {
      await conversations.rate(conversationId, 'conversation', { value: String(score), reason: comment });
      parts.onRatingStored(conversationId);
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
      const { ticketId, outputs } = await conversations.requestAgent(sender, asked);
      for (const output of outputs) publish(conversationId, output);
      return { ticketId };
    });
    handle('contact-set', contactSetSchema, async ({ email }) => {
      if (!(await parts.setEmail(conversationId, email)))
        throw new RefusedError('not-found', 'There is nothing open that an answer could belong to.');
      return {};
    });
    handle('pre-chat-set', preChatSetSchema, async (said) => {
      const { id, preChat } = visitor.site;
      await parts.preChat.save(conversationId, id, readPreChat(preChat, said), Date.now());
      return {};
    });
    handle('typing', typingSchema, ({ on }) => {
      parts.onVisitorTyping(conversationId, on);
      return {};
    });
    handle('read', readSchema, async ({ seq }) => {
      const read = await parts.readMarks.move(conversationId, seq);
      if (read === undefined) return {};
      namespace.to(room(conversationId)).emit('read', { seq: read });
      parts.onRead(conversationId, read);
      return {};
    });
  });

  return {
    publish,
    sendResponder: (conversationId, change) => void namespace.local.to(room(conversationId)).emit('responder', change),
    tellTyping: (conversationId, on) => void namespace.to(room(conversationId)).emit('typing', { from: 'agent', on }),
    hasViewers: viewers.here,
    isConnected: viewers.anywhere,
    drain(spreadMs) {
      draining = true;
      for (const socket of namespace.sockets.values())
        socket.emit('drain', { afterMs: Math.round(Math.random() * spreadMs) });
    },
    async emptied(patienceMs) {
      const until = performance.now() + patienceMs;
      while (namespace.sockets.size > 0 && performance.now() < until) await pause(50);
    },
    host: (conversationId, turn) => viewers.host(conversationId, turn, performance.now()),
    resync: () => void namespace.local.emit('resync', {}),
    close: viewers.stop,
  };
}
