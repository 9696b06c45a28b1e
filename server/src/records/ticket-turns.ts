/** Whose turn it is to be assigned a ticket: who has the fewest open ones, then who has waited longest for one. */
import { type Kysely, sql } from 'kysely';
import type { Tables } from './tables.ts';

/** @returns undefined when all of them have `maxOpen` open tickets */
export async function takeTurn(
  db: Kysely<Tables>,
  agentIds: readonly string[],
  maxOpen: number,
): Promise<string | undefined> {
  // One transaction after another, so that each counts what the one before has assigned.
  await sql`SELECT pg_advisory_xact_lock(hashtextextended('ticket turns', 0))`.execute(db);
  const { rows } = await sql<{ id: string }>`
    INSERT INTO ticket_turns (agent_id, at)
      SELECT agent.id, clock_timestamp() FROM unnest(${agentIds}::text[]) AS agent (id)
        LEFT JOIN ticket_turns AS turn ON turn.agent_id = agent.id
        CROSS JOIN LATERAL (
          SELECT count(*) AS open FROM tickets WHERE work_order IS NOT NULL AND assignee_id = agent.id
        ) AS work
      WHERE work.open < ${maxOpen}
      ORDER BY work.open, turn.at NULLS FIRST, agent.id LIMIT 1
    ON CONFLICT (agent_id) DO UPDATE SET at = excluded.at
    RETURNING agent_id AS id`.execute(db);
  return rows[0]?.id;
}
