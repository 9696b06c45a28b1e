/** The last steps of a turn: its answer is checked, its end is stored and shown, and a ticket is opened where one is needed. */
import { setTimeout } from 'node:timers/promises';
import type { Coverage } from '../knowledge/coverage.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Visits } from '../ledger/visits.ts';
import type { Log } from '../lib/log.ts';
import type { Metrics } from '../lib/metrics.ts';
import type { EndOutcome } from '../store/conversation-outcomes.ts';
import type { ConversationStore } from '../store/conversation-store.ts';
import type { HandOffDecision } from '../triage/hand-off.ts';
import type { Verdict } from '../triage/verdict.ts';
import { withCitedLinks } from './answer-links.ts';
import { type CheckedAnswer, createAnswerCheck } from './check-answer.ts';
import { conversationTexts } from './conversation-texts.ts';
import type { HandedOff, HandOff } from './hand-off.ts';
import type { LiveTurn } from './live-turns.ts';
import type { Source } from './prompt.ts';
import type { Sink, ViewerEvent } from './sink.ts';
import type { TicketPermit } from './ticket-permit.ts';
import type { TurnRequest } from './turn-request.ts';
import { endEvents, type TurnResult, toMessage } from './turn-result.ts';

export interface TurnEndingParts {
  readonly store: Pick<ConversationStore, 'endTurn'>;
  readonly handOff: HandOff;
  readonly visits: Pick<Visits, 'note'>;
  readonly metrics: Pick<Metrics, 'turns'>;
  /** Called once for each answer of a model, with what its articles cover and how many of its sentences they don't support. */
  readonly onGrounded: (grounding: { siteId: string; coverage: Coverage; unsupported: number }) => void;
  /** Origins of the site's pages and of this server: answers may link to them. */
  readonly originsOf: (siteId: string) => readonly string[];
  readonly sink: Sink;
  readonly log: Log;
}

/** What an answer may rest on. */
export interface AnswerGround {
  readonly sources: readonly Source[];
  readonly coverage: Coverage;
  readonly knowledge: Knowledge;
}

/** An answer after its last token. */
export interface ShownAnswer {
  readonly text: string;
  /** Undefined when the question could not be asked. */
  readonly asking: AnswerGround | undefined;
  readonly decided: HandOffDecision | undefined;
  /** Caches the answer; undefined where it may not be cached. */
  readonly keep: (() => void) | undefined;
  /** Why this model answered, for the record. */
  readonly why: string;
  readonly result: TurnResult;
  readonly handingOver: Promise<HandedOff | undefined> | undefined;
  readonly tickets: Pick<TicketPermit, 'within' | 'settle'>;
}

/** When no model may be asked, trying again can't help. */
const NO_MODEL_ALLOWED: HandOffDecision = {
  handling: 'complex',
  reasons: ['rule:no-model'],
  reason: 'model-unavailable',
  urgency: 'normal',
};

export type TurnEnding = ReturnType<typeof createTurnEnding>;

