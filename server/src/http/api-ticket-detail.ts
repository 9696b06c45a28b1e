/** Everything that an agent sees of one ticket, in one response. */
import type { TicketDetail } from '@firstword/shared/console-wire';
import type { ConversationDetail } from '@firstword/shared/conversation-records';
import type { Ticket } from '@firstword/shared/ticket';
import type { Attachments } from '../conversation/attachments.ts';
import type { ReplyAddress } from '../conversation/reply-address.ts';
import type { ConversationArchive } from '../records/conversation-archive.ts';
import type { ConversationStore } from '../store/conversation-store.ts';
import type { PreChatStore } from '../store/pre-chat-store.ts';
import type { ReadMarks } from '../store/read-marks.ts';
import type { VisitorProfiles } from '../store/visitor-profiles.ts';
import type { Tickets } from '../tickets/ticket-types.ts';
import { ratingsView } from './api-ratings.ts';
import { type CallReports, costView } from './api-ticket-calls.ts';

export type ReadDetail = (ticket: Ticket) => Promise<TicketDetail>;

export interface DetailParts {
  readonly tickets: Pick<Tickets, 'runs' | 'verdict' | 'events' | 'notes'>;
  readonly store: Pick<ConversationStore, 'snapshot' | 'ratings'>;
  readonly reports: Pick<CallReports, 'conversationCost'>;
  readonly preChat: Pick<PreChatStore, 'of'>;
  readonly profiles: Pick<VisitorProfiles, 'of'>;
  readonly replyAddressOf: ReplyAddress['of'];
  readonly readMarks: Pick<ReadMarks, 'all'>;
  readonly archive: Pick<ConversationArchive, 'find'>;
  readonly attachments: Pick<Attachments, 'accepted'>;
}

/** An analysis may quote any message, so the page gets all of them, up to a limit. */
const MESSAGES_MAX = 500;

export function createDetailReader({
  tickets,
  store,
  reports,
  preChat,
  profiles,
  replyAddressOf,
  readMarks,
  archive,
  attachments,
}: DetailParts): ReadDetail {
  return async (ticket) => {
    const { id, conversationId, siteId } = ticket;
    const [
      { responder, messages },
      runs,
      verdict,
      events,
      notes,
      spent,
      rated,
      marks,
      answered,
      profile,
      repliesTo,
      found,
    ] = await Promise.all([
      store.snapshot(conversationId, MESSAGES_MAX),
      tickets.runs(id),
      tickets.verdict(id),
      tickets.events(id),
      tickets.notes(id),
      reports.conversationCost(conversationId),
      store.ratings(conversationId),
      readMarks.all(conversationId),
      preChat.of(conversationId),
      profiles.of(conversationId),
      replyAddressOf(ticket),
      archive.find(conversationId, [siteId], { limit: 1 }),
    ]);
    const uploads = attachments.accepted(siteId);
    return {
      ticket,
      responder,
      messages,
      readSeq: marks.readSeq,
      ...(marks.seenAt === undefined ? {} : { seenAt: marks.seenAt }),
      runs: runs.toSorted((one, other) => other.number - one.number),
      ...(verdict === undefined ? {} : { verdict }),
      events,
      notes,
      cost: costView(spent),
      ...ratingsView(rated),
      ...(answered === undefined ? {} : { preChat: answered }),
      ...(found === undefined ? {} : { visitor: visitorOf(found) }),
      ...(profile === undefined ? {} : { profile }),
      ...(uploads === undefined ? {} : { uploads }),
      ...(repliesTo === undefined ? {} : { repliesTo }),
    };
  };
}

function visitorOf({
  conversation: { visitorId, locale },
  region,
}: ConversationDetail): NonNullable<TicketDetail['visitor']> {
  return {
    ...(visitorId === undefined ? {} : { id: visitorId }),
    ...(locale === undefined ? {} : { locale }),
    ...(region === undefined ? {} : { region }),
  };
}
