/** Writes a batch of changes to the archive's tables. Each statement may be repeated. */
import { cutText } from '@firstword/shared/cut-text';
import { type Insertable, type Kysely, sql } from 'kysely';
import { type ArchiveChange, FIRST_LINE_MAX } from './conversation-archive.ts';
import { characterPairs, PLAIN_CONFIGURATION } from './search-text.ts';
import { storedJson, storedText } from './stored-text.ts';
import type { ConversationsTable, Tables } from './tables.ts';

type Db = Kysely<Tables>;
type ChangeOf<Type extends ArchiveChange['type']> = Extract<ArchiveChange, { type: Type }>;
type ConversationRow = Omit<Insertable<ConversationsTable>, 'names' | 'erased_at' | 'ratings_up' | 'ratings_down'>;

/**
 * Writes everything but erasures.
 * @param configurationOf the text search configuration of a site
 */
export async function writeChanges(
  db: Db,
  changes: readonly ArchiveChange[],
  configurationOf: (siteId: string) => string,
): Promise<void> {
  const erased = new Set(changes.filter(ofType('erased')).map(({ conversationId }) => conversationId));
  const kept = await writeConversations(
    db,
    foldRows(changes.filter(({ conversationId }) => !erased.has(conversationId))),
  );
  const ofKept = changes.filter(({ conversationId }) => kept.has(conversationId));
  await writeMessages(db, ofKept.filter(ofType('message')), configurationOf);
  await writeRatings(db, ofKept.filter(ofType('message-rated')));
}

/** The erasures among some changes, in a transaction of their own: every transaction locks rows in the order of their ids. */
export async function eraseConversations(db: Db, changes: readonly ArchiveChange[]): Promise<void> {
  const erasures = new Map(changes.filter(ofType('erased')).map((change) => [change.conversationId, change]));
  for (const [id, { siteId, at }] of [...erasures].sort(([one], [other]) => (one < other ? -1 : 1)))
    await eraseConversation(db, id, siteId, at);
}

/** Empties a conversation's row and deletes what belongs to it. The row stays, so that a late change finds it erased. */
export async function eraseConversation(db: Db, id: string, siteId: string, at: number): Promise<void> {
  const when = new Date(at);
  await sql`
    INSERT INTO conversations (id, site_id, started_at, last_at, last_seq, erased_at)
    VALUES (${id}, ${siteId}, ${when}, ${when}, 0, ${when})
    ON CONFLICT (id) DO UPDATE SET
      visitor_id = NULL, locale = NULL, region = NULL, identified = NULL, visitor_name = NULL, visitor_email = NULL,
      pre_chat = NULL, profile = NULL, first_line = NULL, responder = NULL, ticket_id = NULL, resolution = NULL, satisfaction = NULL,
      satisfaction_comment = NULL, ratings_up = 0, ratings_down = 0,
      erased_at = coalesce(conversations.erased_at, excluded.erased_at)`.execute(db);
  await db.deleteFrom('messages').where('conversation_id', '=', id).execute();
  await db.deleteFrom('message_ratings').where('conversation_id', '=', id).execute();
  await db.deleteFrom('ledger_rows').where('conversation_id', '=', id).execute();
  await db.updateTable('visits').set({ visitor_id: null }).where('conversation_id', '=', id).execute();
}

const ofType =
  <Type extends ArchiveChange['type']>(type: Type) =>
  (change: ArchiveChange): change is ChangeOf<Type> =>
    change.type === type;

/** One row for each conversation, with what its changes say; null where they say nothing. In the order in which rows are locked. */
function foldRows(changes: readonly ArchiveChange[]): ConversationRow[] {
  const rows = new Map<string, ConversationRow>();
  for (const change of changes) {
    const { conversationId } = change;
    rows.set(conversationId, {
      ...(rows.get(conversationId) ?? emptyRow(change)),
      ...saidBy(change, rows.get(conversationId)),
    });
  }
  return [...rows.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
}

function emptyRow({ conversationId, siteId, at }: ArchiveChange): ConversationRow {
  const when = new Date(at);
  return {
    ...{ id: conversationId, site_id: siteId, started_at: when, last_at: when, last_seq: 0 },
    ...{ visitor_id: null, locale: null, region: null, identified: null, visitor_name: null, visitor_email: null },
    ...{ pre_chat: null, profile: null, first_line: null, responder: null, ticket_id: null, resolution: null },
    ...{ satisfaction: null, satisfaction_comment: null },
  };
}

function saidBy(change: ArchiveChange, before: ConversationRow | undefined): Partial<ConversationRow> {
  const { visitorId, locale, ticketId } = change;
  const known = given({ visitor_id: visitorId, locale: locale && storedText(locale), ticket_id: ticketId });
  switch (change.type) {
    case 'message': {
      const { message, region, identified } = change;
      const isNewest = message.seq > (before?.last_seq ?? 0);
      const isFirst = message.from === 'visitor' && !before?.first_line;
      return {
        ...known,
        ...given({ region, identified }),
        ...(isNewest ? { last_seq: message.seq, last_at: new Date(message.at) } : {}),
        ...(isFirst ? { first_line: cutText(storedText(message.text), FIRST_LINE_MAX) } : {}),
      };
    }
    case 'visitor': {
      const { name, email } = change.preChat;
      const merged: object = { ...(before?.pre_chat ? JSON.parse(before.pre_chat) : {}), ...change.preChat };
      return { ...known, ...(before?.profile ? {} : namesOf({ name, email })), pre_chat: storedJson(merged) };
    }
    case 'identified': {
      const { profile } = change;
      return {
        ...known,
        ...{ visitor_name: null, visitor_email: null, ...namesOf(profile) },
        profile: storedJson(profile),
      };
    }
    case 'responder':
      return { ...known, responder: change.responder };
    case 'conversation-rated':
      return { ...known, satisfaction: change.score, satisfaction_comment: storedText(change.comment ?? '') || null };
    case 'closed':
      return { ...known, ...given({ resolution: change.resolution }) };
    default:
      return known;
  }
}

const namesOf = ({ name, email }: { name?: string | undefined; email?: string | undefined }) =>
  given({ visitor_name: name && storedText(name), visitor_email: email && storedText(email) });

/** Without what is not known. */
function given<Row extends Readonly<Record<string, unknown>>>(
  row: Row,
): { [Name in keyof Row]?: Exclude<Row[Name], undefined> } {
  const entries = Object.entries(row).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [Name in keyof Row]?: Exclude<Row[Name], undefined> };
}

