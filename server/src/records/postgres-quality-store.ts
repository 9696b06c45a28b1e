/** Reads the figures of quality from PostgreSQL. */
import type { QualityFigures, QualityFindings, QualityKey } from '@firstword/shared/quality-report';
import { HAND_OFF_REASONS } from '@firstword/shared/ticket';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { checkDays } from '../lib/days.ts';
import type { Database } from './database.ts';
import { NO_FIGURES, type QualityQuestion, type QualityStore } from './quality-store.ts';
import type { Tables } from './tables.ts';

type Db = Kysely<Tables>;

const TOPICS_SHOWN = 20;
const COMMENTS_SHOWN = 20;
/** More tickets would not change the median by much. */
const FIRST_RESPONSES_MAX = 1000;

interface Keys {
  readonly conversation: RawBuilder<string>;
  readonly ticket: RawBuilder<string>;
}

const openedAt = sql<Date>`to_timestamp((t.record->'ticket'->>'openedAt')::float8 / 1000)`;
const dayText = (at: RawBuilder<Date>) => sql<string>`to_char(${at} AT TIME ZONE 'UTC', 'YYYY-MM-DD')`;
/** `de` of `de-AT`. */
const languageText = (locale: RawBuilder<string | null>) =>
  sql<string>`lower(split_part(coalesce(${locale}, ''), '-', 1))`;

const KEYS: Readonly<Record<QualityKey, Keys>> = {
  day: { conversation: dayText(sql`c.started_at`), ticket: dayText(openedAt) },
  site: { conversation: sql`c.site_id`, ticket: sql`t.site_id` },
  language: {
    conversation: languageText(sql`c.locale`),
    ticket: languageText(sql`coalesce(t.record->'ticket'->>'locale', t.record->'ticket'->>'language')`),
  },
};

export function createPostgresQualityStore(database: Database): QualityStore {
  return {
    async read(question) {
      checkDays(question.from, question.to);
      return database.query(async (db) => {
        const [conversations, tickets, reasons, topics, reviews, comments] = [
          await countConversations(db, question),
          await countTickets(db, question),
          await countByPath(db, question, sql`t.record->'ticket'->>'reason'`, HAND_OFF_REASONS.length),
          await countByPath(db, question, sql`t.record->'inner'->'verdict'->>'topic'`, TOPICS_SHOWN),
          await countReviews(db, question),
          await readComments(db, question),
        ];
        const figuresOf = (key: string | null): QualityFigures => ({
          ...NO_FIGURES,
          ...conversations.get(key),
          ...tickets.get(key),
        });
        const keys = [...new Set([...conversations.keys(), ...tickets.keys()])].filter((key) => key !== null);
        return {
          total: figuresOf(null),
          lines: keys.sort().map((key) => ({ key, figures: figuresOf(key) })),
          reasons: reasons.flatMap(({ key, count }) => {
            const reason = HAND_OFF_REASONS.find((known) => known === key);
            return reason === undefined ? [] : [{ key: reason, count }];
          }),
          topics,
          reviews,
          comments,
        };
      });
    },
    firstResponses: (siteId, since) => database.query((db) => readFirstResponses(db, siteId, since)),
  };
}

/** The period as times; its last day is included. */
const isWithin = (at: RawBuilder<Date>, { from, to }: QualityQuestion) =>
  sql<boolean>`${at} >= ${`${from}T00:00:00Z`}::timestamptz AND ${at} < ${`${to}T00:00:00Z`}::timestamptz + interval '1 day'`;
const isOfSites = (column: RawBuilder<string>, { siteIds }: QualityQuestion) =>
  sql<boolean>`${column} = ANY(${[...siteIds]}::text[])`;

/** By key; under null the figures of all together. */
async function countConversations(db: Db, question: QualityQuestion) {
  const { rows } = await sql<{
    key: string | null;
    conversations: number;
    without_agent: number;
    ratings_up: number;
    ratings_down: number;
    answers: number;
    average: number | null;
  }>`
    WITH counted AS (
      SELECT ${KEYS[question.by].conversation} AS key, c.*
      FROM conversations c
      WHERE c.erased_at IS NULL AND c.last_seq > 0
        AND ${isWithin(sql`c.started_at`, question)} AND ${isOfSites(sql`c.site_id`, question)}
    )
    SELECT key, count(*)::int AS conversations,
      (count(*) FILTER (WHERE ticket_id IS NULL))::int AS without_agent,
      sum(ratings_up)::int AS ratings_up,
      sum(ratings_down)::int AS ratings_down,
      count(satisfaction)::int AS answers,
      avg(satisfaction)::float8 AS average
    FROM counted GROUP BY GROUPING SETS ((key), ())`.execute(db);
  return new Map(
    rows
      .filter(({ conversations }) => conversations > 0)
      .map((row): [string | null, Partial<QualityFigures>] => [
        row.key,
        {
          conversations: row.conversations,
          withoutAgent: row.without_agent,
          ratingsUp: row.ratings_up,
          ratingsDown: row.ratings_down,
          ...(row.average === null
            ? {}
            : { satisfaction: { kind: 'measured', answers: row.answers, average: row.average } }),
        },
      ]),
  );
}

/** Milliseconds until an agent first replied. */
const waited = sql<number | null>`(SELECT min((e.event->>'at')::float8) FROM ticket_events e
  WHERE e.ticket_id = t.id AND e.event->>'action' = 'reply') - (t.record->'ticket'->>'openedAt')::float8`;

