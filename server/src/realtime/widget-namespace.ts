/** The widget's Socket.IO namespace: admits visitors, starts their sessions and routes their events. */
import type { EventEmitter } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { SessionStart } from '@firstword/shared/wire';
import type { ConnectRefusal } from '@firstword/shared/wire-refusals';
import type { Conversations } from '../conversation/conversations.ts';
import type { ReplyAddress } from '../conversation/reply-address.ts';
import { HISTORY_MESSAGES, type Sender } from '../conversation/turn-start.ts';
import type { ClientAddressOf } from '../lib/client-address.ts';
import type { Log } from '../lib/log.ts';
import type { Metrics } from '../lib/metrics.ts';
import { createQuietLog } from '../lib/quiet-log.ts';
import type { FairShare } from '../limits/fair-share.ts';
import type { VisitorProfiles } from '../store/visitor-profiles.ts';
import { type AdmitVisitorParts, admitVisitor, type Visitor } from './admit-visitor.ts';
import { createClientMemory } from './client-memory.ts';
import { createConsentGate } from './consent-gate.ts';
import { type ConnectedClient, createMissedEvents, type MissedEventsParts } from './missed-events.ts';
import { originOf } from './origin-check.ts';
import { createOtherTurns } from './other-turns.ts';
import { createRefusalLog } from './refusal-log.ts';
import { type SessionStartParts, startSession } from './session-start.ts';
import { createUnwatchedTurns } from './unwatched-turns.ts';
import type { Viewers, WidgetSocket } from './viewers.ts';
import { createWidgetEvents, kilobytesOf, type WidgetEventParts } from './widget-events.ts';

export interface WidgetNamespaceParts extends AdmitVisitorParts, WidgetEventParts {
  readonly viewers: Viewers;
  readonly fairShare: FairShare;
  readonly addressOf: ClientAddressOf;
  /** An address as budgets and other counts of a day know it: they keep it in Redis in no other form. */
  readonly hideAddress: (address: string) => string;
  readonly conversations: Conversations;
  /** How long an answer continues without viewers, in milliseconds. */
  readonly unwatchedMs: number;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly onConnect: (owner: { siteId: string; conversationId: string; visitorId: string; address: string }) => void;
  /** Whether real models answer; part of `session-start`. */
  readonly mode: () => SessionStart['mode'];
  readonly agentOf: SessionStartParts['agentOf'];
  readonly replyTimes: SessionStartParts['replyTimes'];
  readonly store: MissedEventsParts['store'];
  readonly replyAddress: ReplyAddress;
  readonly profiles: Pick<VisitorProfiles, 'save'>;
  /** Whether a mail server is configured; part of `session-start`. */
  readonly mail: boolean;
}

export interface WidgetNamespace {
  /** Asks every client to reconnect elsewhere within `spreadMs`, and refuses new connections from now on. */
  drain(spreadMs: number): void;
  /** Resolves when every client has disconnected, at the latest after `patienceMs`. */
  emptied(patienceMs: number): Promise<void>;
  /** Tells every client of this process that what it shows is no longer valid. */
  resync(): void;
  /** Sends every client of this process what it has missed. Never rejects. */
  sendMissed(): Promise<void>;
  /** Asks the other processes to do the same. */
  askForMissed(): void;
  /** Disconnects the clients of sites that are no longer there. */
  leaveMissingSites(): void;
  close(): void;
}

/** A new visitor who disconnects earlier has hardly read an answer. */
const STAYS_MS = 20_000;

