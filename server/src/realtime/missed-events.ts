/** Sends the visitors of this process what other processes published while its subscriptions were lost. */
import { setTimeout as pause } from 'node:timers/promises';
import type { ResponderChange } from '@firstword/shared/wire';
import { responderLabel } from '../conversation/conversation-texts.ts';
import type { Replay } from '../conversation/replay.ts';
import type { ClientView } from '../conversation/turn-start.ts';
import type { Log } from '../lib/log.ts';
import type { ConversationStore } from '../store/conversation-store.ts';
import type { WidgetSocket } from './viewers.ts';

export interface ConnectedClient {
  readonly socket: Pick<WidgetSocket, 'emit' | 'connected' | 'data'>;
  /** What the client was sent last. */
  readonly view: Pick<ClientView, 'lastSeq' | 'responder'>;
  /** Settles when its session has started. */
  readonly started: Promise<void>;
}

export interface MissedEventsParts {
  readonly store: Pick<ConversationStore, 'readHead'>;
  readonly replay: Replay;
  readonly agentOf: (conversationId: string) => Promise<Pick<ResponderChange, 'agent'>>;
  readonly log: Log;
}

/** Clients that are looked after at the same time. */
const AT_ONCE = 50;
const RETRY_MS = 500;

/** Events that a client has already are sent again at most once; clients ignore those. */
export function createMissedEvents({ store, replay, agentOf, log }: MissedEventsParts) {
  const sendMissed = async ({ socket, view, started }: ConnectedClient) => {
    await started;
    if (!socket.connected) return;
    const { session, site, handshake } = socket.data.visitor;
    const { conversationId } = session;
    const { lastSeq, responder, ticketId, turn } = await store.readHead(conversationId);
    if (lastSeq > view.lastSeq) {
      const { messages, resync } = await replay(conversationId, { afterSeq: view.lastSeq });
      if (resync) return void socket.emit('resync', {});
      for (const message of messages) socket.emit('message', message);
    }
    if (turn !== undefined) socket.emit('turn-event', { type: 'turn-start', ...turn });
    // Another agent may have taken over.
    if (responder === view.responder && responder !== 'agent') return;
    const label = responderLabel(handshake.locale ?? site.locale, responder);
    const agent = responder === 'agent' ? await agentOf(conversationId) : {};
    socket.emit('responder', { responder, label, ...(ticketId === undefined ? {} : { ticketId }), ...agent });
  };

  /** Resolves when nothing is left to send. Never rejects. */
  return async (clients: Iterable<ConnectedClient>): Promise<void> => {
    let waiting = [...clients];
    let isLogged = false;
    while (waiting.length > 0) {
      const now = waiting.slice(0, AT_ONCE);
      const sent = await Promise.allSettled(now.map(sendMissed));
      const failed = now.filter((_, index) => sent[index]?.status === 'rejected');
      waiting = [...waiting.slice(AT_ONCE), ...failed.filter(({ socket }) => socket.connected)];
      const [reason] = sent.flatMap((each) => (each.status === 'rejected' ? [String(each.reason)] : []));
      if (reason === undefined) continue;
      if (!isLogged)
        log.warn({ visitors: failed.length, reason }, 'failed to send visitors what they missed, retrying');
      isLogged = true;
      await pause(RETRY_MS); // the connection for commands may return after that for subscriptions
    }
  };
}