async function readFirstResponses(db: Db, siteId: string, since: number) {
  const { rows } = await sql<{ opened_at: number; waited: number | null }>`
    SELECT opened_at, waited FROM (
      SELECT (t.record->'ticket'->>'openedAt')::float8 AS opened_at, ${waited} AS waited,
        coalesce(t.record->'ticket'->>'resolution', '') AS resolution
      FROM tickets t
      WHERE t.site_id = ${siteId} AND ${openedAt} >= ${new Date(since)}
        AND t.record->'ticket'->>'state' NOT IN ('spam', 'merged')
    ) counted
    WHERE waited IS NOT NULL OR resolution <> 'withdrawn'
    ORDER BY opened_at DESC LIMIT ${FIRST_RESPONSES_MAX}`.execute(db);
  return rows.map((row) => ({
    openedAt: row.opened_at,
    waitedMs: row.waited === null ? undefined : Math.max(0, row.waited),
  }));
}

/** Of the target for the first reply, in milliseconds since 1970. */
const targetPart = (name: 'at' | 'repliedAt') => sql`(t.record->'ticket'->'target'->>${sql.lit(name)})::float8`;

/** By key; under null the figures of all together. */
async function countTickets(db: Db, question: QualityQuestion) {
  const { rows } = await sql<{
    key: string | null;
    tickets: number;
    reopened: number;
    answered: number;
    p50: number | null;
    p90: number | null;
    with_target: number;
    met: number;
  }>`
    WITH counted AS (
      SELECT ${KEYS[question.by].ticket} AS key,
        (t.record->'ticket'->>'reopened')::int AS reopened, ${waited} AS waited,
        ${targetPart('at')} AS target, ${targetPart('repliedAt')} AS replied, t.work_order IS NOT NULL AS is_work
      FROM tickets t
      WHERE ${isWithin(openedAt, question)} AND ${isOfSites(sql`t.site_id`, question)}
    )
    SELECT key, count(*)::int AS tickets,
      (count(*) FILTER (WHERE replied <= target))::int AS met,
      (count(*) FILTER (WHERE target IS NOT NULL AND (replied IS NOT NULL OR is_work AND target < ${Date.now()})))::int AS with_target,
      (count(*) FILTER (WHERE reopened > 0))::int AS reopened,
      count(waited)::int AS answered,
      percentile_cont(0.5) WITHIN GROUP (ORDER BY waited) AS p50,
      percentile_cont(0.9) WITHIN GROUP (ORDER BY waited) AS p90
    FROM counted GROUP BY GROUPING SETS ((key), ())`.execute(db);
  return new Map(
    rows
      .filter(({ tickets }) => tickets > 0)
      .map(
        ({
          key,
          tickets,
          reopened,
          answered,
          p50,
          p90,
          with_target: withTarget,
          met,
        }): [string | null, Partial<QualityFigures>] => [
          key,
          {
            tickets,
            reopened,
            ...(withTarget === 0 ? {} : { targets: { kind: 'measured', tickets: withTarget, met } }),
            ...(p50 === null || p90 === null
              ? {}
              : {
                  firstResponse: {
                    kind: 'measured',
                    tickets: answered,
                    p50Ms: Math.max(0, p50),
                    p90Ms: Math.max(0, p90),
                  },
                }),
          },
        ],
      ),
  );
}

async function countByPath(db: Db, question: QualityQuestion, path: RawBuilder<string | null>, limit: number) {
  const { rows } = await sql<{ key: string; count: number }>`
    SELECT ${path} AS key, count(*)::int AS count
    FROM tickets t
    WHERE ${isWithin(openedAt, question)} AND ${isOfSites(sql`t.site_id`, question)} AND coalesce(${path}, '') <> ''
    GROUP BY 1 ORDER BY count DESC, key LIMIT ${limit}`.execute(db);
  return rows;
}

async function countReviews(db: Db, question: QualityQuestion): Promise<QualityFindings['reviews']> {
  const { rows } = await sql<{ verdict: string; count: number }>`
    SELECT r.run->'run'->'review'->>'verdict' AS verdict, count(*)::int AS count
    FROM ticket_runs r JOIN tickets t ON t.id = r.ticket_id
    WHERE r.run->'run'->>'state' IN ('completed', 'partial')
      AND ${isWithin(openedAt, question)} AND ${isOfSites(sql`t.site_id`, question)}
    GROUP BY 1`.execute(db);
  const countOf = (verdict: string) => rows.find((row) => row.verdict === verdict)?.count ?? 0;
  return {
    approved: countOf('approved'),
    edited: countOf('edited'),
    rejected: countOf('rejected'),
    pending: countOf('pending'),
  };
}

async function readComments(db: Db, question: QualityQuestion): Promise<QualityFindings['comments']> {
  const { rows } = await sql<{ conversation_id: string; at: Date; reason: string }>`
    SELECT r.conversation_id, r.at, r.reason
    FROM message_ratings r JOIN conversations c ON c.id = r.conversation_id
    WHERE r.value = 'down' AND coalesce(r.reason, '') <> '' AND c.erased_at IS NULL
      AND ${isWithin(sql`r.at`, question)} AND ${isOfSites(sql`c.site_id`, question)}
    ORDER BY r.at DESC LIMIT ${COMMENTS_SHOWN}`.execute(db);
  return rows.map(({ conversation_id: conversationId, at, reason: text }) => ({
    conversationId,
    at: at.getTime(),
    text,
  }));
}
