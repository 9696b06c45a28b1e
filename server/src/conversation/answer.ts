/**
 * Answers one message and decides about a hand-off. The fast tier is asked at once; rules, then the triage verdict,
 * decide whether its answer is shown, shown with a hand-off, or replaced by one.
 */
import type { Region } from '@firstword/shared/catalog';
import type { MaskPolicy } from '@firstword/shared/masking';
import type { BudgetVerdict } from '@firstword/shared/reports';
import type { Message } from '@firstword/shared/wire';
import type { CallOwner, Gateway } from '../gateway/chat-call.ts';
import { createRequestCount } from '../gateway/request-count.ts';
import type { Coverage } from '../knowledge/coverage.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { type DelegatingIterator, lazily } from '../lib/lazy-iterator.ts';
import { createMaskFor } from '../masking/mask-policy.ts';
import { revealed } from '../masking/revealed-stream.ts';
import type { Route } from '../routing/route.ts';
import type { Router } from '../routing/router.ts';
import { decideHandOff, type HandOffDecision, type HandOffPolicy } from '../triage/hand-off.ts';
import type { HandOffRules } from '../triage/hand-off-rules.ts';
import type { MessageReader } from '../triage/message-signals.ts';
import { offerReasonOf } from '../triage/offer-reason.ts';
import type { Judgement, Triage } from '../triage/triage.ts';
import type { Verdict } from '../triage/verdict.ts';
import type { AnswerCache } from './answer-cache.ts';
import type { AnswerEvent } from './answer-event.ts';
import type { AnswerSources, OtherLanguage } from './answer-sources.ts';
import type { Draft } from './draft.ts';
import { answerFromCache, answerWithHandOff, BUDGET_SPENT, noticeOf } from './fixed-answers.ts';
import type { AnswerGuidance } from './guidance.ts';
import { FULL_VERDICT_MS, firstVerdict, streamHeld } from './held-answer.ts';
import { hideFromModels } from './hide-from-models.ts';
import { exchangesOf, lastAnswer, sinceResolved } from './history-signals.ts';
import { holdFor } from './hold-for.ts';
import {
  createInstructionReaders,
  type InstructionReader,
  type Recognised,
  withoutInstructions,
} from './own-instructions.ts';
import { buildAnswerPrompt, ownInstructions, PROMPT_VERSION, type Source } from './prompt.ts';
import { isSimpleQuestion } from './simple-question.ts';
import { createSingleFlight } from './single-flight.ts';
import { speculate } from './speculation.ts';
import type { TicketPermit } from './ticket-permit.ts';

/**
 * `speculative` runs triage and answer in parallel; `thrifty` does the same, with the instant tier for simple questions;
 * `sequential` runs triage first, which is cheaper and slower.
 */
export type RoutingMode = 'speculative' | 'thrifty' | 'sequential';

export interface AnswerQuestion {
  readonly owner: CallOwner;
  readonly site: MaskPolicy & {
    readonly name: string;
    readonly handOff: HandOffPolicy;
    readonly allowedRegions?: readonly Region[] | undefined;
  };
  readonly text: string;
  readonly locale: string | undefined;
  readonly region: Region;
  /** Earlier messages, oldest first. */
  readonly history: readonly Message[];
  readonly sources: readonly Source[];
  /** The site's; absent without any. */
  readonly guidance?: AnswerGuidance | undefined;
  /** Whether the articles answer the question. */
  readonly coverage: Coverage;
  /** Set when the question is in another language than the articles. */
  readonly otherLanguage?: OtherLanguage | undefined;
  /** 0…1, comparable between searches; 0 when nothing was found. */
  readonly bestPassageScore: number;
  /** The same of the best passage of another article. */
  readonly otherArticleScore: number;
  /** The first question of a visitor whom the site has not identified. */
  readonly cacheable: boolean;
  /** Keeps its tickets within the ceilings. */
  readonly tickets: Pick<TicketPermit, 'within' | 'minutesUntilNext'>;
  /** What the budgets allow: `degrade` uses the cheapest tier, `hand-off` and `stopped` use no model. */
  readonly budget: BudgetVerdict;
  /** How much longer the answer may be held back, in milliseconds; read once the answer is wanted. */
  readonly holdMs: () => number;
  /** Set while the visitor still types this question. */
  readonly draft?: Draft | undefined;
  readonly signal: AbortSignal;
}

export interface AnswerParts {
  readonly gateway: Gateway;
  readonly triage: Triage;
  readonly router: Router;
  readonly readMessage: MessageReader;
  readonly rules: HandOffRules;
  readonly knowledgeOf: (siteId: string) => Knowledge;
  readonly cache: AnswerCache;
  readonly mode: RoutingMode;
  /** In every prompt and in no answer; lower-case letters and digits. */
  readonly promptMarker: string;
  /** An answer that began to recite our instructions was withheld. */
  readonly onRecited: (owner: CallOwner, what: Recognised) => void;
}

