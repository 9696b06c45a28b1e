/** Reads conversations and messages from the archive's tables. */
import { preChatAnswersSchema } from '@firstword/shared/console-wire';
import type {
  ConversationDetail,
  ConversationSummary,
  ListedConversation,
} from '@firstword/shared/conversation-records';
import { visitorProfileSchema } from '@firstword/shared/visitor-profile';
import { type Message, messageSchema, responderSchema } from '@firstword/shared/wire';
import { type Kysely, type Selectable, sql } from 'kysely';
import { z } from 'zod';
import type { ConversationCountFilter, ConversationFilter, Page } from './conversation-archive.ts';
import { countOf } from './count-rows.ts';
import { readCursor, toPage } from './page-cursor.ts';
import { FIRST_CONVERSATIONS, textConditions } from './search-conditions.ts';
import { findMatches } from './search-matches.ts';
import type { ConversationsTable, MessageRatingsTable, MessagesTable, Tables } from './tables.ts';
import { conversationTraits, ofConversationsTicket, ticketTraits, turnTraits } from './trait-conditions.ts';

type Db = Kysely<Tables>;

/** Those that have all of the filter, but its text. */
function filteredConversations(db: Db, filter: ConversationCountFilter) {
  const { siteIds, responder, ticket, visitorId, from, to, liveSince } = filter;
  let rows = db
    .selectFrom('conversations')
    .where('erased_at', 'is', null)
    .where('last_seq', '>', 0)
    .where('site_id', 'in', siteIds);
  if (responder !== undefined) rows = rows.where(sql`coalesce(responder, 'assistant')`, '=', responder);
  if (ticket !== undefined) rows = rows.where('ticket_id', ticket === 'with' ? 'is not' : 'is', null);
  if (visitorId !== undefined) rows = rows.where('visitor_id', '=', visitorId);
  if (from !== undefined) rows = rows.where('last_at', '>=', new Date(from));
  if (to !== undefined) rows = rows.where('last_at', '<', new Date(to));
  if (liveSince !== undefined)
    rows = rows
      .where('last_at', '>=', new Date(liveSince))
      .where(sql`coalesce(responder, 'assistant')`, '<>', 'closed');
  const { reason, topic } = filter;
  const traits = [
    ...conversationTraits(filter),
    ...turnTraits(filter, 'conversations.id'),
    ...ofConversationsTicket(ticketTraits({ reason, topic })),
  ];
  for (const trait of traits) rows = rows.where(trait);
  return rows;
}

/** Those of a list, up to `max` of them. */
export async function countConversations(
  db: Db,
  filter: ConversationCountFilter,
  max: number,
  configurationOf: (siteId: string) => string,
  hitsMax: number,
): Promise<number> {
  const { siteIds, q } = filter;
  if (siteIds.length === 0) return 0;
  let rows = filteredConversations(db, filter).select('id').limit(max);
  if (q !== undefined) {
    const text = { siteIds, configurations: siteIds.map(configurationOf), hitsMax };
    rows = rows.where(await (await textConditions(db, q, text)).all());
  }
  return countOf(db, rows.as('counted'));
}

