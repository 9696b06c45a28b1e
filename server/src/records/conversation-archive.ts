/** The archive of conversations: written from the feed, read by agents and reports. */
import type { PreChatAnswers } from '@firstword/shared/console-wire';
import type {
  ConversationDetail,
  ConversationTail,
  FoundMessage,
  ListedConversation,
} from '@firstword/shared/conversation-records';
import type { TraitFilter } from '@firstword/shared/list-filter';
import type { VisitorProfile } from '@firstword/shared/visitor-profile';
import type { Message, Responder } from '@firstword/shared/wire';

/** What every change is about. */
export interface ChangeOrigin {
  readonly conversationId: string;
  readonly siteId: string;
  /** In milliseconds since 1970. */
  readonly at: number;
  readonly visitorId?: string | undefined;
  /** The language of the visitor's page. */
  readonly locale?: string | undefined;
  readonly ticketId?: string | undefined;
}

/** Repeating a change has no effect; the changes of one conversation come in the order in which they happened. */
export type ArchiveChange = ChangeOrigin &
  (
    | {
        readonly type: 'message';
        readonly message: Message;
        readonly region?: string | undefined;
        readonly identified?: boolean | undefined;
      }
    /** Answers to the pre-chat form. */
    | { readonly type: 'visitor'; readonly preChat: PreChatAnswers }
    /** The site has identified the visitor. */
    | { readonly type: 'identified'; readonly profile: VisitorProfile }
    | { readonly type: 'responder'; readonly responder: Responder }
    | {
        readonly type: 'message-rated';
        readonly messageId: string;
        readonly value: 'up' | 'down';
        readonly reason?: string | undefined;
      }
    | { readonly type: 'conversation-rated'; readonly score: number; readonly comment?: string | undefined }
    | { readonly type: 'closed'; readonly resolution?: string | undefined }
    /** Everything of the conversation is deleted, and later changes of it are ignored. */
    | { readonly type: 'erased' }
  );

/** The sites whose records the caller may read. Nothing of another site is ever returned. */
export type SiteIds = readonly string[];

export interface Page {
  readonly limit: number;
  /** `next` of the page before. */
  readonly cursor?: string | undefined;
}

export interface ConversationFilter extends Page, TraitFilter {
  readonly siteIds: SiteIds;
  /** Words of messages, or a part of a name, an e-mail address or an id. */
  readonly q?: string | undefined;
  readonly responder?: Responder | undefined;
  readonly ticket?: 'with' | 'without' | undefined;
  readonly visitorId?: string | undefined;
  /** Of the last message, in milliseconds since 1970: `from` is included, `to` is not. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** Only those that are not closed and have a message since then. */
  readonly liveSince?: number | undefined;
}

export type ConversationCountFilter = Omit<ConversationFilter, keyof Page>;

export interface MessageQuery extends Page {
  readonly siteIds: SiteIds;
  readonly q: string;
}

export interface ConversationExport {
  readonly detail: Omit<ConversationDetail, 'messages' | 'earlier'>;
  readonly messages: readonly Message[];
}

/** Every method but `exportVisitor` @throws RecordsError when the database does not answer. */
export interface ConversationArchive {
  write(changes: readonly ArchiveChange[]): Promise<void>;

  /** The newest message first; without those that have no message yet. @throws CursorError */
  list(filter: ConversationFilter): Promise<{ conversations: ListedConversation[]; next?: string }>;
  /** Those of a list, up to `max` of them. @throws RecordsError also when it takes longer than a second */
  count(filter: ConversationCountFilter, max: number): Promise<number>;
  /** The newest first. @throws CursorError */
  searchMessages(query: MessageQuery): Promise<{ messages: FoundMessage[]; next?: string }>;
  /** With the last `limit` messages whose `seq` is below `before`. Undefined if no site of `siteIds` has it. */
  find(
    conversationId: string,
    siteIds: SiteIds,
    page: { readonly before?: number | undefined; readonly limit: number },
  ): Promise<ConversationDetail | undefined>;
  /** Messages with `afterSeq < seq`, in order: history for a conversation that is no longer hot. */
  readAfter(conversationId: string, afterSeq: number, limit: number): Promise<Message[]>;
  /** The last `limit` messages with `seq < beforeSeq`, in order. */
  readBefore(conversationId: string, beforeSeq: number, limit: number): Promise<Message[]>;

  /** Ids of all messages, at `seq - 1`, of each of these conversations whose messages are complete from 1 on. */
  completeIds(conversationIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>;
  /** With the last `limit` messages. */
  readTail(conversationId: string, limit: number): Promise<ConversationTail>;

  /** Conversations of a visitor, or with this address in their pre-chat form, without regard to case. */
  conversationsOf(visitor: {
    readonly siteIds: SiteIds;
    readonly visitorId?: string | undefined;
    readonly email?: string | undefined;
  }): Promise<{ conversationId: string; siteId: string; visitorId: string | undefined }[]>;
  /** Everything that is stored of a visitor, one conversation at a time, oldest first. */
  exportVisitor(siteId: string, visitorId: string): AsyncIterable<ConversationExport>;
  /** Deletes them for good. Later changes of them are ignored. Returns the ids of the conversations. */
  eraseVisitor(siteId: string, visitorId: string, at: number): Promise<string[]>;
  /** Ids of conversations whose last message is older, the oldest first. @throws CursorError */
  listInactive(siteId: string, before: number, page: Page): Promise<{ ids: string[]; next?: string }>;
  /** Deletes what is left of conversations that were erased before this time. A later change would create them again. */
  forgetErased(before: number): Promise<void>;
}

/** Length of the first line in lists, in UTF-16 code units. */
export const FIRST_LINE_MAX = 300;
