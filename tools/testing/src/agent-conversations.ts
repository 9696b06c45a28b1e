/** Conversations for the sending of agents' replies: the real `reply`, without turns and hand-offs. */
import { type Conversations, createConversations } from '@firstword/server/conversation/conversations';
import { createLiveTurns } from '@firstword/server/conversation/live-turns';
import type { Sink } from '@firstword/server/conversation/sink';
import type { ConversationStore } from '@firstword/server/store/conversation-store';

export function createAgentConversations(store: ConversationStore, sink: Sink): Conversations {
  const unused = () => {
    throw new Error('The console API must not start a turn or a hand-off.');
  };
  return createConversations({
    store,
    liveTurns: createLiveTurns(),
    askTurn: unused,
    sink,
    handOff: { open: unused, notify: unused },
    ticketCeilings: { reserve: unused, retryAfterMs: unused },
    typing: { knowledgeOf: unused, recordCall: unused, allowsTyping: unused },
    warmUp: { returned: unused, stop: unused },
    siteOf: () => undefined,
  });
}
