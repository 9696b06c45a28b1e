/** The console's socket. While it is disconnected, the page shows the last known state. */
import type { ConsoleClientEvents, ConsoleServerEvents } from '@firstword/shared/console-events';
import { fallBackToPolling } from '@firstword/shared/transport-fallback';
import { io, type Socket } from 'socket.io-client';
import { basePath } from './base-path.ts';

export interface Live {
  /** Announces the ticket this page shows, now and after every reconnect. */
  watch(ticketId: string | undefined): void;
  /** The conversation this page shows, and `seq` of the last message that it has, now and after every reconnect. */
  watchConversation(conversation: { readonly id: string; readonly lastSeq: () => number } | undefined): void;
  /** Whether the page shows the conversations, now and after every reconnect. */
  watchConversations(on: boolean): void;
  /** Whether the agent sees this page, now and after every reconnect. */
  visible(on: boolean): void;
  typing(ticketId: string, on: boolean): void;
  /** The page shows the ticket up to this message. False: not sent, because the page is disconnected. */
  read(ticketId: string, seq: number): boolean;
  close(): void;
}

export interface LiveListeners {
  readonly ticketChange: ConsoleServerEvents['ticket-change'];
  readonly ticketDetail: ConsoleServerEvents['ticket-detail'];
  readonly conversationsChange: ConsoleServerEvents['conversations-change'];
  readonly conversationErased: ConsoleServerEvents['conversation-erased'];
  readonly notification: ConsoleServerEvents['notification'];
  readonly missed: ConsoleServerEvents['missed'];
  readonly presence: ConsoleServerEvents['presence'];
  readonly agentStatuses: ConsoleServerEvents['agent-statuses'];
  readonly message: ConsoleServerEvents['message'];
  readonly conversationMessage: ConsoleServerEvents['conversation-message'];
  readonly answerText: ConsoleServerEvents['answer-text'];
  readonly answerEnd: ConsoleServerEvents['answer-end'];
  readonly typing: ConsoleServerEvents['typing'];
  readonly read: ConsoleServerEvents['read'];
  readonly agentTyping: ConsoleServerEvents['agent-typing'];
  /** Also called after a reconnect. Missed events aren't replayed, so the state must be fetched. */
  readonly connected: () => void;
  readonly lost: () => void;
  readonly signedOut: () => void;
}

const ignoreReply = () => {};

export function connectLive(listeners: LiveListeners): Live {
  const socket: Socket<ConsoleServerEvents, ConsoleClientEvents> = io('/console', {
    path: `${basePath}/socket.io`,
    autoConnect: false,
    transports: ['websocket'],
    withCredentials: true,
    reconnectionDelay: 500,
    reconnectionDelayMax: 10_000,
    randomizationFactor: 0.5,
  });
  fallBackToPolling(socket, async () => ['polling', 'websocket']);
  let watched: string | undefined;
  let read: Parameters<Live['watchConversation']>[0];
  let watchesConversations = false;
  let visible = false;
  const emitRead = () =>
    socket.emit('conversation-watch', { conversationId: read?.id ?? null, after: read?.lastSeq() ?? 0 }, ignoreReply);

  socket.on('connect', () => {
    listeners.connected();
    if (watched !== undefined) socket.emit('ticket-watch', { ticketId: watched }, ignoreReply);
    if (read !== undefined) emitRead();
    if (watchesConversations) socket.emit('conversations-watch', { on: true }, ignoreReply);
    if (visible) socket.emit('page-visible', { on: true }, ignoreReply);
  });
  socket.on('disconnect', (reason) => {
    listeners.lost();
    // Socket.IO doesn't reconnect when the server disconnects, because the session has ended or the agent has other roles. If
    // the session has ended, the server refuses the new connection.
    if (reason === 'io server disconnect') socket.connect();
  });
  socket.on('connect_error', (error: Error & { data?: { code?: string } }) => {
    if (error.data?.code === 'signed-out') return listeners.signedOut();
    listeners.lost();
    // After a refusal, unlike a network error, Socket.IO doesn't reconnect by itself.
    if (!socket.active) setTimeout(() => socket.connect(), 5000);
  });
  socket.on('ticket-change', listeners.ticketChange);
  socket.on('ticket-detail', listeners.ticketDetail);
  socket.on('conversations-change', listeners.conversationsChange);
  socket.on('conversation-erased', listeners.conversationErased);
  socket.on('notification', listeners.notification);
  socket.on('missed', listeners.missed);
  socket.on('presence', listeners.presence);
  socket.on('agent-statuses', listeners.agentStatuses);
  socket.on('message', listeners.message);
  socket.on('conversation-message', listeners.conversationMessage);
  socket.on('answer-text', listeners.answerText);
  socket.on('answer-end', listeners.answerEnd);
  socket.on('typing', listeners.typing);
  socket.on('read', listeners.read);
  socket.on('agent-typing', listeners.agentTyping);
  socket.connect();

  return {
    watch(ticketId) {
      watched = ticketId;
      if (socket.connected) socket.emit('ticket-watch', { ticketId: ticketId ?? null }, ignoreReply);
    },
    watchConversation(conversation) {
      if (conversation === undefined && read === undefined) return;
      read = conversation;
      if (socket.connected) emitRead();
    },
    watchConversations(on) {
      if (on === watchesConversations) return;
      watchesConversations = on;
      if (socket.connected) socket.emit('conversations-watch', { on }, ignoreReply);
    },
    visible(on) {
      visible = on;
      if (socket.connected) socket.emit('page-visible', { on }, ignoreReply);
    },
    typing(ticketId, on) {
      if (socket.connected) socket.emit('typing', { ticketId, on }, ignoreReply);
    },
    read(ticketId, seq) {
      if (socket.connected) socket.emit('read', { ticketId, seq }, ignoreReply);
      return socket.connected;
    },
    close: () => socket.close(),
  };
}
