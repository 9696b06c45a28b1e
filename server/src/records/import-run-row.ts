/** Import runs as rows. */
import {
  type ImportRun,
  type ImportRunDetail,
  importRunDetailSchema,
  importRunSchema,
} from '@firstword/shared/knowledge';
import type { Selectable } from 'kysely';
import type { ImportRunsTable } from './knowledge-tables.ts';

type Row = Selectable<ImportRunsTable>;

const fieldsOf = ({ problem_list: problemList, ...row }: Row) => ({
  id: row.id,
  sourceId: row.source_id,
  siteId: row.site_id,
  trigger: row.trigger,
  state: row.state,
  startedAt: row.started_at.getTime(),
  endedAt: row.ended_at?.getTime(),
  read: row.read,
  total: row.total ?? undefined,
  added: row.added,
  changed: row.changed,
  removed: row.removed,
  problems: row.problems,
  error: row.error ?? undefined,
  ...(row.error_phrase === null ? {} : { errorPhrase: row.error_phrase }),
  stopping: row.stopping,
  version: row.version ?? undefined,
  problemList,
  ...(row.problem_phrases === null ? {} : { problemPhrases: row.problem_phrases }),
});

export const toRun = (row: Row): ImportRun => importRunSchema.parse(fieldsOf(row));
export const toRunDetail = (row: Row): ImportRunDetail => importRunDetailSchema.parse(fieldsOf(row));
