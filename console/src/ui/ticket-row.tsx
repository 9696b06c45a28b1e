/** One ticket in the list: number, reason, waiting time, first line, state and assignee. */
import type { Ticket } from '@firstword/shared/ticket';
import { pendingTarget } from '@firstword/shared/waiting-target';
import { listTexts, viewingText } from '../texts/list-texts.ts';
import { replyTexts } from '../texts/reply-texts.ts';
import { ticketTexts } from '../texts/ticket-texts.ts';
import { Avatar } from './avatar.tsx';
import { Ago, ReplyTarget, Waiting } from './clock.tsx';
import { Icon } from './icons.tsx';
import type { RowPlace } from './windowed-rows.tsx';

export interface TicketRowProps {
  readonly place: RowPlace;
  readonly ticket: Ticket;
  readonly href: string;
  readonly current: boolean;
  /** Absent where there is only one site. */
  readonly siteName: string | undefined;
  readonly mine: boolean;
  /** Of the assignee. */
  readonly picture: string | undefined;
  /** Names of other agents viewing the ticket. */
  readonly viewers: readonly string[];
  /** Undefined while no tickets are being selected. */
  readonly isSelected: boolean | undefined;
  /** The agent's role on the ticket's site only reads. */
  readonly readOnly: boolean;
  readonly onSelect: () => void;
  readonly onOpen: () => void;
}

export function TicketRow(props: TicketRowProps) {
  const { place, ticket, href, current, siteName, mine, picture, viewers, isSelected, readOnly, onSelect, onOpen } =
    props;
  const target = pendingTarget(ticket);
  return (
    <li {...place} class={isSelected === undefined ? undefined : 'selectable'}>
      {isSelected !== undefined && (
        <input
          type="checkbox"
          class="selectable__box"
          aria-label={listTexts.selectTicket(ticket.number)}
          checked={isSelected}
          disabled={readOnly}
          title={readOnly ? replyTexts.readOnly : undefined}
          onChange={onSelect}
        />
      )}
      <a
        class={`row row--${ticket.urgency}`}
        href={href}
        data-ticket={ticket.id}
        aria-current={current ? 'true' : undefined}
        onClick={(event) => {
          // A click with a modifier key opens a new tab, as with any link.
          if (event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          onOpen();
        }}
      >
        <span class="row__top">
          <span class="row__number">#{ticket.number}</span>
          <span class="row__reason">{ticketTexts.reasons[ticket.reason]}</span>
          <span class="row__time">
            {ticket.waitingSince === undefined ? (
              <Ago at={ticket.changedAt} />
            ) : (
              <>
                <Icon name="clock" size={14} />
                <Waiting since={ticket.waitingSince} />
              </>
            )}
          </span>
        </span>
        <span class="row__line" dir="auto">
          {ticket.firstLine}
        </span>
        <span class="row__foot">
          <span class={`state state--${ticket.state}`}>{ticketTexts.states[ticket.state]}</span>
          {(ticket.urgency === 'high' || ticket.urgency === 'critical') && (
            <span class={`urgent urgent--${ticket.urgency}`}>{ticketTexts.urgencies[ticket.urgency]}</span>
          )}
          {target !== undefined && <ReplyTarget key={target.at} target={target} />}
          {siteName !== undefined && <span class="row__site">{siteName}</span>}
          {ticket.tags?.map((tag) => (
            <span key={tag} class="tag" dir="auto">
              {tag}
            </span>
          ))}
          <span class="row__people">
            {viewers.length > 0 && (
              <span class="row__looking" title={viewingText([...viewers])}>
                <Icon name="eye" size={14} />
                <span class="visually-hidden">{viewingText([...viewers])}</span>
                <span aria-hidden="true">{viewers.length}</span>
              </span>
            )}
            {ticket.assignee !== undefined &&
              (mine ? <span>{listTexts.you}</span> : <Avatar name={ticket.assignee.name} picture={picture} />)}
          </span>
        </span>
      </a>
    </li>
  );
}
