/** Searches the newest analyses of tickets by what they say of the visitor. */
import type { AnalysisRun } from '@firstword/shared/analysis';
import type { Ticket } from '@firstword/shared/ticket';
import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import type { SiteIds } from './conversation-archive.ts';
import { PLAIN_CONFIGURATION } from './search-text.ts';
import { storedText } from './stored-text.ts';
import type { Tables } from './tables.ts';
import { runRecordSchema, ticketRecordSchema } from './ticket-record.ts';
import type { FoundAnalysis } from './ticket-store.ts';

const foundRows = z.array(z.object({ record: ticketRecordSchema, run: runRecordSchema }));

/** Undefined for a run without content. */
export function foundAnalysis({ id, number, siteId }: Ticket, { content }: AnalysisRun): FoundAnalysis | undefined {
  if (content?.reading === undefined) return undefined;
  const { summary, visitorGoal } = content.reading;
  return { ticketId: id, number, siteId, text: `${summary} ${visitorGoal}`.trim() };
}

export async function searchAnalyses(
  db: Kysely<Tables>,
  siteIds: SiteIds,
  q: string,
  limit: number,
): Promise<FoundAnalysis[]> {
  // The expression of the index `ticket_runs_by_words`, as it stands there.
  const words = sql`to_tsvector('firstword_simple'::regconfig,
    coalesce(run #>> '{run,content,reading,summary}', '') || ' ' || coalesce(run #>> '{run,content,reading,visitorGoal}', ''))`;
  const { rows } = await sql`
    SELECT tickets.record, ticket_runs.run FROM ticket_runs JOIN tickets ON tickets.id = ticket_runs.ticket_id
     WHERE ${words} @@ websearch_to_tsquery(${PLAIN_CONFIGURATION}::regconfig, ${storedText(q)})
       AND tickets.site_id = ANY(${[...siteIds]}::text[])
       AND NOT EXISTS (SELECT FROM ticket_runs AS later WHERE later.ticket_id = tickets.id AND later.number > ticket_runs.number)
     ORDER BY (ticket_runs.run #>> '{run,createdAt}')::double precision DESC LIMIT ${limit}`.execute(db);
  return foundRows.parse(rows).flatMap(({ record, run }) => foundAnalysis(record.ticket, run.run) ?? []);
}
