/** The REST client of evaluations. */
import type {
  EvaluationDetail,
  EvaluationList,
  EvaluationRequest,
  EvaluationRun,
} from '@firstword/shared/evaluation-run';
import type { Result } from './api-result.ts';
import type { Senders } from './knowledge-api.ts';

export interface EvaluationApi {
  read(site: string): Promise<Result<EvaluationList>>;
  readRun(id: string): Promise<Result<EvaluationDetail>>;
  start(request: EvaluationRequest): Promise<Result<EvaluationRun>>;
  stop(id: string): Promise<Result<EvaluationRun>>;
}

export function createEvaluationApi({ send, sendWithRetries }: Senders): EvaluationApi {
  const path = '/evaluation-runs';
  const run = (id: string) => `${path}/${encodeURIComponent(id)}`;
  return {
    read: (site) => sendWithRetries('GET', `${path}?${new URLSearchParams({ site })}`),
    readRun: (id) => sendWithRetries('GET', run(id)),
    // Not repeated: the second of two would be refused because of the first.
    start: (request) => send('POST', path, request),
    stop: (id) => send('POST', `${run(id)}/stop`, {}),
  };
}