/** Returns the ids of conversations that were not erased. */
async function writeConversations(db: Db, rows: readonly ConversationRow[]): Promise<ReadonlySet<string>> {
  if (rows.length === 0) return new Set();
  const written = await db
    .insertInto('conversations')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet({
          ...Object.fromEntries(
            LATEST.map((column) => [
              column,
              sql`coalesce(excluded.${sql.ref(column)}, conversations.${sql.ref(column)})`,
            ]),
          ),
          ...Object.fromEntries(NAMES.map((column) => [column, latestName(column)])),
          first_line: sql`coalesce(conversations.first_line, excluded.first_line)`,
          // Concatenation with NULL is NULL.
          pre_chat: sql`coalesce(conversations.pre_chat || excluded.pre_chat, excluded.pre_chat, conversations.pre_chat)`,
          satisfaction_comment: sql`CASE WHEN excluded.satisfaction IS NULL THEN conversations.satisfaction_comment ELSE excluded.satisfaction_comment END`,
          last_at: sql`CASE WHEN excluded.last_seq > conversations.last_seq THEN excluded.last_at ELSE conversations.last_at END`,
          last_seq: sql`greatest(conversations.last_seq, excluded.last_seq)`,
        })
        .where('conversations.erased_at', 'is', null),
    )
    .returning('id')
    .execute();
  return new Set(written.map(({ id }) => id));
}

/** What is said later replaces what was said before. */
const LATEST = [
  'visitor_id',
  'locale',
  'region',
  'identified',
  'profile',
  'responder',
  'ticket_id',
  'resolution',
  'satisfaction',
] as const;

const NAMES = ['visitor_name', 'visitor_email'] as const;

/** What the site states counts, and what the visitor typed only where it states nothing. */
function latestName(column: (typeof NAMES)[number]) {
  const [next, before] = [sql`excluded.${sql.ref(column)}`, sql`conversations.${sql.ref(column)}`];
  return sql`CASE WHEN excluded.profile IS NOT NULL THEN ${next} WHEN conversations.profile IS NOT NULL THEN ${before} ELSE coalesce(${next}, ${before}) END`;
}

async function writeMessages(
  db: Db,
  changes: readonly ChangeOf<'message'>[],
  configurationOf: (siteId: string) => string,
): Promise<void> {
  if (changes.length === 0) return;
  await db
    .insertInto('messages')
    .values(
      changes.map(({ conversationId, siteId, message: { seq, ...body } }) => ({
        conversation_id: conversationId,
        seq,
        site_id: siteId,
        at: new Date(body.at),
        sender: body.from,
        text: storedText(body.text),
        body: storedJson(body),
        search: searchVector(storedText(body.text), configurationOf(siteId)),
      })),
    )
    .onConflict((conflict) => conflict.columns(['conversation_id', 'seq']).doNothing())
    .execute();
}

function searchVector(text: string, configuration: string) {
  const pairs = characterPairs(text);
  return sql`to_tsvector(${configuration}::regconfig, ${text}) || to_tsvector(${PLAIN_CONFIGURATION}::regconfig, ${text}) || array_to_tsvector(${pairs}::text[])`;
}

async function writeRatings(db: Db, changes: readonly ChangeOf<'message-rated'>[]): Promise<void> {
  if (changes.length === 0) return;
  const last = new Map(changes.map((change) => [`${change.conversationId} ${change.messageId}`, change]));
  await db
    .insertInto('message_ratings')
    .values(
      [...last.values()].map(({ conversationId, messageId, value, reason, at }) => ({
        ...{ conversation_id: conversationId, message_id: messageId, value, reason: storedText(reason ?? '') || null },
        at: new Date(at),
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['conversation_id', 'message_id']).doUpdateSet((row) => ({
        value: row.ref('excluded.value'),
        reason: row.ref('excluded.reason'),
        at: row.ref('excluded.at'),
      })),
    )
    .execute();
  const ids = [...new Set(changes.map(({ conversationId }) => conversationId))];
  await sql`
    UPDATE conversations SET ratings_up = counted.up, ratings_down = counted.down
    FROM (SELECT conversation_id, count(*) FILTER (WHERE value = 'up')::int AS up, count(*) FILTER (WHERE value = 'down')::int AS down
            FROM message_ratings WHERE conversation_id = ANY(${ids}) GROUP BY conversation_id) AS counted
    WHERE conversations.id = counted.conversation_id`.execute(db);
}
