/** One conversation in the list: who wrote, what was found or asked first, and how it went. */
import type { ListedConversation } from '@firstword/shared/conversation-records';
import { conversationTexts, visitorText } from '../texts/conversation-texts.ts';
import { Ago } from './clock.tsx';
import { ExcerptText, NamedText } from './found-text.tsx';
import { IdentityBadge } from './identity.tsx';
import type { RowPlace } from './windowed-rows.tsx';

export interface ConversationRowProps {
  readonly place: RowPlace;
  readonly conversation: ListedConversation;
  /** What is searched for. */
  readonly q: string | undefined;
  /** Absent when there is only one site. */
  readonly siteName: string | undefined;
  readonly href: string;
  readonly current: boolean;
  readonly onOpen: () => void;
}

export function ConversationRow({ place, conversation, q, siteName, href, current, onOpen }: ConversationRowProps) {
  const { id, visitorId, name, email, verified = false, match, firstLine } = conversation;
  const has = (text: string | undefined) => q !== undefined && text?.toLowerCase().includes(q.toLowerCase());
  // Shown only when nothing else shows why the conversation was found.
  const foundId = match === undefined && !has(name) && !has(email) ? [id, visitorId].find(has) : undefined;
  return (
    <li {...place}>
      <a
        class="row row--conversation"
        href={href}
        data-conversation={id}
        aria-current={current ? 'true' : undefined}
        onClick={(event) => {
          // A click with a modifier key opens a new tab, as with any link.
          if (event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          onOpen();
        }}
      >
        <span class="row__top">
          <span class="row__name" dir="auto">
            <NamedText text={name ?? email ?? visitorText(visitorId)} q={q} />
          </span>
          {(verified || name !== undefined || email !== undefined) && <IdentityBadge verified={verified} />}
          {name !== undefined && email !== undefined && (
            <span class="row__reason">
              <NamedText text={email} q={q} />
            </span>
          )}
          <span class="row__time">
            <Ago at={conversation.lastAt} />
          </span>
        </span>
        <span class="row__line" dir="auto">
          {match === undefined ? firstLine || conversationTexts.noMessages : <ExcerptText found={match} />}
        </span>
        <span class="row__foot">
          <Facts conversation={conversation} siteName={siteName} />
          {foundId !== undefined && (
            <span class="row__reason">
              <NamedText text={conversationTexts.id(foundId)} q={q} />
            </span>
          )}
        </span>
      </a>
    </li>
  );
}

function Facts({ conversation, siteName }: Pick<ConversationRowProps, 'conversation' | 'siteName'>) {
  const { responder, ticketId, lastSeq, ratings, satisfaction } = conversation;
  const { up, down } = ratings;
  return (
    <span class="dots">
      <span class={`responder responder--${responder}`}>{conversationTexts.responders[responder]}</span>
      {ticketId !== undefined && <span>{conversationTexts.hasTicket}</span>}
      <span>{conversationTexts.messages(lastSeq)}</span>
      {up > 0 && <span>{conversationTexts.helpful(up)}</span>}
      {down > 0 && <span class="rating--down">{conversationTexts.notHelpful(down)}</span>}
      {satisfaction !== undefined && <span>{conversationTexts.satisfaction(satisfaction.score)}</span>}
      {siteName !== undefined && <span>{siteName}</span>}
    </span>
  );
}