/** @param configurationOf the text search configuration of a site */
export async function listConversations(
  db: Db,
  filter: ConversationFilter,
  configurationOf: (siteId: string) => string,
  hitsMax: number,
): Promise<{ conversations: ListedConversation[]; next?: string }> {
  const { siteIds, limit, cursor, q } = filter;
  if (siteIds.length === 0) return { conversations: [] };
  let rows = filteredConversations(db, filter)
    .selectAll()
    .orderBy('last_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1);
  if (cursor !== undefined) {
    const [at, id] = readCursor(cursor);
    rows = rows.where(sql<boolean>`(last_at, id) < (${new Date(at)}, ${id})`);
  }
  if (q === undefined) return pageOf(await rows.execute(), limit);
  const text = { siteIds, configurations: siteIds.map(configurationOf), hitsMax };
  const { few, each, all } = await textConditions(db, q, text);
  const newest = few
    ? []
    : await db
        .selectFrom(rows.limit(FIRST_CONVERSATIONS).as('conversations'))
        .selectAll()
        .where(each)
        .orderBy('last_at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit + 1)
        .execute();
  const found = newest.length > limit ? newest : await rows.where(await all()).execute();
  const { conversations: page, ...next } = pageOf(found, limit);
  const matches = await findMatches(db, q, page, configurationOf);
  return {
    conversations: page.map((conversation) => {
      const match = matches.get(conversation.id);
      return match === undefined ? conversation : { ...conversation, match };
    }),
    ...next,
  };
}

function pageOf(rows: readonly Selectable<ConversationsTable>[], limit: number) {
  const { page, ...next } = toPage(rows.map(toSummary), limit, ({ lastAt, id }) => [lastAt, id, 0]);
  return { conversations: page, ...next };
}

export async function listInactive(db: Db, siteId: string, before: number, { limit, cursor }: Page) {
  let rows = db
    .selectFrom('conversations')
    .select(['id', 'last_at'])
    .where('erased_at', 'is', null)
    .where('site_id', '=', siteId)
    .where('last_at', '<', new Date(before))
    .orderBy('last_at')
    .orderBy('id')
    .limit(limit + 1);
  if (cursor !== undefined) {
    const [at, id] = readCursor(cursor);
    rows = rows.where(sql<boolean>`(last_at, id) > (${new Date(at)}, ${id})`);
  }
  const { page, ...next } = toPage(await rows.execute(), limit, ({ last_at, id }) => [last_at.getTime(), id, 0]);
  return { ids: page.map(({ id }) => id), ...next };
}

export async function findConversation(db: Db, id: string, siteIds: readonly string[]) {
  if (siteIds.length === 0) return undefined;
  return db
    .selectFrom('conversations')
    .selectAll()
    .where('id', '=', id)
    .where('erased_at', 'is', null)
    .where('site_id', 'in', siteIds)
    .executeTakeFirst();
}

export async function readDetail(
  db: Db,
  row: Selectable<ConversationsTable>,
): Promise<Omit<ConversationDetail, 'messages' | 'earlier'>> {
  const ratings = await db
    .selectFrom('message_ratings')
    .selectAll()
    .where('conversation_id', '=', row.id)
    .orderBy('at')
    .execute();
  return {
    conversation: toSummary(row),
    ratings: ratings.map(toRating),
    ...(row.profile === null ? {} : { profile: visitorProfileSchema.parse(row.profile) }),
    ...(row.pre_chat === null ? {} : { preChat: preChatAnswersSchema.parse(row.pre_chat) }),
    ...(row.region === null ? {} : { region: row.region }),
    ...(row.identified === null ? {} : { identified: row.identified }),
  };
}

/** Messages of a conversation; a limit of `undefined` reads all. */
export async function readMessages(
  db: Db,
  conversationId: string,
  range: { readonly after?: number; readonly before?: number | undefined; readonly limit?: number },
): Promise<Message[]> {
  const { after, before, limit } = range;
  let rows = db.selectFrom('messages').select(['seq', 'body']).where('conversation_id', '=', conversationId);
  if (after !== undefined) rows = rows.where('seq', '>', after);
  if (before !== undefined) rows = rows.where('seq', '<', before);
  if (limit !== undefined) rows = rows.limit(limit);
  if (after !== undefined || limit === undefined) return (await rows.orderBy('seq').execute()).map(toMessage);
  return (await rows.orderBy('seq', 'desc').execute()).map(toMessage).reverse();
}

const storedMessage = messageSchema.omit({ seq: true });

export function toMessage({ seq, body }: Pick<Selectable<MessagesTable>, 'seq' | 'body'>): Message {
  return { ...storedMessage.parse(body), seq };
}

const ratingValue = z.enum(['up', 'down']);

function toRating({
  message_id,
  value,
  reason,
}: Selectable<MessageRatingsTable>): ConversationDetail['ratings'][number] {
  return { messageId: message_id, value: ratingValue.parse(value), ...(reason === null ? {} : { reason }) };
}

function toSummary(row: Selectable<ConversationsTable>): ConversationSummary {
  const { satisfaction: score, satisfaction_comment: comment } = row;
  return {
    id: row.id,
    siteId: row.site_id,
    ...(row.visitor_id === null ? {} : { visitorId: row.visitor_id }),
    ...(row.visitor_name === null ? {} : { name: row.visitor_name }),
    ...(row.visitor_email === null ? {} : { email: row.visitor_email }),
    ...(row.profile === null ? {} : { verified: true as const }),
    ...(row.locale === null ? {} : { locale: row.locale }),
    startedAt: row.started_at.getTime(),
    lastAt: row.last_at.getTime(),
    lastSeq: row.last_seq,
    firstLine: row.first_line ?? '',
    responder: responderSchema.parse(row.responder ?? 'assistant'),
    ...(row.ticket_id === null ? {} : { ticketId: row.ticket_id }),
    ratings: { up: row.ratings_up, down: row.ratings_down },
    ...(score === null ? {} : { satisfaction: { score, ...(comment ? { comment } : {}) } }),
  };
}
