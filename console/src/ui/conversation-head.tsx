/** The header of a conversation that is read: who wrote, from where, and what is known of it. */
import type { ConversationDetail } from '@firstword/shared/conversation-records';
import { may } from '@firstword/shared/permissions';
import { costText } from '../figures.ts';
import type { OpenConversation } from '../open-conversation.ts';
import { callTexts } from '../texts/call-texts.ts';
import { conversationTexts, visitorText } from '../texts/conversation-texts.ts';
import { visitorDataTexts } from '../texts/visitor-data-texts.ts';
import type { Workspace } from '../workspace.ts';
import { Ago } from './clock.tsx';
import { Icon } from './icons.tsx';
import { IdentityBadge, ProfileFacts } from './identity.tsx';
import { VisitorFacts } from './visitor-facts.tsx';

export interface ConversationHeadProps {
  readonly workspace: Workspace;
  readonly open: OpenConversation;
  readonly detail: ConversationDetail;
}

export function ConversationHead({ workspace, open, detail }: ConversationHeadProps) {
  const { conversations, router } = workspace;
  const { name, email, verified = false, visitorId, ticketId } = detail.conversation;
  return (
    <header class="head">
      <div class="head__top">
        <button type="button" class="head__back" aria-label={conversationTexts.back} onClick={conversations.leave}>
          <Icon name="back" />
        </button>
        <h1 class="head__title" dir="auto">
          {name ?? email ?? visitorText(visitorId)}
        </h1>
        {(verified || name !== undefined || email !== undefined) && <IdentityBadge verified={verified} />}
        <div class="head__aside">
          {ticketId !== undefined && (
            <a
              class="button button--plain"
              href={router.ticketHref(ticketId)}
              onClick={(event) => {
                if (event.metaKey || event.ctrlKey || event.shiftKey) return;
                event.preventDefault();
                router.go(ticketId);
              }}
            >
              {conversationTexts.openTicket}
            </a>
          )}
          {visitorId !== undefined && may(workspace.session.agent, 'privacy:manage', detail.conversation.siteId) && (
            <button
              type="button"
              class="button button--quiet"
              onClick={() => {
                workspace.visitorRequests.choose({ site: detail.conversation.siteId, visitorId });
                workspace.dialog.value = 'visitor-data';
              }}
            >
              {visitorDataTexts.open}
            </button>
          )}
          <button
            type="button"
            class="icon-button"
            aria-label={conversationTexts.refreshOpen}
            title={conversationTexts.refreshOpen}
            disabled={open.refreshing}
            onClick={() => conversations.reader.refresh()}
          >
            <Icon name="refresh" />
          </button>
        </div>
      </div>
      <Facts {...{ workspace, open, detail }} />
    </header>
  );
}

function Facts({ workspace, open, detail }: ConversationHeadProps) {
  const { conversation, preChat = {}, profile, region, identified } = detail;
  const { siteId, responder, name, email, locale, startedAt, lastSeq, visitorId } = conversation;
  const sites = workspace.conversations.sites.value;
  const cost = open.calls?.conversation;
  const { question, answer } = preChat;
  return (
    <ul class="facts">
      <li>{conversationTexts.answeredBy[responder]}</li>
      {sites.length > 1 && <li>{sites.find(({ id }) => id === siteId)?.name ?? siteId}</li>}
      <li>
        {conversationTexts.started} <Ago at={startedAt} />
      </li>
      <li>{conversationTexts.messages(lastSeq)}</li>
      {name !== undefined && email !== undefined && <li>{email}</li>}
      {identified === true && <li>{conversationTexts.verified}</li>}
      {profile !== undefined && <ProfileFacts profile={profile} />}
      <VisitorFacts workspace={workspace} {...{ id: visitorId, locale, region }} />
      {answer !== undefined && (
        <li class="facts__answer" dir="auto">
          {question} <b>{answer}</b>
        </li>
      )}
      {cost !== undefined && (cost.usd > 0 || cost.callsOfUnknownPrice > 0) && (
        <li class="facts__cost" title={callTexts.conversationCost(costText(cost))}>
          {costText(cost)}
        </li>
      )}
    </ul>
  );
}
