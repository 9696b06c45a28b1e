/** Names the browser's tab by what it shows, so that tabs and the steps of the history can be told apart. Draws nothing. */
import { useEffect } from 'preact/hooks';
import { pageOf } from '../pages.ts';
import type { PageName } from '../router.ts';
import { conversationTexts } from '../texts/conversation-texts.ts';
import { listTexts } from '../texts/list-texts.ts';
import { ticketTexts } from '../texts/ticket-texts.ts';
import type { Workspace } from '../workspace.ts';

export function TabName({ workspace: { notifications, router, ticket } }: { workspace: Workspace }) {
  const name = nameOf(router.page.value, ticket.current.value?.detail?.ticket.number);
  useEffect(() => notifications.nameTab(name), [notifications, name]);
  useEffect(() => () => notifications.nameTab(undefined), [notifications]);
  return null;
}

function nameOf(page: PageName, ticketNumber: number | undefined): string {
  if (page === 'conversations') return conversationTexts.title;
  if (page !== 'tickets') return pageOf(page).title;
  return ticketNumber === undefined ? listTexts.tickets : ticketTexts.ticket(ticketNumber);
}
