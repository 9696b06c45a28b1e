/**
 * One turn, start to end: the question is searched, sorted and answered at the same moment, and the answer is let
 * through when the verdict allows it. Every turn that starts ends in exactly one state.
 */
import { setTimeout } from 'node:timers/promises';
import type { Region } from '@firstword/shared/catalog';
import type { Message } from '@firstword/shared/wire';
import type { Finish } from '../gateway/chat-call.ts';
import type { Budgets } from '../ledger/budgets.ts';
import type { FeltTurns } from '../ledger/felt-turns.ts';
import type { Visits } from '../ledger/visits.ts';
import { createCoalescedTimer } from '../lib/coalesced-timer.ts';
import type { DelegatingIterator } from '../lib/lazy-iterator.ts';
import type { Log } from '../lib/log.ts';
import type { ConversationStore, EndOutcome } from '../store/conversation-store.ts';
import type { HandOffDecision, HandOffPolicy } from '../triage/hand-off.ts';
import type { Verdict } from '../triage/verdict.ts';
import { type AnswerEvent, type AnswerParts, createAnswer, type RoutingMode } from './answer.ts';
import { conversationTexts } from './conversation-texts.ts';
import { createDeltaWriter } from './delta-writer.ts';
import type { HandedOff, HandOff } from './hand-off.ts';
import type { LiveTurn } from './live-turns.ts';
import { type Source, toSources } from './prompt.ts';
import {
  endEvents,
  fromBreak,
  fromFault,
  fromFinish,
  isRefusal,
  type TurnOutput,
  type TurnResult,
  toMessage,
} from './turn-result.ts';

/** What a turn needs to know of the site it speaks for. */
export interface TurnSite {
  readonly id: string;
  readonly name: string;
  readonly handOff: HandOffPolicy;
  readonly allowedRegions?: readonly Region[] | undefined;
}

export interface TurnRequest {
  readonly live: LiveTurn;
  readonly site: TurnSite;
  readonly visitorId: string;
  readonly text: string;
  /** What was said before, oldest first. */
  readonly history: readonly Message[];
  readonly locale: string | undefined;
  readonly region: Region;
  /** `performance.now()` at the receipt of the send: what the hold's cap is counted from. */
  readonly receivedAt: number;
  /** A first answer for a visitor whom the site has not identified; only such a one may come from the cache. */
  readonly mayBeCached: boolean;
}

export interface TurnParts extends Omit<AnswerParts, 'mode'> {
  readonly store: ConversationStore;
  readonly handOff: HandOff;
  readonly budgets: Pick<Budgets, 'check'>;
  readonly feltTurns: Pick<FeltTurns, 'opened'>;
  readonly visits: Pick<Visits, 'note'>;
  readonly log: Log;
}

export interface TurnSettings {
  readonly mode: RoutingMode;
  /** Longest hold of a speculative answer, in milliseconds after the send. */
  readonly holdCapMs: number;
  /** Renewal of the turn's lease while it is silent. */
  readonly renewMs: number;
  /** Half-second tries to store a turn's end. */
  readonly endAttempts: number;
  /** The replay log lags the live text by at most this; in milliseconds, asked again and again. */
  readonly logEveryMs: () => number;
}

const PASSAGES = 4;

/** No model could answer: people can. */
const NOBODY_ANSWERS: HandOffDecision = {
  handling: 'complex',
  reasons: ['rule:no-model'],
  reason: 'model-unavailable',
  urgency: 'normal',
};

/** A turn whose question is on its way to the models. */
export interface AskedTurn {
  /** To be iterated to its end, unless the turn is dropped. */
  readonly outputs: AsyncGenerator<TurnOutput>;
  /** Nobody was told of it, and nobody will be: its model calls end at once and are booked. */
  drop(): void;
}

/** A question on its way to the models. */
interface Asked {
  readonly sources: readonly Source[];
  readonly events: DelegatingIterator<AnswerEvent>;
  readonly first: Promise<IteratorResult<AnswerEvent, void>>;
}

