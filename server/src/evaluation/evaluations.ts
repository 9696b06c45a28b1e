/** Evaluations of a site's answers by its test cases: one at a time for each site, in the background of the process that starts it. */
import { CASES_MAX } from '@firstword/shared/answer-cases';
import type { SavedCase } from '@firstword/shared/evaluation-case';
import {
  type EvaluationDetail,
  type EvaluationPlan,
  type EvaluationRequest,
  type EvaluationResult,
  type EvaluationRun,
  evaluationResultSchema,
} from '@firstword/shared/evaluation-run';
import type { Message } from '@firstword/shared/wire';
import type { CallRow } from '../gateway/chat-call.ts';
import type { PriceTable } from '../ledger/price-table.ts';
import type { CaseStore } from '../records/case-store.ts';
import type { EvaluationResults } from '../records/evaluation-results.ts';
import type { LedgerRow } from '../records/ledger-row.ts';
import type { RunStore, StoredRun } from '../records/run-store.ts';
import type { Route } from '../routing/route.ts';
import type { AnswerCase } from './answer-case.ts';
import type { BackgroundRuns, BackgroundWork } from './background-runs.ts';
import { type AskForCase, type CaseReply, judgeCases } from './judge-cases.ts';
import { roundedTtft } from './series.ts';
import { createSpendingLimit } from './spending-limit.ts';

type ModelRefusal = 'stopped' | 'spent' | 'no-model';
/** Why none is started. `busy`: one of the site is running. `no-cases`: the site has none of these cases. */
export type EvaluationRefusal = 'busy' | 'no-cases' | ModelRefusal;

export interface Evaluations {
  start(request: EvaluationRequest, by: string): Promise<EvaluationRun | EvaluationRefusal>;
  /** Its process ends it within a second. @returns undefined when there is none in progress with this id */
  stop(id: string): Promise<EvaluationRun | undefined>;
  list(siteId: string): Promise<EvaluationRun[]>;
  load(id: string): Promise<EvaluationRun | undefined>;
  detail(id: string): Promise<EvaluationDetail | undefined>;
  /** What a message may cost; undefined where no model may be asked. */
  plan(siteId: string): EvaluationPlan | undefined;
}

export interface EvaluationParts {
  readonly store: Pick<RunStore, 'list' | 'load' | 'requestStop'>;
  readonly runs: Pick<BackgroundRuns, 'start'>;
  readonly cases: Pick<CaseStore, 'list'>;
  readonly results: EvaluationResults;
  readonly answers: {
    check(siteId: string): ModelRefusal | undefined;
    prepare(siteId: string): Promise<void>;
    callsFor(siteId: string): readonly { readonly route: Route; readonly promptTokens: number }[] | ModelRefusal;
    open(
      siteId: string,
      record: (row: CallRow) => void,
    ): ((text: string, history: readonly Message[], signal: AbortSignal) => Promise<CaseReply>) | undefined;
  };
  readonly prices: Pick<PriceTable, 'costOf' | 'limitUsdOf'>;
  readonly recordCall: (row: CallRow) => LedgerRow;
}

const KIND = 'evaluation';
/** Visitors come first. */
const AT_ONCE = 2;