export function createWidgetNamespace(parts: WidgetNamespaceParts): WidgetNamespace {
  const { viewers, admission, metrics, log } = parts;
  const { namespace } = viewers;
  let draining = false;
  const otherTurns = createOtherTurns(viewers, parts.conversations);
  const viewerLeft = createUnwatchedTurns(parts);
  const clients = new Set<ConnectedClient>();
  const sendMissed = createMissedEvents({ ...parts, replay: parts.conversations.replay });
  const noteRefusal = createRefusalLog(log);
  const eventParts = { ...parts, log: createQuietLog(log, ['event']) };

  /** Skips events and acknowledgements of slow clients; they would only add to the queue. The client sends again. */
  const unlessSlow =
    (socket: WidgetSocket, handle: (...args: unknown[]) => Promise<void>) =>
    async (...args: unknown[]) => {
      if (viewers.isTooSlow(socket)) return;
      const reply = args.at(-1);
      if (typeof reply !== 'function') return handle(...args);
      return handle(...args.slice(0, -1), (answer: object) => {
        if (!viewers.isTooSlow(socket)) reply(answer);
      });
    };

  namespace.use((socket, next) => {
    const { auth, headers } = socket.handshake;
    const address = parts.addressOf(socket.request);
    const from = { auth, address, headers: { ...headers, origin: originOf(socket.handshake) } };
    admitVisitor(parts, from, { draining, hasRoom: admission.hasRoom() }).then(
      (outcome) => {
        if ('visitor' in outcome) {
          socket.data.visitor = outcome.visitor;
          return next();
        }
        const { refusal, message } = outcome;
        metrics.refusals.inc({ event: 'connect', code: refusal.code });
        noteRefusal({ code: refusal.code, message, site: auth['site'], origin: from.headers.origin });
        next(Object.assign(new Error(message), { data: refusal }));
      },
      (error: unknown) => {
        // Redis is away or full, or PostgreSQL is away and has the conversation. Socket.IO doesn't reconnect by itself after a refusal; a client does by the code.
        log.error({ reason: String(error) }, 'failed to admit visitor');
        const data: ConnectRefusal = { code: 'unavailable', retryAfterMs: 2000 };
        metrics.refusals.inc({ event: 'connect', code: data.code });
        next(Object.assign(new Error('The server could not start a session. Try again in a few seconds.'), { data }));
      },
    );
  });

  namespace.on('events-missed', () => void sendMissed(clients));

  namespace.on('connection', (socket) => {
    const { visitor: admitted } = socket.data;
    // The owner may change the site while the page is open.
    const site = () => parts.sites.get(admitted.site.id) ?? admitted.site;
    const visitor: Visitor = {
      ...admitted,
      get site() {
        return site();
      },
    };
    const { conversationId, visitorId } = visitor.session;
    metrics.sockets.inc();
    const address = parts.hideAddress(visitor.address.counted);
    parts.onConnect({ siteId: visitor.site.id, conversationId, visitorId, address });
    socket.on('disconnect', () => {
      metrics.sockets.dec();
      viewerLeft(conversationId);
    });
    otherTurns.watch(socket, conversationId);
    viewers.join(socket, conversationId);
    const view = createClientMemory(HISTORY_MESSAGES);
    socket.onAnyOutgoing(view.noteOutgoing);
    const sender: Sender = {
      conversationId,
      visitorId,
      get site() {
        return site();
      },
      region: visitor.region,
      address,
      locale: visitor.handshake.locale ?? visitor.site.locale,
      identified: visitor.session.identified,
    };
    const { profile } = visitor.session;
    const noteProfile = () => {
      if (profile === undefined) return;
      void parts.profiles
        .save(conversationId, profile)
        .catch((error: unknown) => log.warn({ reason: String(error) }, 'storing what a site says of a visitor failed'));
    };
    noteProfile();
    const noteLeaver = () => {
      const joinedAt = performance.now();
      socket.once('message-send', () =>
        socket.on('disconnect', () => {
          if (performance.now() - joinedAt < STAYS_MS)
            parts.fairShare.visitorLeft({ address: visitor.address, visitorId });
        }),
      );
    };
    if (visitor.handshake.session !== undefined)
      parts.fairShare.visitorReturned({ address: visitor.address, visitorId });
    else if (!visitor.session.identified) noteLeaver();
    const start = async () => {
      const { turn, messages } = await startSession(visitor, parts, (session, others) => {
        viewers.joinOthers(socket, others);
        socket.emit('session-start', session);
      });
      void parts.fairShare.add('readKb', { ...visitor, siteId: visitor.site.id, visitorId }, kilobytesOf(messages));
      if (turn === undefined) parts.conversations.returned(sender, view);
      else otherTurns.follow(conversationId, turn);
    };
    const started = start().catch((error: unknown) => {
      log.error({ reason: String(error) }, 'failed to start session');
      socket.conn.close(); // the client reconnects; after `disconnect` it would not
    });
    const client: ConnectedClient = { socket, view, started };
    clients.add(client);
    socket.on('disconnect', () => clients.delete(client));

    const drafts = visitor.site.answerWhileTyping === 'off' ? undefined : parts.conversations.drafts.open(sender, view);
    if (drafts !== undefined) {
      socket.on('disconnect', drafts.close);
      // What a draft follows has changed: it would be asked again anyway.
      socket.onAnyOutgoing((event) => {
        if (event === 'message' || event === 'responder' || event === 'resync') drafts.drop();
      });
    }
    const events = createWidgetEvents(
      {
        drafts,
        consent: createConsentGate(visitor.site, conversationId, parts.preChat),
        visitor,
        sender,
        view,
        otherTurns,
        noteProfile,
        resync: () => void socket.emit('resync', {}),
      },
      eventParts,
    );
    // Handlers validate every payload; the event map only describes what well-behaved clients send.
    const untyped: EventEmitter = socket;
    for (const { event, handle } of events) untyped.on(event, unlessSlow(socket, handle));
  });

  return {
    drain(spreadMs) {
      draining = true;
      for (const socket of namespace.sockets.values())
        socket.emit('drain', { afterMs: Math.round(Math.random() * spreadMs) });
    },
    async emptied(patienceMs) {
      const until = performance.now() + patienceMs;
      while (namespace.sockets.size > 0 && performance.now() < until) await pause(50);
    },
    resync: () => void namespace.local.emit('resync', {}),
    sendMissed: () => sendMissed(clients),
    askForMissed: () => namespace.serverSideEmit('events-missed'),
    leaveMissingSites() {
      // Their clients connect again, and are refused.
      for (const socket of namespace.sockets.values())
        if (!parts.sites.has(socket.data.visitor.site.id)) socket.conn.close();
    },
    close: otherTurns.stop,
  };
}