/** Confidence from which a question counts as simple; in sequential mode the instant tier answers it. */
const SIMPLE_CONFIDENCE = 0.8;
export function createAnswer(parts: AnswerParts) {
  const { gateway, triage, router, readMessage, rules, knowledgeOf, cache, mode, promptMarker, onRecited } = parts;
  /** By the name of a site. */
  const readers = new Map<string, () => InstructionReader>();
  const readersOf = (siteName: string) => {
    const known = readers.get(siteName) ?? createInstructionReaders(ownInstructions(siteName), promptMarker);
    readers.set(siteName, known);
    return known;
  };
  /** Decides who answers, and asks the models if they are to answer. */
  async function begin(question: AnswerQuestion): Promise<AsyncIterator<AnswerEvent, void>> {
    const { owner, site, text, locale, region, history, guidance, tickets, draft, otherLanguage, signal } = question;
    const earlier = exchangesOf(history);
    const lastFailed = earlier.at(-1)?.isFailed ?? false;
    const signals = readMessage({ text, last: lastAnswer(history), earlier });
    const ruleHit = rules(signals, {
      isUncovered: question.coverage === 'not-covered',
      sinceResolved: sinceResolved(history),
    });
    const offerFor = offerReasonOf(signals);
    const decide = (verdict?: Verdict) =>
      tickets.within(
        decideHandOff({
          ruleHit,
          offerFor,
          siteRules: site.handOff,
          lastFailed,
          isFollowUp: earlier.length > 0,
          passages: question.sources.length,
          ...(verdict === undefined ? {} : { verdict }),
        }),
      );
    const handOver = (decision: HandOffDecision, verdict?: Verdict) =>
      answerWithHandOff(decision, noticeOf(decision, locale, tickets), verdict);
    if (decide().handling === 'agent') return handOver(decide());
    if (question.budget === 'hand-off' || question.budget === 'stopped') return handOver(tickets.within(BUDGET_SPENT));

    const mask = createMaskFor(site, 'chat');
    const seen = hideFromModels(mask, { history, text });
    const calls = {
      requests: createRequestCount(),
      ...(draft && { record: draft.record }),
      ...(mask.found() > 0 && { masked: mask.found() }),
    };
    const routeTo = (taskType: string) => router({ taskType, region, allowedRegions: site.allowedRegions });
    const chatRoute = routeTo('chat');
    const versions = {
      knowledgeVersion: knowledgeOf(owner.siteId).version,
      promptVersion: PROMPT_VERSION,
      guidanceVersion: guidance?.version ?? '',
    };
    const cacheKey =
      question.cacheable && question.coverage === 'covered' && mask.found() === 0
        ? cache.keyOf({ siteId: owner.siteId, locale, ...versions, route: chatRoute, text })
        : undefined;
    const known = cacheKey && cache.find(cacheKey);
    if (known) return answerFromCache(known, decide());

    const before = seen.history.findLast(({ from }) => from === 'assistant')?.text;
    const judge = () =>
      triage({
        text: seen.text,
        ...(before === undefined ? {} : { before }),
        route: routeTo('classification'),
        owner,
        ...(otherLanguage && { searchLanguage: otherLanguage.searchLanguage }),
        ...calls,
        signal,
      });
    const judgedFirst = mode === 'sequential' || otherLanguage !== undefined ? judge() : undefined;
    const found = judgedFirst && otherLanguage && (await searchAgain(otherLanguage, judgedFirst));
    const isSimple =
      judgedFirst !== undefined && mode === 'sequential'
        ? isSimpleVerdict(await judgedFirst.verdict)
        : mode === 'thrifty' && isSimpleQuestion({ ...question, lastFailed });
    const chosen: Route =
      isSimple || question.budget === 'degrade'
        ? { ...routeTo('classification'), maxTokens: chatRoute.maxTokens } // the classification route's own limit is one label
        : chatRoute;
    const route = draft === undefined ? chosen : { ...chosen, why: `${chosen.why}; asked while the visitor typed` };
    const { sources, coverage } = found ?? question;
    const messages = buildAnswerPrompt({
      siteName: site.name,
      marker: promptMarker,
      guidance,
      sources,
      coverage,
      ...seen,
    });
    const ask = (until: AbortSignal) => {
      const said = gateway.stream({ route, purpose: 'answer', owner, messages, ...calls }, until);
      const fit = withoutInstructions(said, readersOf(site.name), (what) => onRecited(owner, what));
      return revealed(fit, mask);
    };
    const start = (until: AbortSignal) => {
      // Read ahead and shared with no one: what a visitor types must not reach another's answer.
      if (draft !== undefined) return createSingleFlight(ask, (failed) => failed && draft.onFailed()).join(until);
      return cacheKey === undefined ? ask(until) : cache.share(cacheKey, ask, until);
    };
    const speculation = speculate(start, signal);
    // After the answer: the label's first token needs less time than the answer's.
    const judgement = judgedFirst ?? judge();
    const held = () => (mode === 'sequential' ? judgement.verdict : firstVerdict(judgement, question.holdMs()));
    const keep = (whole: string) => cacheKey && cache.keep(cacheKey, whole);
    return streamHeld({ route, found, speculation, judgement, held, decide, handOver, keep });
  }

  return (question: AnswerQuestion): DelegatingIterator<AnswerEvent> => lazily(() => begin(question));
}

/** What the search terms of triage find; undefined when it names none in time, or they find nothing. */
async function searchAgain({ find }: OtherLanguage, { verdict }: Judgement): Promise<AnswerSources | undefined> {
  const terms = (await holdFor(verdict, FULL_VERDICT_MS))?.searchTerms;
  const found = terms === undefined ? undefined : find(terms);
  return found?.sources.length === 0 ? undefined : found;
}

/** Small talk, or a question that triage is confident the articles answer. */
function isSimpleVerdict(verdict: Verdict | undefined): boolean {
  if (verdict?.handling === 'smalltalk') return true;
  return verdict?.handling === 'answer' && (verdict.confidence ?? 0) >= SIMPLE_CONFIDENCE;
}