/** @param endAttempts half-second tries to store a turn's end */
export function createTurnEnding(parts: TurnEndingParts, endAttempts: number) {
  const { store, handOff, visits, metrics, onGrounded, originsOf, sink, log } = parts;
  const checkAnswer = createAnswerCheck();

  /** `endTurn` has one effect however often it is sent, so it is repeated until Redis answers; else undefined. */
  async function endDurably(
    { conversationId, turnId }: LiveTurn,
    end: Parameters<ConversationStore['endTurn']>[2],
  ): Promise<EndOutcome | undefined> {
    for (let attempt = 1; attempt <= endAttempts; attempt++) {
      try {
        return await store.endTurn(conversationId, turnId, end);
      } catch (error) {
        log.warn({ turnId, attempt, reason: String(error) }, 'failed to store turn end, retrying');
        await setTimeout(500);
      }
    }
    return undefined;
  }

  /** After the last token: what a visitor reads never waits for the check. */
  async function toStoredMessage(
    { live, site }: TurnRequest,
    { text: shown, asking, decided, keep, result }: ShownAnswer,
  ) {
    const isNotice = result.replacement !== undefined || decided?.handling === 'agent';
    const isClaiming = !isNotice && decided?.handling !== 'smalltalk';
    const text = result.replacement ?? shown;
    const checked: CheckedAnswer =
      isClaiming && asking !== undefined && text !== ''
        ? await checkAnswer(text, asking.sources, asking.knowledge)
        : { text, citations: [], unsupported: [] };
    const isAnswered = isClaiming && decided !== undefined && decided.reason === undefined;
    if (isAnswered && asking !== undefined)
      onGrounded({ siteId: site.id, coverage: asking.coverage, unsupported: checked.unsupported.length });
    if (checked.unsupported.length === 0) keep?.();
    const isUncovered = isAnswered && asking?.coverage === 'not-covered';
    // Also after small talk: "You are useless".
    const isAsking = !isNotice && decided?.offersAgent === true && decided.reason === undefined;
    const offersAgent = (isUncovered || isAsking) && result.state === 'done';
    const linked = isNotice ? checked.text : withCitedLinks(checked, asking?.sources ?? [], originsOf(site.id));
    return toMessage(live.turnId, { ...checked, text: linked }, result, offersAgent);
  }

  /** Opens the ticket of a hand-off; the same turn opens one ticket. Never rejects: undefined when it failed. */
  async function openTicket(
    { live, site, text, locale, identified }: TurnRequest,
    { handling, reasons, reason = 'complex', urgency }: HandOffDecision,
    verdict?: Verdict,
  ): Promise<HandedOff | undefined> {
    const { searchTerms: _, ...read } = verdict ?? {};
    try {
      return await handOff.open({
        siteId: site.id,
        conversationId: live.conversationId,
        openedBy: 'assistant',
        reason,
        urgency,
        firstLine: text,
        locale,
        identified,
        verdict: { ...read, handling, reasons: [...reasons] },
        idempotencyKey: live.turnId,
      });
    } catch (error) {
      log.error({ turnId: live.turnId, reason: String(error) }, 'failed to open ticket');
      return undefined;
    }
  }

  /**
   * Notifies viewers of a hand-off, after the answer, unless the ticket was open already.
   * @param answer undefined when it was not stored, because its hand-off has reopened an agent's ticket
   */
  async function announce(
    { live: { conversationId, turnId }, locale }: TurnRequest,
    handedOff: HandedOff | undefined,
    answer: string | undefined,
  ): Promise<void> {
    if (handedOff === undefined || !(handedOff.created || handedOff.reopened)) return;
    visits.note(conversationId, { type: 'handed-off' });
    // Not where the answer itself was this notice.
    if (answer !== conversationTexts(locale).agentWillReply) {
      const notice = answer === undefined ? 'agentWillReply' : 'agentWillInvestigate';
      const message = await handOff
        .notify(conversationId, handedOff, notice, locale)
        .catch((error: unknown) => log.error({ turnId, reason: String(error) }, 'failed to store hand-off notice'));
      if (message) sink(conversationId, { type: 'message', message });
    }
    // The change of a reopened ticket announces its agent.
    if (handedOff.created) sink(conversationId, { type: 'responder', change: handedOff.responder });
  }

  return {
    openTicket,

    /** Settles when the ticket and its notice are stored as well. */
    async end(request: TurnRequest, answer: ShownAnswer): Promise<void> {
      const { live } = request;
      const { conversationId, turnId } = live;
      const { why, result, tickets } = answer;
      visits.note(conversationId, { type: 'answered', turnId, state: result.state });
      const message = await toStoredMessage(request, answer);
      const outcome = await endDurably(live, { state: result.state, why, ...(message ? { message } : {}) });
      live.finish();
      for (const event of outcome === undefined ? [endUnstored(turnId)] : endEvents(turnId, outcome, result, message)) {
        sink(conversationId, event);
        if (event.type === 'turn-end') metrics.turns.inc({ state: event.state });
      }
      // While an endpoint is away the visitor chooses, and two failures in a row hand over by a rule: an outage must not
      // fill the agents' list.
      const isHandedOver = result.code === 'no-allowed-region' && tickets.within(NO_MODEL_ALLOWED) === NO_MODEL_ALLOWED;
      const handingOver = answer.handingOver ?? (isHandedOver ? openTicket(request, NO_MODEL_ALLOWED) : undefined);
      const isStored = outcome?.kind === 'done' && outcome.seq !== undefined;
      const handedOff = await handingOver;
      tickets.settle(handedOff?.created ?? false);
      await announce(request, handedOff, isStored ? answer.text : undefined);
    },
  };
}

/** Redis is unavailable: the visitor still sees an end, and a sweep stores it from the log later. */
function endUnstored(turnId: string): ViewerEvent {
  return { type: 'turn-end', turnId, state: 'interrupted', code: 'unavailable', retryable: true };
}
