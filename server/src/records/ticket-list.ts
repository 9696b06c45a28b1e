/** Reads the views of tickets: filtered, searched, counted, and a page at a time. */

import type { Ticket } from '@firstword/shared/ticket';
import { REVIEW_STATES } from '@firstword/shared/ticket-transitions';
import { COUNTED_VIEWS, isNewestFirst } from '@firstword/shared/ticket-views';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { SiteIds } from './conversation-archive.ts';
import { countOf } from './count-rows.ts';
import { readCursor, toPage } from './page-cursor.ts';
import { FIRST_TICKETS, HITS_MAX, likePattern, textConditions } from './search-conditions.ts';
import type { Tables } from './tables.ts';
import { ticketRecordSchema } from './ticket-record.ts';
import { workOrder } from './ticket-rows.ts';
import type { TicketCountFilter, TicketFilter, TicketListView } from './ticket-store.ts';
import { conversationTraits, ofTicketsConversation, ticketTraits, turnTraits } from './trait-conditions.ts';

type Db = Kysely<Tables>;

/** Literals, because the predicates of partial indexes are. */
const inReview = sql<boolean>`state IN (${sql.join(REVIEW_STATES.map((state) => sql.lit(state)))})`;
const isWork = sql<boolean>`work_order IS NOT NULL`;
const isAway = sql<boolean>`work_order IS NULL`;

const tagsOf = sql`record #> '{ticket,tags}'`;

function viewCondition(view: TicketListView, agentId: string): RawBuilder<boolean> | undefined {
  switch (view) {
    case 'review':
      return inReview;
    case 'open':
      return isWork;
    case 'mine':
      return sql<boolean>`${isWork} AND assignee_id = ${agentId}`;
    case 'unassigned':
      return sql<boolean>`${isWork} AND assignee_id IS NULL`;
    case 'waiting':
      return sql<boolean>`${isWork} AND state = 'waiting-visitor'`;
    case 'snoozed':
      return sql<boolean>`state = 'snoozed'`;
    case 'resolved':
      return sql<boolean>`${isAway} AND state IN ('resolved', 'closed')`;
    case 'done':
      return isAway;
    case 'all':
      return undefined;
  }
}

/** Those that have all of the filter, but its text. */
function filteredTickets(db: Db, filter: TicketCountFilter) {
  const { view, agentId, siteIds, state, urgency, assigneeId, tag } = filter;
  let rows = db.selectFrom('tickets');
  const condition = viewCondition(view, agentId);
  if (condition !== undefined) rows = rows.where(condition);
  if (siteIds !== undefined) rows = rows.where('site_id', 'in', siteIds);
  if (state !== undefined) rows = rows.where('state', '=', state);
  if (urgency !== undefined) rows = rows.where('urgency', '=', urgency);
  if (assigneeId !== undefined) rows = rows.where('assignee_id', '=', assigneeId);
  const { rated, verified } = filter;
  const traits = [
    ...ticketTraits(filter),
    ...turnTraits(filter, 'tickets.conversation_id'),
    ...ofTicketsConversation(conversationTraits({ rated, verified })),
  ];
  for (const trait of traits) rows = rows.where(trait);
  if (tag !== undefined) rows = rows.where(sql<boolean>`${tagsOf} @> ${JSON.stringify([tag])}::jsonb`);
  return rows;
}

const conditionsOf = (db: Db, text: string, { siteIds }: TicketCountFilter, configurations: readonly string[]) =>
  textConditions(db, text, { siteIds, configurations, hitsMax: HITS_MAX }, 'tickets');
const hasText = (text: string, condition: RawBuilder<boolean>) =>
  sql<boolean>`(names LIKE ${likePattern(text)} OR ${condition})`;