export function createEvaluations(parts: EvaluationParts): Evaluations {
  const { store, runs, cases, results, answers, prices } = parts;

  const plan = (siteId: string): EvaluationPlan | ModelRefusal => {
    const calls = answers.callsFor(siteId);
    if (typeof calls === 'string') return calls;
    const asked = calls.map(({ route, promptTokens }) =>
      route.models.map(({ id, profile: { thinks, thinkingTokens = 0 } }) => {
        const completionTokens = route.maxTokens + (thinks === 'always' ? thinkingTokens : 0);
        return { id, usage: { promptTokens, completionTokens } };
      }),
    );
    const highest = asked.map((models) => Math.max(...models.map(({ id, usage }) => prices.limitUsdOf(id, usage))));
    return {
      usdPerMessage: highest.reduce((sum, usd) => sum + usd, 0),
      priceIsKnown: asked.flat().every(({ id, usage }) => prices.costOf(id, usage).costKnown === 'full'),
    };
  };
  const load = async (id: string) => {
    const run = await store.load(id);
    return run?.kind === KIND ? toEvaluation(run) : undefined;
  };

  return {
    async start({ site, caseIds, maxUsd }, by) {
      await answers.prepare(site);
      const refusal = answers.check(site);
      if (refusal !== undefined) return refusal;
      const planned = plan(site);
      if (typeof planned === 'string') return planned;
      const chosen = caseIds === undefined ? undefined : new Set(caseIds);
      const asked = (await cases.list(site, CASES_MAX)).filter(({ id }) => chosen?.has(id) ?? true);
      if (asked.length === 0) return 'no-cases';
      const work = createWork({ site, cases: asked.map(toAnswerCase), maxUsd, ...planned }, parts);
      const started = await runs.start({ kind: KIND, subject: site, by }, work);
      return started === undefined ? 'busy' : toEvaluation(started);
    },
    stop: async (id) => ((await load(id)) && (await store.requestStop(id)) ? load(id) : undefined),
    list: async (siteId) => (await store.list(KIND, siteId)).map(toEvaluation),
    load,
    async detail(id) {
      const run = await load(id);
      return run && { ...run, results: await results.list(id) };
    },
    plan(siteId) {
      const planned = plan(siteId);
      return typeof planned === 'string' ? undefined : planned;
    },
  };
}

interface PlannedRun {
  readonly site: string;
  readonly cases: readonly AnswerCase[];
  readonly maxUsd: number;
  readonly usdPerMessage: number;
}

function createWork(
  { site, cases, maxUsd, usdPerMessage }: PlannedRun,
  { answers, results, prices, recordCall }: EvaluationParts,
): BackgroundWork {
  const spending = createSpendingLimit(maxUsd);
  const ttftMs: number[] = [];
  let judged = 0;
  let passed = 0;
  return {
    result: (): EvaluationResult => ({
      ...{ maxUsd, cases: cases.length, judged, passed, ...spending.cost() },
      ...(ttftMs.length > 0 && { ttft: roundedTtft(ttftMs) }),
    }),
    async run(signal, id) {
      let refusal: ModelRefusal | undefined;
      const answer = answers.open(site, (row) =>
        spending.spent(recordCall(row), prices.limitUsdOf(row.modelId, row.usage)),
      );
      if (answer === undefined) return 'stopped';
      const ask: AskForCase = async (text, history) => {
        refusal ??= answers.check(site);
        if (signal.aborted || refusal !== undefined) return undefined;
        const reserved = spending.reserve(usdPerMessage);
        if (reserved === undefined) return undefined;
        try {
          return await answer(text, history, signal);
        } catch (error) {
          if (!signal.aborted) throw error;
          return undefined;
        } finally {
          reserved.release();
        }
      };
      await judgeCases(cases, {
        ask,
        atOnce: AT_ONCE,
        async onJudged(found, position) {
          await results.add(id, position, { ...found, conversation: [...(cases[position]?.messages ?? [])] });
          judged += 1;
          if (found.faults.length === 0) passed += 1;
          if (found.serverTtftMs !== undefined) ttftMs.push(found.serverTtftMs);
        },
      });
      if (refusal === 'stopped') return 'stopped';
      return refusal !== undefined || spending.isReached() ? 'ceiling' : 'done';
    },
  };
}

const toAnswerCase = ({ id, conversation, facts, absent, cites = [], kind }: SavedCase): AnswerCase => ({
  ...{ id, messages: conversation, facts, absent, cites, kind },
});

const toEvaluation = ({ kind: _, subject, result, ...run }: StoredRun): EvaluationRun => ({
  ...run,
  site: subject,
  ...evaluationResultSchema.parse(result),
});
