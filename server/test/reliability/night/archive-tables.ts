/** Reads the archive from its tables, not through the product, so that a fault of its reader can't hide one of its writer. */
import type { SeenMessage } from '@firstword/testing/history-checker';
import { startPostgresServer } from '@firstword/testing/postgres-server';
import pg from 'pg';
import { z } from 'zod';

export interface ArchiveTables {
  /** In order. */
  messagesOf(conversationId: string): Promise<SeenMessage[]>;
  /** Milliseconds from each visitor's message to the commit of its row. */
  lags(): Promise<number[]>;
  close(): Promise<void>;
}

/** PostgreSQL remembers when each row was written: so nothing has to watch the tables during a measurement. */
export const startTimedPostgres = () => startPostgresServer({ track_commit_timestamp: 'on' });

const messageRows = z.array(z.object({ seq: z.int(), id: z.string(), text: z.string() }));
const lagRows = z.array(z.object({ ms: z.number() }));

/** @param url of a PostgreSQL from `startTimedPostgres` */
export function openArchiveTables(url: string): ArchiveTables {
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  pool.on('error', () => {}); // it was killed while idle; the next query connects again
  return {
    async messagesOf(conversationId) {
      const { rows } = await pool.query(
        "SELECT seq, body->>'id' AS id, text FROM messages WHERE conversation_id = $1 ORDER BY seq",
        [conversationId],
      );
      return messageRows.parse(rows);
    },
    async lags() {
      const { rows } = await pool.query(
        "SELECT (extract(epoch FROM pg_xact_commit_timestamp(xmin) - at) * 1000)::float8 AS ms FROM messages WHERE sender = 'visitor'",
      );
      return lagRows.parse(rows).map(({ ms }) => ms);
    },
    close: () => pool.end(),
  };
}
