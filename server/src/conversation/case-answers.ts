/** Answers the questions of a site's test cases as the site would, with its guidance, articles and models. */
import type { Region } from '@firstword/shared/catalog';
import type { Message } from '@firstword/shared/wire';
import type { CallRow, Gateway } from '../gateway/chat-call.ts';
import type { Budgets } from '../ledger/budgets.ts';
import type { Route } from '../routing/route.ts';
import type { Router } from '../routing/router.ts';
import { RoutingError } from '../routing/routing-error.ts';
import type { Triage } from '../triage/triage.ts';
import type { AnswerParts } from './answer.ts';
import { type CheckedReply, createAskQuestion, createReplyCheck } from './asked-question.ts';
import { createAnswerCheck } from './check-answer.ts';
import type { AnswerGuidance } from './guidance.ts';
import { createRecordedGateway } from './recorded-gateway.ts';
import type { TurnSite } from './turn-request.ts';

/** Why no model may be asked. `spent`: what is left of a budget is for visitors. */
export type CaseRefusal = 'stopped' | 'spent' | 'no-model';

export interface CaseAnswers {
  /** Whether a model may be asked for the site now. */
  check(siteId: string): CaseRefusal | undefined;
  /** Reads the site's spending, so that `check` knows it. Never rejects. */
  prepare(siteId: string): Promise<void>;
  /** The calls that one message leads to, and how long their prompts may be. */
  callsFor(siteId: string): readonly { readonly route: Route; readonly promptTokens: number }[] | CaseRefusal;
  /** Undefined where the site doesn't exist. */
  open(
    siteId: string,
    record: (row: CallRow) => void,
  ): ((text: string, history: readonly Message[], signal: AbortSignal) => Promise<CheckedReply>) | undefined;
}

export interface CaseAnswersParts extends Omit<AnswerParts, 'mode' | 'cache' | 'triage' | 'onRecited'> {
  readonly createTriage: (gateway: Gateway) => Triage;
  readonly siteOf: (siteId: string) => TurnSite | undefined;
  readonly guidanceOf: (siteId: string) => AnswerGuidance | undefined;
  readonly budgets: Pick<Budgets, 'check' | 'prepare'>;
  readonly region: Region;
}

const PURPOSES = { answer: 'evaluation', triage: 'evaluation-triage' } as const;
/** Instructions with guidance, six passages with two whole articles, and 6,000 characters of history, at two characters a token. */
const ANSWER_PROMPT_TOKENS = 12_000;
/** Its instructions, and a message of 4,000 characters. */
const TRIAGE_PROMPT_TOKENS = 2500;

export function createCaseAnswers(parts: CaseAnswersParts): CaseAnswers {
  const { siteOf, guidanceOf, budgets, region } = parts;
  const checkAnswer = createAnswerCheck();
  // No visitor waits, so a late answer needs no second request.
  const router: Router = (question) => {
    const { hedge: _, ...route } = parts.router(question);
    return route;
  };
  const spenderOf = (siteId: string) => ({ siteId, conversationId: 'evaluation', visitorId: 'evaluation' });

  return {
    check(siteId) {
      if (siteOf(siteId) === undefined) return 'stopped'; // archived meanwhile
      const verdict = budgets.check(spenderOf(siteId));
      if (verdict === 'ok') return undefined;
      return verdict === 'stopped' ? 'stopped' : 'spent';
    },
    prepare: (siteId) => budgets.prepare(spenderOf(siteId)),
    callsFor(siteId) {
      const site = siteOf(siteId);
      if (site === undefined) return 'stopped';
      const routeTo = (taskType: string) => router({ taskType, region, allowedRegions: site.allowedRegions });
      try {
        return [
          { route: routeTo('chat'), promptTokens: ANSWER_PROMPT_TOKENS },
          { route: routeTo('classification'), promptTokens: TRIAGE_PROMPT_TOKENS },
        ];
      } catch (error) {
        if (error instanceof RoutingError) return 'no-model';
        throw error;
      }
    },
    open(siteId, record) {
      const site = siteOf(siteId);
      if (site === undefined) return undefined;
      const gateway = createRecordedGateway(parts.gateway, PURPOSES, record);
      const asked = { ...parts, site, router, gateway, guidance: guidanceOf(siteId) };
      const ask = createAskQuestion({ ...asked, triage: parts.createTriage(gateway), mode: 'speculative' });
      const check = createReplyCheck(asked, checkAnswer);
      return async (text, history, signal) => check(await ask({ text, history, signal }));
    },
  };
}
