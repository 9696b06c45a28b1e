/** Streams an answer that is held back until its verdict allows it, and the decision as soon as the verdict is complete. */
import type { ChatEvent } from '../gateway/chat-call.ts';
import type { DelegatingIterator } from '../lib/lazy-iterator.ts';
import type { Route } from '../routing/route.ts';
import type { HandOffDecision } from '../triage/hand-off.ts';
import type { Judgement } from '../triage/triage.ts';
import type { Verdict } from '../triage/verdict.ts';
import type { AnswerEvent } from './answer-event.ts';
import type { AnswerSources } from './answer-sources.ts';
import { holdFor } from './hold-for.ts';
import type { Speculation } from './speculation.ts';

/** How long to wait for the full verdict after its label calls for an agent, because its confidence matters. */
export const FULL_VERDICT_MS = 600;

/** The full verdict if its label calls for an agent, otherwise undefined: the answer need not wait for it. */
export async function firstVerdict({ handling, verdict }: Judgement, holdMs: number): Promise<Verdict | undefined> {
  return (await holdFor(handling, holdMs)) === 'agent' ? holdFor(verdict, FULL_VERDICT_MS) : undefined;
}

interface HeldAnswer {
  readonly route: Route;
  /** What was found by the search terms of triage, instead of the visitor's words. */
  readonly found: AnswerSources | undefined;
  readonly speculation: Speculation;
  readonly judgement: Judgement;
  /** No text is shown before this settles, and none at all if the verdict calls for an agent. */
  readonly held: () => Promise<Verdict | undefined>;
  readonly decide: (verdict?: Verdict) => HandOffDecision;
  readonly handOver: (decision: HandOffDecision, verdict: Verdict) => AsyncGenerator<AnswerEvent, void>;
  /** Called with an answer that may be cached. */
  readonly keep: (whole: string) => void;
}

/** Yields the answer's events, and the decision as soon as the verdict is complete, even while the model pauses. */
export async function* streamHeld(answer: HeldAnswer): AsyncGenerator<AnswerEvent, void> {
  const { route, found, speculation, judgement, held, decide, handOver, keep } = answer;
  let isDecided = false;
  const decision = (verdict: Verdict | undefined): AnswerEvent => {
    isDecided = true;
    return { type: 'decision', decision: decide(verdict), ...(verdict === undefined ? {} : { verdict }) };
  };
  let text = '';
  let events: DelegatingIterator<ChatEvent> | undefined;
  try {
    yield { type: 'route', tier: route.tier, why: route.why };
    if (found !== undefined) yield { type: 'found', ...found };
    const first = await held();
    if (first !== undefined && decide(first).handling === 'agent') return yield* handOver(decide(first), first);
    const judged = judgement.verdict.then((verdict) => ({ verdict }));
    events = speculation.take();
    for (let next = events.next(); ; ) {
      const step = isDecided ? await next : await Promise.race([next, judged]);
      if ('verdict' in step) {
        next.catch(() => {}); // awaited below, possibly after it has rejected
        yield decision(step.verdict);
        continue;
      }
      if (step.done) return;
      const event = step.value;
      if (event.type === 'retract') text = '';
      if (event.type === 'text') text += event.text;
      if (event.type === 'end') {
        const verdict = await holdFor(judgement.verdict, FULL_VERDICT_MS); // usually settled long before
        if (!isDecided) yield decision(verdict);
        if (event.finish === 'complete' && verdict?.handling === 'answer' && decide(verdict).handling === 'answer')
          yield { type: 'cacheable', keep: () => keep(text) };
      }
      yield event;
      next = events.next();
    }
  } finally {
    await events?.return();
    speculation.drop();
  }
}
