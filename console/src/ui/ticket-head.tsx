/** The header of a ticket: title, facts and actions. */
import type { TicketDetail } from '@firstword/shared/console-wire';
import type { Ticket } from '@firstword/shared/ticket';
import { pendingTarget } from '@firstword/shared/waiting-target';
import type { CommandId } from '../commands/commands.ts';
import { costText } from '../figures.ts';
import { callTexts } from '../texts/call-texts.ts';
import { listTexts, viewingText } from '../texts/list-texts.ts';
import { ticketTexts } from '../texts/ticket-texts.ts';
import { untilText } from '../times.ts';
import type { Workspace } from '../workspace.ts';
import { Avatar } from './avatar.tsx';
import { Ago, ReplyTarget, Waiting } from './clock.tsx';
import { CommandButton } from './command-button.tsx';
import { Icon } from './icons.tsx';
import { IdentityBadge, ProfileFacts } from './identity.tsx';
import { TicketTags } from './ticket-tags.tsx';
import { VisitorFacts } from './visitor-facts.tsx';

const ACTIONS: readonly CommandId[] = [
  'claim',
  'assign',
  'hand-back',
  'snooze',
  'resolve',
  'reopen',
  'note',
  'tag',
  'merge',
  'mark-spam',
  'restore',
];

export function TicketHead({ workspace, detail }: { workspace: Workspace; detail: TicketDetail }) {
  const { ticket } = detail;
  function leave() {
    workspace.router.go(undefined);
    workspace.list.moveCursor(0, ticket.id);
  }
  return (
    <header class="head">
      <div class="head__top">
        <button type="button" class="head__back" aria-label={ticketTexts.back} onClick={leave}>
          <Icon name="back" />
        </button>
        <h1 class="head__title">
          <span class="head__number">#{ticket.number}</span> <bdi>{ticket.firstLine}</bdi>
        </h1>
      </div>
      <div class="head__rows">
        <div class="head__facts">
          <Facts workspace={workspace} detail={detail} />
          <TicketTags workspace={workspace} ticket={ticket} />
        </div>
        <div class="head__actions">
          {ACTIONS.map((id) => (
            <CommandButton key={id} workspace={workspace} id={id} />
          ))}
        </div>
      </div>
    </header>
  );
}

function Facts({ workspace, detail }: { workspace: Workspace; detail: TicketDetail }) {
  const { ticket, preChat = {}, profile, repliesTo } = detail;
  const target = pendingTarget(ticket);
  const { answer } = preChat;
  const typed = { ...preChat, email: ticket.email ?? preChat.email };
  const { name, email } = profile ?? typed;
  const cost = workspace.ticket.current.value?.calls?.conversation ?? detail.cost;
  const viewers = workspace.viewers.value.get(ticket.id) ?? [];
  const mine = ticket.assignee?.id === workspace.session.agent.id;
  return (
    <ul class="facts">
      <li>
        <span class={`state state--${ticket.state}`}>{ticketTexts.states[ticket.state]}</span>
        {ticket.snoozedUntil !== undefined && ticket.state === 'snoozed' && (
          <> {ticketTexts.until(untilText(ticket.snoozedUntil, Date.now()))}</>
        )}
      </li>
      {ticket.mergedInto !== undefined && <MergedInto workspace={workspace} into={ticket.mergedInto} />}
      <li class={`urgent urgent--${ticket.urgency}`}>{ticketTexts.urgency(ticket.urgency)}</li>
      <li>{ticketTexts.reasons[ticket.reason]}</li>
      <li class="facts__time">
        <Icon name="clock" size={14} />
        {ticket.waitingSince === undefined ? (
          <Ago at={ticket.changedAt} />
        ) : (
          <span>
            {ticketTexts.waiting} <Waiting since={ticket.waitingSince} />
          </span>
        )}
      </li>
      {target !== undefined && (
        <li>
          <ReplyTarget key={target.at} target={target} />
        </li>
      )}
      {ticket.assignee !== undefined && (
        <li class="facts__agent">
          <Avatar name={ticket.assignee.name} picture={workspace.pictures.of(ticket.assignee.id)} decorative />
          {ticketTexts.assignedTo(mine ? listTexts.you.toLowerCase() : ticket.assignee.name)}
        </li>
      )}
      {ticket.reopened > 0 && <li>{ticketTexts.reopenedTimes(ticket.reopened)}</li>}
      {(profile !== undefined || name !== undefined || email !== undefined) && (
        <li>
          <IdentityBadge verified={profile !== undefined} />
        </li>
      )}
      {name !== undefined && <li dir="auto">{name}</li>}
      {email !== undefined && (
        <li title={repliesTo === email ? ticketTexts.mayReply(email) : ticketTexts.notConfirmed}>{email}</li>
      )}
      {ticket.email !== undefined && repliesTo === undefined && <li>{ticketTexts.notConfirmed}</li>}
      {profile !== undefined && <ProfileFacts profile={profile} />}
      {profile !== undefined && typed.email !== undefined && typed.email !== email && (
        <li>
          <IdentityBadge verified={false} /> {typed.email}
        </li>
      )}
      {detail.visitor !== undefined && <VisitorFacts workspace={workspace} {...detail.visitor} />}
      {answer !== undefined && (
        <li class="facts__answer" dir="auto">
          {preChat.question} <b>{answer}</b>
        </li>
      )}
      {(cost.usd > 0 || cost.callsOfUnknownPrice > 0) && (
        <li class="facts__cost" title={callTexts.conversationCost(costText(cost))}>
          {costText(cost)}
        </li>
      )}
      {viewers.length > 0 && (
        <li class="facts__looking">
          <Icon name="eye" size={14} />
          {viewingText([...viewers])}
        </li>
      )}
    </ul>
  );
}

function MergedInto({ workspace, into }: { workspace: Workspace; into: NonNullable<Ticket['mergedInto']> }) {
  return (
    <li>
      <button type="button" class="link" onClick={() => workspace.router.go(into.id)}>
        {ticketTexts.mergedInto(into.number)}
      </button>
    </li>
  );
}
