/** The main page: navigation, tickets, conversations, reports and dialogs. */
import { isComposing } from '@firstword/shared/composing';
import { useLayoutEffect, useState } from 'preact/hooks';
import { commandForKey } from '../commands/shortcuts.ts';
import { commonTexts } from '../texts/common-texts.ts';
import type { Workspace } from '../workspace.ts';
import { ConversationsPage } from './conversations-page.tsx';
import { Dialogs } from './dialogs.tsx';
import { createPageCode } from './page-code.ts';
import { PageLoader } from './page-loader.tsx';
import { Rail } from './rail.tsx';
import { TabName } from './tab-name.tsx';
import { TicketList } from './ticket-list.tsx';
import { TicketPage } from './ticket-page.tsx';

export function WorkPage({ workspace }: { workspace: Workspace }) {
  // A layout effect, so that shortcuts work as soon as the page is visible.
  useLayoutEffect(() => listenToKeys(workspace), [workspace]);
  const [codeOf] = useState(() => createPageCode());
  const page = workspace.router.page.value;
  const { ticketId, conversation } = workspace.router;
  const [conversationsShown, showConversations] = useState(false);
  if (page === 'conversations' && !conversationsShown) showConversations(true);
  const open = (page === 'conversations' ? conversation.value.id : ticketId.value) !== undefined;
  return (
    <div class={open ? 'work work--open' : 'work'}>
      {page === 'tickets' && (
        <a class="skip" href="#ticket">
          {commonTexts.skipToTicket}
        </a>
      )}
      <TabName workspace={workspace} />
      <Rail workspace={workspace} />
      {conversationsShown && <ConversationsPage workspace={workspace} />}
      {page !== 'tickets' && page !== 'conversations' && (
        <PageLoader key={page} workspace={workspace} page={page} code={codeOf(page)} />
      )}
      <main class="work__main" hidden={page !== 'tickets'}>
        <TicketList workspace={workspace} />
        <TicketPage workspace={workspace} />
      </main>
      <p class="connection" role="status">
        {workspace.connection.value === 'lost' && commonTexts.reconnecting}
      </p>
      <Dialogs workspace={workspace} />
      <p class="visually-hidden" role="status">
        {workspace.announcement}
      </p>
    </div>
  );
}

const TYPING = 'input:not([type=radio],[type=checkbox]), textarea, select, [contenteditable=true]';

function listenToKeys(workspace: Workspace): () => void {
  function press(event: KeyboardEvent) {
    if (isComposing(event)) return;
    const mayUndo = event.key === 'Escape' && workspace.dialog.value === undefined;
    if (mayUndo && workspace.ticket.delayed.undo()) return;
    const target = event.target instanceof Element ? event.target : undefined;
    const id = commandForKey(event, {
      typing: target?.matches(TYPING) ?? false,
      inDialog: workspace.dialog.value !== undefined,
      inList: target?.closest('.list') != null,
    });
    if (id === undefined) return;
    event.preventDefault();
    workspace.run(id);
  }
  document.addEventListener('keydown', press);
  return () => document.removeEventListener('keydown', press);
}