export function createTurnRunner(parts: TurnParts, settings: TurnSettings) {
  const { knowledgeOf, store, handOff, log } = parts;
  const tick = createCoalescedTimer(settings.logEveryMs);
  const answer = createAnswer({ ...parts, mode: settings.mode });

  /** Sends the question to the models in this very tick; whatever fails, the promise says so. */
  async function ask(request: TurnRequest): Promise<Asked> {
    const { live, text, site, locale, region, visitorId, history } = request;
    const { conversationId, turnId, messageSeq, signal } = live;
    const knowledge = knowledgeOf(site.id);
    const passages = knowledge.search(text, PASSAGES);
    const sources = toSources(passages, knowledge.textOf);
    const owner = { siteId: site.id, conversationId, visitorId, turnId };
    const events = answer({
      owner,
      site,
      text,
      locale,
      region,
      history,
      sources,
      bestPassageScore: passages[0]?.score ?? 0,
      cacheable: request.mayBeCached && messageSeq === 1,
      budget: parts.budgets.check(owner),
      holdMs: settings.holdCapMs - (performance.now() - request.receivedAt),
      signal,
    });
    const first = events.next();
    first.catch(() => {}); // the turn looks at it after it has told that it began
    return { sources, events, first };
  }

  return function run(request: TurnRequest): AskedTurn {
    const asked = ask(request); // before anybody is told anything: the model's wait is the longest
    asked.catch(() => {});
    return {
      outputs: tell(request, asked),
      drop() {
        request.live.end('asked-early');
        asked.then(({ events }) => events.return()).catch(() => {});
      },
    };
  };

  async function* tell(request: TurnRequest, asked: Promise<Asked>): AsyncGenerator<TurnOutput> {
    const { live, site, locale, region } = request;
    const { conversationId, turnId, messageSeq } = live;
    yield { type: 'turn-start', turnId, messageSeq };
    parts.visits.note(conversationId, { type: 'asked', siteId: site.id, turnId });
    const writer = createDeltaWriter(store, live, {
      tick,
      renewMs: settings.renewMs,
      onEndedElsewhere: () => live.end('stopped'),
    });
    let asking: Asked | undefined;
    let said = '';
    let handingOver: Promise<HandedOff | undefined> | undefined;
    let why = '';
    let result: TurnResult;
    const inBackground = (handing: Promise<HandedOff>) =>
      handing.catch((error: unknown) => {
        log.error({ turnId, reason: String(error) }, 'no ticket could be opened');
        return undefined;
      });
    try {
      let tier = '';
      let finish: Finish | undefined;
      asking = await asked;
      for (let step = await asking.first; !step.done; step = await asking.events.next()) {
        const event = step.value;
        if (event.type === 'route') {
          why = event.why;
          tier = event.tier;
        }
        if (event.type === 'model') {
          live.modelTtftMs = event.ttftMs;
          why = `${why}; ${event.modelId} spoke first, after ${Math.round(event.ttftMs)} ms`;
          parts.feltTurns.opened({ turnId, conversationId, siteId: site.id, region, tier, modelId: event.modelId });
        }
        if (event.type === 'end') finish = event.finish;
        if (event.type === 'decision' && event.decision.reason !== undefined)
          handingOver = inBackground(handOver(request, event.decision, event.verdict));
        if (event.type !== 'text') continue;
        said += event.text;
        const delta = { n: live.deltas.length + 1, text: event.text };
        live.deltas.push(delta);
        writer.push(delta);
        yield { type: 'text-delta', turnId, ...delta };
      }
      result = fromFinish(finish, locale);
    } catch (error) {
      result = live.signal.aborted ? fromBreak(live.signal.reason) : fromFault(error, said !== '', locale);
      if (!live.signal.aborted) log.warn({ turnId, reason: String(error) }, 'turn ended early');
      if (!isRefusal(error) && !live.signal.aborted)
        log.error({ turnId, reason: error instanceof Error ? error.stack : String(error) }, 'turn failed');
    } finally {
      void asking?.events.return(); // also when nobody listens to the turn any more
    }
    parts.visits.note(conversationId, { type: 'answered', turnId, state: result.state });
    await writer.close();
    const message = toMessage(turnId, result.replacement ?? said, result, asking?.sources ?? []);
    const outcome = await endDurably(live, { state: result.state, why, ...(message ? { message } : {}) });
    live.finish();
    if (outcome !== undefined) yield* endEvents(turnId, outcome, result, message);
    // Redis stayed away: the visitor still sees an end, and a sweep stores it from the log when Redis is back.
    else yield { type: 'turn-end', turnId, state: 'interrupted', code: 'unavailable', retryable: true };
    if (result.state === 'failed') handingOver ??= inBackground(handOver(request, NOBODY_ANSWERS));
    yield* tellHandOver(request, await handingOver, said);
  }

  /** `endTurn` has one effect however often it is sent, so it is sent until Redis answers or patience ends. */
  async function endDurably(
    { conversationId, turnId }: LiveTurn,
    end: Parameters<ConversationStore['endTurn']>[2],
  ): Promise<EndOutcome | undefined> {
    for (let attempt = 1; attempt <= settings.endAttempts; attempt++) {
      try {
        return await store.endTurn(conversationId, turnId, end);
      } catch (error) {
        log.warn({ turnId, attempt, reason: String(error) }, 'turn end not stored yet');
        await setTimeout(500);
      }
    }
    return undefined;
  }

  /** Opens the ticket that a decision asks for; people are told once, whatever a process does in between. */
  function handOver(request: TurnRequest, decision: HandOffDecision, verdict?: Verdict): Promise<HandedOff> {
    const { live, site, text, locale } = request;
    const { handling, reasons, reason = 'complex', urgency } = decision;
    return handOff.open({
      siteId: site.id,
      conversationId: live.conversationId,
      openedBy: 'assistant',
      reason,
      urgency,
      firstLine: text,
      locale,
      verdict: { ...verdict, handling, reasons: [...reasons] },
      idempotencyKey: live.turnId,
    });
  }

  /** What viewers hear of a hand-off, after the answer; nothing when people were on it already. */
  async function* tellHandOver(
    { live, locale }: TurnRequest,
    handed: HandedOff | undefined,
    said: string,
  ): AsyncGenerator<TurnOutput> {
    if (handed === undefined || !handed.created) return;
    parts.visits.note(live.conversationId, { type: 'handed-off' });
    // Where a person's coming was the answer itself, it is not said twice.
    if (said !== conversationTexts(locale).agentWillReply) {
      const message = await handOff
        .tell(live.conversationId, handed.ticketId, 'agentWillInvestigate', locale)
        .catch((error: unknown) =>
          log.error({ turnId: live.turnId, reason: String(error) }, 'a notice was not stored'),
        );
      if (message) yield { type: 'message', message };
    }
    yield { type: 'responder', change: handed.responder };
  }
}

export type TurnRunner = ReturnType<typeof createTurnRunner>;
