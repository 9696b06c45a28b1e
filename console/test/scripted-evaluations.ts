/** The scripted server's evaluations of the demo site. An evaluation ends when a test says so. */
import { caseIdOf } from '@firstword/shared/answer-cases';
import { newCaseSchema, type SavedCase } from '@firstword/shared/evaluation-case';
import { type CaseResult, type EvaluationRun, evaluationRequestSchema } from '@firstword/shared/evaluation-run';
import type { CaseFault } from '@firstword/shared/judged-case';

const HOUR_MS = 60 * 60 * 1000;

const resultOf = (id: string, question: string, ...faults: CaseFault[]): CaseResult => ({
  ...{ id, conversation: [question], kind: 'answered', faults, unsupported: [] },
  text: 'You may return an item within **30 days** [1].',
  ...{
    citedIds: ['returns'],
    found: [
      { id: 'returns', title: 'Returns' },
      { id: 'fees', title: 'Return fees' },
    ],
  },
  serverTtftMs: 212,
});

export interface ScriptedEvaluations {
  /** The newest first. */
  runs: EvaluationRun[];
  cases: SavedCase[];
  results: Record<string, CaseResult[]>;
  answer(route: string, body: unknown): readonly [status: number, body: object] | undefined;
  /** Changes the newest run. */
  change(to: Partial<EvaluationRun>): void;
}

export function createScriptedEvaluations(now: number, cases: readonly SavedCase[]): ScriptedEvaluations {
  const runOf = (id: string, startedAt: number, passed: number): EvaluationRun => ({
    ...{ id, site: 'demo', by: 'Ada Krüger', startedAt, stopping: false, maxUsd: 1, cases: 3, judged: 3, passed },
    ...{ state: 'done', endedAt: startedAt + 9000, usd: 0.0011, costIsComplete: true, ttft: { p50: 212, p95: 390 } },
  });
  const [refund, fees, days] = ['When do I get my money back?', 'Is returning free?', 'How long may I return an item?'];
  const notSaid: CaseFault = { fault: 'not-said', text: '60 days' };
  const scripted: ScriptedEvaluations = {
    runs: [runOf('e2', now - HOUR_MS, 1), runOf('e1', now - 48 * HOUR_MS, 2)],
    cases: [...cases],
    results: {
      e2: [
        { ...resultOf('t-1042.2', refund), unsupported: ['Refunds take a day.'] },
        resultOf('w-1', fees, { fault: 'not-cited', article: 'fees' }, { fault: 'kind', expected: 'not-covered' }),
        resultOf('w-2', days, notSaid),
      ],
      e1: [resultOf('t-1042.2', refund, notSaid), resultOf('w-1', fees), resultOf('w-2', days, notSaid)],
    },
    change(to) {
      const [newest, ...others] = scripted.runs;
      if (newest !== undefined) scripted.runs = [{ ...newest, ...to }, ...others];
    },
    answer(route, body) {
      if (route === 'GET /evaluation-cases') return [200, { cases: scripted.cases }];
      if (route === 'POST /evaluation-cases/new') {
        const { site, seq, ...written } = newCaseSchema.parse(body);
        if (written.cites.includes('unknown'))
          return [404, { code: 'not-found', message: 'The site has no article "unknown".' }];
        const { conversationId } = written;
        const ofMessage = conversationId !== undefined && seq !== undefined;
        const id = ofMessage ? caseIdOf(conversationId, seq) : `w-${scripted.cases.length + 1}`;
        const saved = { ...written, id, siteId: site, savedAt: Date.now(), by: 'First Agent' };
        scripted.cases = [saved, ...scripted.cases.filter((one) => one.id !== id)];
        return [201, saved];
      }
      const [, removed] = /^DELETE \/evaluation-cases\/(.+)$/.exec(route) ?? [];
      if (removed !== undefined) {
        scripted.cases = scripted.cases.filter(({ id }) => id !== removed);
        return [204, {}];
      }
      if (route === 'GET /evaluation-runs')
        return [200, { runs: scripted.runs, plan: { usdPerMessage: 0.0012, priceIsKnown: true } }];
      if (route === 'POST /evaluation-runs') {
        if (scripted.runs[0]?.state === 'running') return [409, { code: 'conflict', message: 'It is running.' }];
        const { maxUsd, caseIds } = evaluationRequestSchema.parse(body);
        const { endedAt: _, ttft: _ttft, ...run } = runOf(`e${scripted.runs.length + 1}`, Date.now(), 0);
        const size = caseIds?.length ?? scripted.cases.length;
        scripted.runs = [{ ...run, state: 'running', maxUsd, cases: size, judged: 0, usd: 0 }, ...scripted.runs];
        return [201, { ...scripted.runs[0] }];
      }
      const [, id = '', stop] = /^(?:GET|POST) \/evaluation-runs\/([^/]+)(\/stop)?$/.exec(route) ?? [];
      const run = scripted.runs.find((one) => one.id === id);
      if (run === undefined) return undefined;
      if (stop === undefined) return [200, { ...run, results: scripted.results[id] ?? [] }];
      scripted.change({ stopping: true });
      return [200, { ...scripted.runs[0] }];
    },
  };
  return scripted;
}
