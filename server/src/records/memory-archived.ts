/** A conversation of the archive in memory, and how each change of the feed alters it. */
import type { PreChatAnswers } from '@firstword/shared/console-wire';
import type { ConversationDetail, ConversationSummary } from '@firstword/shared/conversation-records';
import { cutText } from '@firstword/shared/cut-text';
import type { VisitorProfile } from '@firstword/shared/visitor-profile';
import type { Message } from '@firstword/shared/wire';
import { type ArchiveChange, FIRST_LINE_MAX } from './conversation-archive.ts';
import { storedText } from './stored-text.ts';

export interface Archived {
  summary: ConversationSummary;
  preChat: PreChatAnswers | undefined;
  profile: VisitorProfile | undefined;
  region: string | undefined;
  identified: boolean | undefined;
  readonly messages: Map<number, Message>;
  readonly ratings: Map<string, ConversationDetail['ratings'][number]>;
}

export const inOrder = (conversation: Archived | undefined) =>
  [...(conversation?.messages.values() ?? [])].sort((one, other) => one.seq - other.seq);

export function emptyOf({ conversationId: id, siteId, at }: ArchiveChange): Archived {
  const counts = { lastSeq: 0, ratings: { up: 0, down: 0 } };
  const summary = { id, siteId, startedAt: at, lastAt: at, firstLine: '', responder: 'assistant' as const, ...counts };
  return {
    summary,
    preChat: undefined,
    profile: undefined,
    region: undefined,
    identified: undefined,
    messages: new Map(),
    ratings: new Map(),
  };
}

export function applyChange(kept: Archived, change: ArchiveChange): Archived {
  const { visitorId, locale, ticketId } = change;
  const known = {
    ...(visitorId === undefined ? {} : { visitorId }),
    ...(locale === undefined ? {} : { locale: storedText(locale) }),
    ...(ticketId === undefined ? {} : { ticketId }),
  };
  const withSummary = (more: Partial<ConversationSummary>): Archived => ({
    ...kept,
    summary: { ...kept.summary, ...known, ...more },
  });
  switch (change.type) {
    case 'message': {
      const { region = kept.region, identified = kept.identified } = change;
      const message = { ...change.message, text: storedText(change.message.text) };
      if (!kept.messages.has(message.seq)) kept.messages.set(message.seq, message);
      const { firstLine, lastSeq, lastAt } = kept.summary;
      const withMessage = withSummary({
        ...(message.seq > lastSeq ? { lastSeq: message.seq, lastAt: message.at } : { lastSeq, lastAt }),
        firstLine: firstLine === '' && message.from === 'visitor' ? cutText(message.text, FIRST_LINE_MAX) : firstLine,
      });
      return { ...withMessage, region, identified };
    }
    case 'visitor': {
      const preChat = { ...kept.preChat, ...change.preChat };
      return { ...withSummary(kept.profile === undefined ? namesOf(preChat) : {}), preChat };
    }
    case 'identified': {
      const { profile } = change;
      const { name: _, email: __, ...summary } = { ...kept.summary, ...known };
      return { ...kept, summary: { ...summary, ...namesOf(profile), verified: true }, profile };
    }
    case 'responder':
      return withSummary({ responder: change.responder });
    case 'message-rated': {
      const { messageId, value, reason } = change;
      kept.ratings.set(messageId, { messageId, value, ...(reason ? { reason } : {}) });
      const count = (rated: string) => [...kept.ratings.values()].filter((rating) => rating.value === rated).length;
      return withSummary({ ratings: { up: count('up'), down: count('down') } });
    }
    case 'conversation-rated': {
      const { score, comment } = change;
      return withSummary({ satisfaction: { score, ...(comment ? { comment: storedText(comment) } : {}) } });
    }
    default:
      return withSummary({});
  }
}

function namesOf({ name, email }: { name?: string; email?: string }) {
  return {
    ...(name === undefined ? {} : { name: storedText(name) }),
    ...(email === undefined ? {} : { email: storedText(email) }),
  };
}
