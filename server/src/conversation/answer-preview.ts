/** Answers one question as a visitor's first one, with guidance that need not be saved. Nothing of it is stored but its cost. */
import type { Region } from '@firstword/shared/catalog';
import type { AnswerPreview, Guidance } from '@firstword/shared/guidance';
import { GatewayError } from '../gateway/gateway-error.ts';
import type { Budgets } from '../ledger/budgets.ts';
import { type AnswerParts, createAnswer } from './answer.ts';
import { findAnswerSources, otherLanguageOf } from './answer-sources.ts';
import { createAnswerCheck } from './check-answer.ts';
import { prepareGuidance } from './guidance.ts';
import { showAnswer } from './shown-answer.ts';
import type { TurnSite } from './turn-request.ts';

export interface PreviewQuestion {
  readonly site: TurnSite;
  readonly guidance: Guidance;
  readonly question: string;
  /** The agent who asks; the site's budget for one visitor a day counts for each of them. */
  readonly askerId: string;
}

/** Undefined when no model answers. */
export type PreviewAnswer = (question: PreviewQuestion) => Promise<AnswerPreview | undefined>;

export interface AnswerPreviewParts extends Omit<AnswerParts, 'mode'> {
  readonly budgets: Pick<Budgets, 'check'>;
  readonly region: Region;
}

const PREVIEW_MS = 20_000;
/** The verdict is always awaited, so that a hand-off shows. */
const HOLD_MS = PREVIEW_MS;

export function createAnswerPreview(parts: AnswerPreviewParts): PreviewAnswer {
  const { knowledgeOf, budgets, region } = parts;
  const answer = createAnswer({ ...parts, mode: 'speculative' });
  const check = createAnswerCheck();

  return async ({ site, guidance: draft, question: text, askerId }) => {
    const knowledge = knowledgeOf(site.id);
    const guidance = prepareGuidance('preview', draft);
    const { sources, coverage } = findAnswerSources(knowledge, guidance, { text, history: [] });
    const spender = { siteId: site.id, conversationId: `preview ${askerId}`, visitorId: `preview ${askerId}` };
    const events = answer({
      owner: { siteId: site.id },
      site,
      text,
      locale: undefined,
      region,
      history: [],
      sources,
      guidance,
      coverage,
      otherLanguage: otherLanguageOf(knowledge, guidance, { text }),
      tickets: { within: (decision) => decision, minutesUntilNext: () => 0 },
      bestPassageScore: 0,
      otherArticleScore: 0,
      cacheable: false,
      budget: budgets.check(spender),
      holdMs: () => HOLD_MS,
      signal: AbortSignal.timeout(PREVIEW_MS),
    });
    const steps = showAnswer(events, { sources, coverage, knowledge, locale: undefined }, check);
    let step = await steps.next().catch(noneOf);
    while (step !== undefined && step.done !== true) step = await steps.next().catch(noneOf);
    if (step === undefined) return undefined;
    const whole = step.value;
    return {
      answer: whole.text,
      coverage: whole.coverage,
      handsOff: whole.handsOff,
      sources: whole.citations.map(({ n, title, url }) => ({ n, title, url })),
      unsupported: [...whole.unsupported],
    };
  };
}

/** When no model answers. */
function noneOf(error: unknown): undefined {
  if (!(error instanceof GatewayError || isTimeout(error))) throw error;
}

const isTimeout = (error: unknown) => error instanceof DOMException && error.name === 'TimeoutError';
