/** The conversations as the console's API uses them: the real `reply`, `snapshot` and `ratings`, without turns and hand-offs. */
import { createConversations } from '@firstword/server/conversation/conversations';
import type { ConversationPort } from '@firstword/server/http/api-conversation-port';
import type { ConversationStore } from '@firstword/server/store/conversation-store';

export function createAgentConversations(store: ConversationStore): ConversationPort {
  const unused = () => {
    throw new Error('The console API must not start a turn or a hand-off.');
  };
  const { reply } = createConversations({
    store,
    runTurn: unused,
    handOff: { open: unused, notify: unused },
    typing: { knowledgeOf: unused, recordCall: unused, allowsTyping: unused, isClean: unused },
    warmUp: { returned: unused, stop: unused },
    siteOf: () => undefined,
  });
  return { reply, snapshot: store.snapshot, ratings: store.ratings };
}
