/**
 * The answer to one message and the decision about it. The fast tier is asked at once; rules, then the verdict, decide
 * whether its words are let through, followed by people, or dropped in favour of a person.
 */
import type { Region, Tier } from '@firstword/shared/catalog';
import type { Message } from '@firstword/shared/wire';
import type { CallOwner, ChatEvent, Gateway } from '../gateway/chat-call.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { BudgetVerdict } from '../ledger/budget-rules.ts';
import { type DelegatingIterator, lazily } from '../lib/lazy-iterator.ts';
import type { Route } from '../routing/route.ts';
import type { Router } from '../routing/router.ts';
import { decideHandOff, type HandOffDecision, type HandOffPolicy } from '../triage/hand-off.ts';
import type { HandOffRules } from '../triage/hand-off-rules.ts';
import type { Judgement, Triage } from '../triage/triage.ts';
import type { Verdict } from '../triage/verdict.ts';
import type { AnswerCache } from './answer-cache.ts';
import { conversationTexts } from './conversation-texts.ts';
import { holdFor } from './hold-for.ts';
import { buildAnswerPrompt, PROMPT_VERSION, type Source } from './prompt.ts';
import { type Speculation, speculate } from './speculation.ts';

/** `speculative` answers while it sorts; `sequential` sorts first, which is cheaper and slower. */
export type RoutingMode = 'speculative' | 'sequential';

export interface AnswerQuestion {
  readonly owner: CallOwner;
  readonly site: {
    readonly name: string;
    readonly handOff: HandOffPolicy;
    readonly allowedRegions?: readonly Region[] | undefined;
  };
  readonly text: string;
  readonly locale: string | undefined;
  readonly region: Region;
  /** What was said before, oldest first. */
  readonly history: readonly Message[];
  readonly sources: readonly Source[];
  /** 0…1, comparable between searches; 0 when nothing was found. */
  readonly bestPassageScore: number;
  /** The first question of a visitor whom the site has not identified. */
  readonly cacheable: boolean;
  /** What the owner's budgets allow: `degrade` asks the cheapest tier, `hand-off` and `stopped` no model at all. */
  readonly budget: BudgetVerdict;
  /** Milliseconds that the hold may still last. */
  readonly holdMs: number;
  readonly signal: AbortSignal;
}

/**
 * One `decision` comes in every answer that ends, as early as it is known; `route` comes before the first text and says
 * why which model was chosen.
 */
export type AnswerEvent =
  | ChatEvent
  | { readonly type: 'route'; readonly tier: Tier; readonly why: string }
  | { readonly type: 'decision'; readonly decision: HandOffDecision; readonly verdict?: Verdict };

export interface AnswerParts {
  readonly gateway: Gateway;
  readonly triage: Triage;
  readonly router: Router;
  readonly rules: HandOffRules;
  readonly knowledgeOf: (siteId: string) => Knowledge;
  readonly cache: AnswerCache;
  readonly mode: RoutingMode;
}

/** A verdict for a person is waited for in full, because its confidence counts: at most this long after its label. */
const FULL_VERDICT_MS = 600;
/** From here on a question counts as simple; in sequential mode the instant tier then answers it. */
const SIMPLE_CONFIDENCE = 0.8;
/** The budget is used up, or the owner has stopped all model calls: people answer. */
const NO_MONEY_LEFT: HandOffDecision = {
  handling: 'person',
  reasons: ['site:budget'],
  reason: 'budget',
  urgency: 'normal',
};
const NOTHING_USED = { promptTokens: 0, completionTokens: 0, estimated: false } as const;

export function createAnswer({ gateway, triage, router, rules, knowledgeOf, cache, mode }: AnswerParts) {
  /** Decides who answers, and asks the models when they are to. */
  async function begin(question: AnswerQuestion): Promise<AsyncIterator<AnswerEvent, void>> {
    const { owner, site, text, locale, region, history, sources, signal } = question;
    const recentFailures = failuresInARow(history);
    const ruleHit = rules({ text, recentFailures, bestPassageScore: question.bestPassageScore });
    const decide = (verdict?: Verdict) =>
      decideHandOff({
        ruleHit,
        siteRules: site.handOff,
        recentFailures,
        passages: sources.length,
        ...(verdict === undefined ? {} : { verdict }),
      });
    if (decide().handling === 'person') return passOn(decide(), locale);
    if (question.budget === 'hand-off' || question.budget === 'stopped') return passOn(NO_MONEY_LEFT, locale);

    const routeTo = (taskType: string) => router({ taskType, region, allowedRegions: site.allowedRegions });
    const chatRoute = routeTo('chat');
    const versions = { knowledgeVersion: knowledgeOf(owner.siteId).version, promptVersion: PROMPT_VERSION };
    const cacheKey = question.cacheable
      ? cache.keyOf({ siteId: owner.siteId, locale, ...versions, route: chatRoute, text })
      : undefined;
    const known = cacheKey && cache.find(cacheKey);
    if (known) return giveAgain(known, decide());

    const before = history.findLast(({ from }) => from === 'assistant')?.text;
    const judgement = triage({
      text,
      ...(before === undefined ? {} : { before }),
      route: routeTo('classification'),
      owner,
      signal,
    });
    const isSimple = mode === 'sequential' && isSimpleQuestion(await judgement.verdict);
    const route: Route =
      isSimple || question.budget === 'degrade'
        ? { ...routeTo('classification'), maxTokens: chatRoute.maxTokens } // its own limit is one label long
        : chatRoute;
    const messages = buildAnswerPrompt({ siteName: site.name, history, sources, text });
    const ask = (until: AbortSignal) => gateway.stream({ route, purpose: 'answer', owner, messages }, until);
    const speculation = speculate(
      (until) => (cacheKey === undefined ? ask(until) : cache.share(cacheKey, ask, until)),
      signal,
    );
    const held = mode === 'speculative' ? firstVerdict(judgement, question.holdMs) : judgement.verdict;
    const keep = (said: string) => cacheKey && cache.keep(cacheKey, said);
    return letThrough({ route, locale, speculation, judgement, held, decide, keep });
  }

  return (question: AnswerQuestion): DelegatingIterator<AnswerEvent> => lazily(() => begin(question));
}

