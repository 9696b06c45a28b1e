/** An evaluation as CSV: a row for each case that is judged. Pure. */
import { toCsv } from '@firstword/shared/csv';
import type { CaseResult, EvaluationDetail } from '@firstword/shared/evaluation-run';
import { faultText } from '@firstword/shared/judged-case';

const COLUMNS: Readonly<Record<string, (result: CaseResult) => string | number | undefined>> = {
  case: ({ id }) => id,
  question: ({ conversation }) => conversation.at(-1),
  passed: ({ faults }) => (faults.length === 0 ? 'yes' : 'no'),
  faults: ({ faults, kind }) => faults.map((found) => faultText(found, kind)).join('; '),
  kind: ({ kind }) => kind,
  answer: ({ text }) => text,
  found: ({ found }) => found.map(({ id }) => id).join(' '),
  cited: ({ citedIds }) => citedIds.join(' '),
  unsupported: ({ unsupported }) => unsupported.join(' '),
  server_ttft_ms: ({ serverTtftMs }) => serverTtftMs && Math.round(serverTtftMs),
};

export function evaluationCsv({ results }: Pick<EvaluationDetail, 'results'>): string {
  const rows = results.map((result) => Object.values(COLUMNS).map((read) => String(read(result) ?? '')));
  return toCsv([Object.keys(COLUMNS), ...rows]);
}
