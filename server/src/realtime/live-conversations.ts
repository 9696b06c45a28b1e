/** Shows the pages of this process what is written in the conversations that they watch: running answers and new messages. */
import type { IncomingMessage } from 'node:http';
import type { AgentView } from '@firstword/shared/agent-view';
import type { ConversationStore } from '../store/conversation-store.ts';
import { type AnswerWatchParts, createAnswerWatch } from './answer-watch.ts';
import { answerRoom, type ConsoleServer, type ConsoleSocket, readingRoom } from './console-socket.ts';
import { createConversationWatch } from './conversation-watch.ts';

export interface LiveConversationsParts {
  /** Where a running answer is read. */
  readonly conversations: AnswerWatchParts['conversations'];
  readonly store: Pick<ConversationStore, 'readHead' | 'readAfter'>;
  /** The conversation, where the agent may read it. */
  readonly findConversation: (agent: AgentView, id: string) => Promise<ReadConversation | undefined>;
  /** From here on the agent is sent the messages of this conversation. Never rejects. */
  readonly onWatch: (agent: AgentView, conversation: ReadConversation, request: IncomingMessage) => Promise<void>;
}

interface ReadConversation {
  readonly id: string;
  readonly siteId: string;
}

export interface LiveConversations {
  /** Shows the running answer to the pages that watch the conversation. To be called for each new question. */
  followAnswer(conversationId: string): void;
  /**
   * The page shows this conversation from here on, or none, and has its messages up to `after`. False when the agent may not
   * read it.
   */
  watch(socket: ConsoleSocket, conversationId: string | null, after: number): Promise<boolean>;
  stop(): void;
}

/** As often as a turn's log is written. */
const ANSWER_MS = 100;
const MESSAGES_MS = 250;

export function createLiveConversations(
  namespace: ConsoleServer,
  { conversations, store, findConversation, onWatch }: LiveConversationsParts,
): LiveConversations {
  const { rooms } = namespace.adapter;
  const roomsOf = (id: string) => [answerRoom(id), readingRoom(id)];
  const answers = createAnswerWatch({
    conversations,
    isWatched: (id) => roomsOf(id).some((room) => rooms.has(room)),
    show: (conversationId, turnId, text) =>
      void namespace.local.to(roomsOf(conversationId)).emit('answer-text', { conversationId, turnId, text }),
    ended: (conversationId, turnId, seq) =>
      void namespace.local
        .to(roomsOf(conversationId))
        .emit('answer-end', { conversationId, turnId, ...(seq === undefined ? {} : { seq }) }),
    everyMs: ANSWER_MS,
  });
  const messages = createConversationWatch({
    store,
    isWatched: (id) => rooms.has(readingRoom(id)),
    show: (conversationId, message) =>
      void namespace.local.to(readingRoom(conversationId)).emit('conversation-message', { conversationId, message }),
    onTurn: answers.follow,
    everyMs: MESSAGES_MS,
  });
  return {
    followAnswer: answers.follow,
    async watch(socket, conversationId, after) {
      const { agent, reading } = socket.data;
      if (reading != null) await socket.leave(readingRoom(reading));
      socket.data.reading = conversationId;
      if (conversationId === null) return true;
      const found = await findConversation(agent, conversationId);
      if (found === undefined) return false;
      await onWatch(agent, found, socket.request);
      // The page may show another one by now.
      if (!socket.connected || socket.data.reading !== conversationId) return true;
      await socket.join(readingRoom(conversationId));
      messages.follow(conversationId, after);
      return true;
    },
    stop() {
      answers.stop();
      messages.stop();
    },
  };
}
