/** Results of evaluations in PostgreSQL. Its foreign keys delete them with their runs and cases. */
import { caseResultSchema } from '@firstword/shared/evaluation-run';
import { sql } from 'kysely';
import type { Database } from './database.ts';
import type { EvaluationResults } from './evaluation-results.ts';
import { storedJson } from './stored-text.ts';

export function createPostgresEvaluationResults(database: Database): EvaluationResults {
  return {
    async add(runId, position, result) {
      // The lock makes a deletion at the same time wait, and take the result along.
      await database.query((db) =>
        sql`
          INSERT INTO evaluation_results (run_id, case_id, position, body)
          SELECT ${runId}, asked.id, ${position}::integer, ${storedJson(result)}::jsonb
          FROM (SELECT id FROM evaluation_cases WHERE id = ${result.id} FOR KEY SHARE) asked`.execute(db),
      );
    },
    list: (runId) =>
      database.query(async (db) => {
        const rows = await db
          .selectFrom('evaluation_results')
          .select('body')
          .where('run_id', '=', runId)
          .orderBy('position')
          .execute();
        return rows.map(({ body }) => caseResultSchema.parse(body));
      }),
  };
}
