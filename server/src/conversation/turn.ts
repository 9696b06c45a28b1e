/**
 * Runs one turn: search, triage and answer start at the same moment, and the answer is shown once the verdict allows
 * it. Every turn that starts ends in exactly one state.
 */
import type { Delta } from '@firstword/shared/wire';
import type { Finish } from '../gateway/chat-call.ts';
import type { Budgets } from '../ledger/budgets.ts';
import type { FeltTurns } from '../ledger/felt-turns.ts';
import { createCoalescedTimer } from '../lib/coalesced-timer.ts';
import type { DelegatingIterator } from '../lib/lazy-iterator.ts';
import type { Metrics } from '../lib/metrics.ts';
import type { ConversationStore } from '../store/conversation-store.ts';
import type { TicketCeilings } from '../tickets/ticket-ceilings.ts';
import type { HandOffDecision } from '../triage/hand-off.ts';
import { type AnswerParts, createAnswer, type RoutingMode } from './answer.ts';
import type { AnswerEvent } from './answer-event.ts';
import { findAnswerSources, otherLanguageOf } from './answer-sources.ts';
import { createDeltaWriter } from './delta-writer.ts';
import type { AnswerGuidance } from './guidance.ts';
import type { HandedOff } from './hand-off.ts';
import type { UnseenBreak } from './live-turns.ts';
import type { ViewerEvent } from './sink.ts';
import { createTicketPermit, type TicketPermit } from './ticket-permit.ts';
import { type AnswerGround, createTurnEnding, type TurnEndingParts } from './turn-ending.ts';
import type { TurnRequest } from './turn-request.ts';
import { fromBreak, fromFault, fromFinish, isRefusal, type TurnResult } from './turn-result.ts';

export interface TurnParts extends Omit<AnswerParts, 'mode'>, TurnEndingParts {
  readonly guidanceOf: (siteId: string) => AnswerGuidance | undefined;
  readonly store: Pick<ConversationStore, 'appendDeltas' | 'watchTurn' | 'endTurn'>;
  readonly budgets: Pick<Budgets, 'check'>;
  readonly ticketCeilings: TicketCeilings;
  readonly feltTurns: Pick<FeltTurns, 'opened'>;
  readonly metrics: Pick<Metrics, 'firstDelta' | 'added' | 'turns'>;
}

export interface TurnSettings {
  readonly mode: RoutingMode;
  /** How long a speculative answer may be held back, in milliseconds after the send. */
  readonly holdCapMs: number;
  /** Interval at which a silent turn renews its lease, in milliseconds. */
  readonly renewMs: number;
  /** How often to try to store a turn's end, half a second apart. */
  readonly endAttempts: number;
  /** How far the replay log may lag behind the live text, in milliseconds; read before each write. */
  readonly logEveryMs: () => number;
}

/** A turn whose question has been sent to the models. */
export interface AskedTurn {
  /** Shows the turn to its viewers and runs it to its end. To be called once, when its question is stored. */
  run(): void;
  /** Ends the model calls of a turn that no viewer has seen. */
  drop(reason: UnseenBreak): void;
}

/** A question that has been sent to the models. */
interface Asked extends AnswerGround {
  readonly events: DelegatingIterator<AnswerEvent>;
  readonly first: Promise<IteratorResult<AnswerEvent, void>>;
}

/** Sends a question to the models. */
export type AskTurn = (request: TurnRequest) => AskedTurn;

