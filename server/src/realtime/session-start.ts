/** Builds a client's first event: its session, the latest messages and the running turn. */
import { siteView } from '@firstword/shared/site';
import type { ResponderChange, SessionStart } from '@firstword/shared/wire';
import type { ArticleReading } from '../conversation/article-reading.ts';
import { responderLabel } from '../conversation/conversation-texts.ts';
import type { Conversations } from '../conversation/conversations.ts';
import type { OwnConversations } from '../conversation/own-conversations.ts';
import { hasAnswered, hasConsent } from '../conversation/pre-chat.ts';
import type { ReplyAddress } from '../conversation/reply-address.ts';
import type { ReplyTimes } from '../conversation/reply-times.ts';
import type { PreChatStore } from '../store/pre-chat-store.ts';
import type { ReadMarks } from '../store/read-marks.ts';
import type { Visitor } from './admit-visitor.ts';

export interface SessionStartParts {
  readonly conversations: Pick<Conversations, 'snapshot' | 'liveTurn'>;
  readonly readMarks: Pick<ReadMarks, 'all'>;
  readonly preChat: Pick<PreChatStore, 'of'>;
  /** The agent who has taken over. */
  readonly agentOf: (conversationId: string) => Promise<Pick<ResponderChange, 'agent'>>;
  readonly replyAddress: Pick<ReplyAddress, 'ofConversation'>;
  /** The visitor's conversations besides this one. */
  readonly ownConversations: Pick<OwnConversations, 'others'>;
  readonly articles: Pick<ArticleReading, 'has'>;
  readonly replyTimes: ReplyTimes;
  readonly mode: () => SessionStart['mode'];
  /** Whether a mail server is configured. */
  readonly mail: boolean;
}

/** Calls `emit` in the same tick in which it reads the running turn, so that no delta is lost in between. */
export async function startSession(
  { session, token, site, region, handshake }: Visitor,
  {
    conversations,
    readMarks,
    preChat,
    agentOf,
    replyAddress,
    ownConversations,
    articles,
    replyTimes,
    mode,
    mail,
  }: SessionStartParts,
  emit: (start: SessionStart, others: readonly string[]) => void,
): Promise<SessionStart> {
  const { conversationId } = session;
  const [{ lastSeq, messages, responder, ticketId, turn }, marks, answers, email, others] = await Promise.all([
    conversations.snapshot(conversationId),
    readMarks.all(conversationId),
    (site.preChat ?? site.consent) && preChat.of(conversationId),
    mail ? replyAddress.ofConversation(conversationId) : undefined,
    ownConversations.others(session, conversationId),
  ]);
  const agent = responder === 'agent' ? await agentOf(conversationId) : {};
  const running = conversations.liveTurn(conversationId) ?? turn;
  const { preChat: form, ...settings } = siteView(site, mail, handshake.locale);
  const replyMinutes = replyTimes.of(site);
  const view = {
    ...settings,
    ...(replyMinutes !== undefined && { replyMinutes }),
    ...(site.articles && articles.has(site.id) && { articles: true as const }),
  };
  const asked = {
    ...(!hasAnswered(answers) && form),
    ...(!hasConsent(site, answers) && { consent: site.consent }),
  };
  const start: SessionStart = {
    session: token,
    conversationId,
    lastSeq,
    readSeq: marks.readSeq,
    ...(responder === 'agent' && { seenSeq: marks.agentReadSeq }),
    messages,
    responder: {
      responder,
      label: responderLabel(handshake.locale ?? site.locale, responder),
      ...(ticketId === undefined ? {} : { ticketId }),
      ...agent,
    },
    site: Object.keys(asked).length === 0 ? view : { ...view, preChat: asked },
    mode: mode(),
    region,
    now: Date.now(),
    ...(email === undefined ? {} : { contact: { email, confirmed: true } }),
    ...(others.ids.length === 0 ? {} : { others: { unread: [...others.unread] } }),
    ...(running === undefined ? {} : { turn: running }),
  };
  emit(start, others.ids);
  return start;
}
