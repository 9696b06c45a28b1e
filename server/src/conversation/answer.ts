/**
 * The answer to one message and the decision about it. The fast tier is asked at once; rules, then the verdict, decide
 * whether its words are let through, followed by people, or dropped in favour of a person.
 */
import type { Region } from '@firstword/shared/catalog';
import type { Message } from '@firstword/shared/wire';
import type { CallOwner, ChatEvent, Gateway } from '../gateway/chat-call.ts';
import type { Router } from '../routing/router.ts';
import { decideHandOff, type HandOffDecision, type HandOffPolicy } from '../triage/hand-off.ts';
import type { HandOffRules } from '../triage/hand-off-rules.ts';
import type { Triage } from '../triage/triage.ts';
import type { Verdict } from '../triage/verdict.ts';
import { holdForVerdict } from './gate.ts';
import { buildAnswerPrompt, type Source } from './prompt.ts';
import { conversationTexts } from './texts.ts';

/** `speculative` answers while it sorts; `sequential` sorts first, which is cheaper and slower. */
export type RoutingMode = 'speculative' | 'sequential';

export interface AnswerQuestion {
  readonly owner: CallOwner;
  readonly site: { readonly name: string; readonly handOff: HandOffPolicy };
  readonly text: string;
  readonly locale: string | undefined;
  readonly region: Region;
  /** What was said before, oldest first. */
  readonly history: readonly Message[];
  readonly sources: readonly Source[];
  /** Milliseconds that the hold may still last. */
  readonly holdMs: number;
  readonly signal: AbortSignal;
}

/** One `decision` comes in every answer that ends, as early as it is known. */
export type AnswerEvent =
  | ChatEvent
  | { readonly type: 'decision'; readonly decision: HandOffDecision; readonly verdict?: Verdict };

export interface AnswerParts {
  readonly gateway: Gateway;
  readonly triage: Triage;
  readonly router: Router;
  readonly rules: HandOffRules;
  readonly mode: RoutingMode;
}

/** A verdict for a person is waited for in full, because its confidence counts: at most this long after its label. */
const FULL_VERDICT_MS = 600;

export function createAnswer({ gateway, triage, router, rules, mode }: AnswerParts) {
  return async function* answer(question: AnswerQuestion): AsyncGenerator<AnswerEvent> {
    const { owner, site, text, region, history, sources, signal } = question;
    const recentFailures = failuresInARow(history);
    const ruleHit = rules({ text, recentFailures, bestPassageScore: sources.length === 0 ? 0 : 1 });
    const decide = (verdict?: Verdict) =>
      decideHandOff({
        ruleHit,
        siteRules: site.handOff,
        recentFailures,
        passages: sources.length,
        ...(verdict === undefined ? {} : { verdict }),
      });
    if (decide().handling === 'person') return yield* passOn(decide(), question.locale);

    const before = history.findLast(({ from }) => from === 'assistant')?.text;
    const judgement = triage({
      text,
      ...(before === undefined ? {} : { before }),
      route: router({ taskType: 'classification', region }),
      owner,
      signal,
    });
    if (mode === 'sequential') await judgement.verdict;
    const dropped = new AbortController();
    const route = router({ taskType: 'chat', region });
    const messages = buildAnswerPrompt({ siteName: site.name, history, sources, text });
    const request = { route, purpose: 'answer', owner, messages } as const;
    const events = gateway.stream(request, AbortSignal.any([signal, dropped.signal]))[Symbol.asyncIterator]();
    const first = events.next(); // the request leaves now; its tokens wait in the socket while we hold
    first.catch(() => {}); // looked at below, perhaps after the hold

    if (mode === 'speculative' && (await holdForVerdict(judgement.handling, question.holdMs)) === 'person') {
      await holdForVerdict(
        judgement.verdict.then((verdict) => verdict?.handling),
        FULL_VERDICT_MS,
      );
    }
    let known: { verdict: Verdict | undefined } | undefined;
    const whole = judgement.verdict.then((verdict) => {
      known = { verdict };
      return verdict;
    });
    await Promise.resolve(); // a verdict that is there already is known from here on
    let told = false;
    const tell = (verdict: Verdict | undefined): AnswerEvent => {
      told = true;
      return { type: 'decision', decision: decide(verdict), ...(verdict === undefined ? {} : { verdict }) };
    };
    if (known?.verdict && decide(known.verdict).handling === 'person') {
      dropped.abort('speculation-dropped');
      return yield* passOn(decide(known.verdict), question.locale, known.verdict);
    }
    for (let step = await first; !step.done; step = await events.next()) {
      if (known !== undefined && !told) yield tell(known.verdict);
      yield step.value;
    }
    if (!told) yield tell(await whole);
  };
}

/** A person takes over: said at once, without any model. */
function* passOn(decision: HandOffDecision, locale: string | undefined, verdict?: Verdict): Generator<AnswerEvent> {
  yield { type: 'decision', decision, ...(verdict === undefined ? {} : { verdict }) };
  yield { type: 'text', text: conversationTexts(locale).personComes };
  yield { type: 'end', finish: 'complete', usage: { promptTokens: 0, completionTokens: 0, estimated: false } };
}

/** The answers since the last good one that failed. */
function failuresInARow(history: readonly Message[]): number {
  const answers = history.filter(({ from }) => from === 'assistant');
  const lastGood = answers.findLastIndex(({ state }) => state !== 'failed' && state !== 'interrupted');
  return answers.length - 1 - lastGood;
}