/** The verdict when it bears on the hold: whole when its label calls for a person, else none yet. */
async function firstVerdict({ handling, verdict }: Judgement, holdMs: number): Promise<Verdict | undefined> {
  return (await holdFor(handling, holdMs)) === 'person' ? holdFor(verdict, FULL_VERDICT_MS) : undefined;
}

interface HeldAnswer {
  readonly route: Route;
  readonly locale: string | undefined;
  readonly speculation: Speculation;
  readonly judgement: Judgement;
  /** Until it settles no word is let through; with a verdict for a person none ever is. */
  readonly held: Promise<Verdict | undefined>;
  readonly decide: (verdict?: Verdict) => HandOffDecision;
  /** Hears an answer that may be given again. */
  readonly keep: (said: string) => void;
}

/** The answer's events, the decision among them as soon as the verdict is whole, also while the model pauses. */
async function* letThrough(answer: HeldAnswer): AsyncGenerator<AnswerEvent, void> {
  const { route, locale, speculation, judgement, held, decide, keep } = answer;
  let isTold = false;
  const tell = (verdict: Verdict | undefined): AnswerEvent => {
    isTold = true;
    return { type: 'decision', decision: decide(verdict), ...(verdict === undefined ? {} : { verdict }) };
  };
  let said = '';
  let events: DelegatingIterator<ChatEvent> | undefined;
  try {
    yield { type: 'route', tier: route.tier, why: route.why };
    const first = await held;
    if (first !== undefined && decide(first).handling === 'person') return yield* passOn(decide(first), locale, first);
    const judged = judgement.verdict.then((verdict) => ({ verdict }));
    events = speculation.take();
    for (let next = events.next(); ; ) {
      const heard = isTold ? await next : await Promise.race([next, judged]);
      if ('verdict' in heard) {
        next.catch(() => {}); // it is awaited below, perhaps later than it fails
        yield tell(heard.verdict);
        continue;
      }
      if (heard.done) return;
      const event = heard.value;
      if (event.type === 'text') said += event.text;
      if (event.type === 'end') {
        const verdict = await holdFor(judgement.verdict, FULL_VERDICT_MS); // long since there, as a rule
        if (!isTold) yield tell(verdict);
        if (event.finish === 'complete' && verdict?.handling === 'answer' && decide(verdict).handling === 'answer')
          keep(said);
      }
      yield event;
      next = events.next();
    }
  } finally {
    await events?.return();
    speculation.drop();
  }
}

async function* giveAgain(text: string, decision: HandOffDecision): AsyncGenerator<AnswerEvent, void> {
  yield { type: 'route', tier: 'fast', why: 'answer cache: this question was answered before' };
  yield { type: 'decision', decision };
  yield { type: 'text', text };
  yield { type: 'end', finish: 'complete', usage: NOTHING_USED };
}

/** Small talk, or a question that triage is sure the articles answer. */
function isSimpleQuestion(verdict: Verdict | undefined): boolean {
  if (verdict?.handling === 'smalltalk') return true;
  return verdict?.handling === 'answer' && (verdict.confidence ?? 0) >= SIMPLE_CONFIDENCE;
}

/** A person takes over: said at once, without any model. */
async function* passOn(
  decision: HandOffDecision,
  locale: string | undefined,
  verdict?: Verdict,
): AsyncGenerator<AnswerEvent, void> {
  yield { type: 'decision', decision, ...(verdict === undefined ? {} : { verdict }) };
  yield { type: 'text', text: conversationTexts(locale).agentWillReply };
  yield { type: 'end', finish: 'complete', usage: NOTHING_USED };
}

/** The answers since the last good one that failed. */
function failuresInARow(history: readonly Message[]): number {
  const answers = history.filter(({ from }) => from === 'assistant');
  const lastGood = answers.findLastIndex(({ state }) => state !== 'failed' && state !== 'interrupted');
  return answers.length - 1 - lastGood;
}