export function createTurns(parts: TurnParts, settings: TurnSettings): AskTurn {
  const { knowledgeOf, guidanceOf, store, metrics, log } = parts;
  const ending = createTurnEnding(parts, settings.endAttempts);
  const tick = createCoalescedTimer(settings.logEveryMs);
  const answer = createAnswer({ ...parts, mode: settings.mode });

  /** Sends the question to the models in this tick; a failure rejects the promise. */
  async function ask(request: TurnRequest, tickets: TicketPermit): Promise<Asked> {
    const { live, text, site, locale, region, visitorId, address, history } = request;
    const { conversationId, turnId, messageSeq, signal } = live;
    const knowledge = knowledgeOf(site.id);
    const guidance = guidanceOf(site.id);
    const { passages, sources, coverage } = findAnswerSources(knowledge, guidance, request);
    const owner = { siteId: site.id, conversationId, visitorId, turnId, address };
    const events = answer({
      owner,
      site,
      text,
      locale,
      region,
      history,
      sources,
      guidance,
      coverage,
      otherLanguage: otherLanguageOf(knowledge, guidance, request),
      bestPassageScore: passages[0]?.score ?? 0,
      otherArticleScore: passages.find(({ articleId }) => articleId !== passages[0]?.articleId)?.score ?? 0,
      cacheable: request.mayBeCached && messageSeq === 1,
      tickets,
      budget: parts.budgets.check(owner),
      holdMs: () => settings.holdCapMs - (performance.now() - (request.draft?.receivedAt() ?? request.receivedAt)),
      draft: request.draft,
      signal,
    });
    const first = events.next();
    first.catch(request.draft?.onFailed ?? (() => {})); // handled by the turn, after it has shown its start
    return { sources, coverage, knowledge, events, first };
  }

  return (request) => {
    const tickets = createTicketPermit(parts.ticketCeilings, { siteId: request.site.id, address: request.address });
    const asked = ask(request, tickets); // first of all, because the model takes longest
    asked.catch(request.draft?.onFailed ?? (() => {}));
    const { live } = request;
    return {
      run: () =>
        void runTurn(request, asked, tickets)
          .catch((error: unknown) => log.error({ turnId: live.turnId, reason: stackOf(error) }, 'ending a turn failed'))
          .finally(() => {
            live.finish();
            live.close();
          }),
      drop(reason) {
        live.end(reason);
        endCalls(asked);
        tickets.settle(false);
      },
    };
  };

  function observeFirstDelta({ receivedAt, draft }: TurnRequest, modelTtftMs: number | undefined): void {
    const waitMs = performance.now() - (draft?.receivedAt() ?? receivedAt);
    metrics.firstDelta.observe(waitMs / 1000);
    // Of a draft's model call, only the part after the send was waited for.
    if (modelTtftMs !== undefined && draft === undefined) metrics.added.observe((waitMs - modelTtftMs) / 1000);
  }

  /** Settles when the turn's ticket and notice are stored as well. */
  async function runTurn(request: TurnRequest, asked: Promise<Asked>, tickets: TicketPermit): Promise<void> {
    const { live, site, locale, region, visitorId } = request;
    const { conversationId, turnId, messageSeq } = live;
    const show = (event: ViewerEvent) => parts.sink(conversationId, event);
    parts.visits.note(conversationId, { type: 'asked', siteId: site.id, visitorId, turnId });
    const writer = createDeltaWriter(store, live, {
      tick,
      renewMs: settings.renewMs,
      onEndedElsewhere: () => live.end('stopped'),
    });
    let asking: Asked | undefined;
    let answerText = '';
    let handingOver: Promise<HandedOff | undefined> | undefined;
    let decided: HandOffDecision | undefined;
    let keep: (() => void) | undefined;
    let why = '';
    let result: TurnResult;
    try {
      let tier = '';
      let modelTtftMs: number | undefined;
      let finish: Finish | undefined;
      let isReplaced = false;
      show({ type: 'turn-start', turnId, messageSeq });
      asking = await asked;
      for (let step = await asking.first; !step.done; step = await asking.events.next()) {
        const event = step.value;
        if (event.type === 'route') {
          why = event.why;
          tier = event.tier;
        }
        if (event.type === 'model') {
          modelTtftMs = event.ttftMs;
          why = `${why}; ${event.modelId} answered first, after ${Math.round(event.ttftMs)} ms`;
          parts.feltTurns.opened({ turnId, conversationId, siteId: site.id, region, tier, modelId: event.modelId });
        }
        if (event.type === 'found') asking = { ...asking, sources: event.sources, coverage: event.coverage };
        if (event.type === 'end') finish = event.finish;
        if (event.type === 'cacheable') keep = event.keep;
        if (event.type === 'decision') decided = event.decision;
        if (event.type === 'decision' && event.decision.reason !== undefined)
          handingOver = ending.openTicket(request, event.decision, event.verdict);
        if (event.type === 'retract') {
          answerText = '';
          isReplaced = true;
          // Those who join now must not receive it.
          for (const shown of live.deltas) shown.text = '';
        }
        if (event.type !== 'text') continue;
        answerText += event.text;
        const delta: Delta = { n: live.deltas.length + 1, text: event.text, ...(isReplaced && { replaces: true }) };
        isReplaced = false;
        live.deltas.push(delta);
        writer.push(delta);
        show({ type: 'text-delta', turnId, ...delta });
        if (delta.n === 1) observeFirstDelta(request, modelTtftMs);
      }
      result = fromFinish(finish, locale);
    } catch (error) {
      result = live.signal.aborted ? fromBreak(live.signal.reason) : fromFault(error, answerText !== '', locale);
      if (!live.signal.aborted) log.warn({ turnId, reason: String(error) }, 'turn ended early');
      if (!isRefusal(error) && !live.signal.aborted) log.error({ turnId, reason: stackOf(error) }, 'turn failed');
    } finally {
      endCalls(asked);
    }
    await writer.close();
    await ending.end(request, { text: answerText, asking, decided, keep, why, result, handingOver, tickets });
  }
}

/** The ledger still records them. */
const endCalls = (asked: Promise<Asked>) => void asked.then(({ events }) => events.return()).catch(() => {});

const stackOf = (error: unknown) => (error instanceof Error ? error.stack : String(error));
