/** The page of all conversations: the list with its search, and the conversation that is read. */
import type { Workspace } from '../workspace.ts';
import { ConversationList } from './conversation-list.tsx';
import { ConversationView } from './conversation-view.tsx';

/** Stays in the page while another one is shown, so that the list keeps its place. */
export function ConversationsPage({ workspace }: { workspace: Workspace }) {
  return (
    <main class="work__main" hidden={workspace.router.page.value !== 'conversations'}>
      <ConversationList workspace={workspace} />
      <ConversationView workspace={workspace} />
    </main>
  );
}