/** @param configurations text search configurations of the sites in question */
export async function listTickets(db: Db, filter: TicketFilter, configurations: readonly string[]) {
  const { view, siteIds, limit, cursor, q } = filter;
  if (siteIds?.length === 0) return { tickets: [] };
  const newestFirst = isNewestFirst(view);
  let rows = filteredTickets(db, filter)
    .select('record')
    .orderBy(newestFirst ? 'changed_at' : 'work_order', newestFirst ? 'desc' : 'asc')
    .orderBy('id', newestFirst ? 'desc' : 'asc')
    .limit(limit + 1);
  if (cursor !== undefined) {
    const [at, id] = readCursor(cursor);
    rows = rows.where(
      newestFirst
        ? sql<boolean>`(changed_at, id) < (${new Date(at)}, ${id})`
        : sql<boolean>`(work_order, id) > (${at}::bigint, ${id})`,
    );
  }
  const search = async (text: string) => {
    const { few, each, all } = await conditionsOf(db, text, filter, configurations);
    const has = (condition: RawBuilder<boolean>) => hasText(text, condition);
    const searched = rows.select(['id', 'names', 'conversation_id', 'changed_at', 'work_order']);
    const first = few
      ? []
      : await db
          .selectFrom(searched.limit(FIRST_TICKETS).as('tickets'))
          .select('record')
          .where(has(each))
          .orderBy(newestFirst ? 'changed_at' : 'work_order', newestFirst ? 'desc' : 'asc')
          .orderBy('id', newestFirst ? 'desc' : 'asc')
          .limit(limit + 1)
          .execute();
    return first.length > limit ? first : rows.where(has(await all())).execute();
  };
  const records = q === undefined ? await rows.execute() : await search(q);
  const found = records.map(({ record }) => ticketRecordSchema.parse(record).ticket);
  const { page, ...next } = toPage(found, limit, (ticket: Ticket) => [
    newestFirst ? ticket.changedAt : (workOrder(ticket) ?? 0),
    ticket.id,
    0,
  ]);
  return { tickets: page, ...next };
}

/** Those of a list, up to `max` of them. */
export async function countListedTickets(
  db: Db,
  filter: TicketCountFilter,
  max: number,
  configurations: readonly string[],
): Promise<number> {
  const { q, siteIds } = filter;
  if (siteIds?.length === 0) return 0;
  let rows = filteredTickets(db, filter).select('id').limit(max);
  if (q !== undefined) rows = rows.where(hasText(q, await (await conditionsOf(db, q, filter, configurations)).all()));
  return countOf(db, rows.as('counted'));
}

/** Tickets whose tags are suggested: enough to know those in use, and read in a few milliseconds. */
const TAGGED_TICKETS = 2000;
const SUGGESTED_TAGS = 200;

export async function listTags(db: Db, siteIds: SiteIds): Promise<string[]> {
  const { rows } = await sql<{ tag: string }>`
    SELECT tag FROM (
      SELECT ${tagsOf} AS tags FROM tickets
      WHERE ${tagsOf} IS NOT NULL AND site_id = ANY(${siteIds}::text[])
      ORDER BY changed_at DESC LIMIT ${TAGGED_TICKETS}
    ) AS tagged, jsonb_array_elements_text(tags) AS tag
    GROUP BY tag ORDER BY count(*) DESC, tag LIMIT ${SUGGESTED_TAGS}`.execute(db);
  return rows.map(({ tag }) => tag);
}

const countsRow = z.record(z.enum(COUNTED_VIEWS), z.number());

export async function countTickets(db: Db, agentId: string, siteIds: SiteIds | undefined) {
  const ofSites = siteIds === undefined ? sql`true` : sql`site_id = ANY(${siteIds}::text[])`;
  const count = (view: TicketListView) =>
    sql`(SELECT count(*)::int FROM tickets WHERE ${ofSites} AND ${viewCondition(view, agentId)})`;
  const columns = COUNTED_VIEWS.map((view) => sql`${count(view)} AS ${sql.ref(view)}`);
  const { rows } = await sql`SELECT ${sql.join(columns)}`.execute(db);
  return countsRow.parse(rows[0]);
}
