/** The tags of a ticket. In its header, each can be removed. */
import type { Ticket } from '@firstword/shared/ticket';
import { ticketTexts } from '../texts/ticket-texts.ts';
import type { Workspace } from '../workspace.ts';
import { Icon } from './icons.tsx';

export function TicketTags({ workspace, ticket }: { workspace: Workspace; ticket: Ticket }) {
  const { tags = [] } = ticket;
  if (tags.length === 0) return null;
  return (
    <ul class="tags" aria-label={ticketTexts.tags}>
      {tags.map((tag) => (
        <li key={tag} class="tag" dir="auto">
          {tag}
          {workspace.situation.value.readOnly !== true && (
            <button
              type="button"
              class="tag__remove"
              aria-label={ticketTexts.removeTag(tag)}
              title={ticketTexts.removeTag(tag)}
              onClick={() => workspace.ticket.removeTag(tag)}
            >
              <Icon name="cross" size={12} />
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
