/** The last steps of a turn: its end is stored, a ticket is opened where one is needed, and viewers are notified. */
import { setTimeout } from 'node:timers/promises';
import type { Visits } from '../ledger/visits.ts';
import type { Log } from '../lib/log.ts';
import type { EndOutcome } from '../store/conversation-outcomes.ts';
import type { ConversationStore } from '../store/conversation-store.ts';
import type { HandOffDecision } from '../triage/hand-off.ts';
import type { Verdict } from '../triage/verdict.ts';
import { conversationTexts } from './conversation-texts.ts';
import type { HandedOff, HandOff } from './hand-off.ts';
import type { LiveTurn } from './live-turns.ts';
import type { Sink } from './sink.ts';
import type { TurnRequest } from './turn-request.ts';

export interface TurnEndingParts {
  readonly store: Pick<ConversationStore, 'endTurn'>;
  readonly handOff: HandOff;
  readonly visits: Pick<Visits, 'note'>;
  readonly sink: Sink;
  readonly log: Log;
}

export type TurnEnding = ReturnType<typeof createTurnEnding>;

/** @param endAttempts half-second tries to store a turn's end */
export function createTurnEnding({ store, handOff, visits, sink, log }: TurnEndingParts, endAttempts: number) {
  return {
    /** `endTurn` has one effect however often it is sent, so it is repeated until Redis answers; else undefined. */
    async endDurably(
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
    },

    /** Opens the ticket of a hand-off; the same turn opens one ticket. Never rejects: undefined when it failed. */
    async openTicket(
      { live, site, text, locale }: TurnRequest,
      { handling, reasons, reason = 'complex', urgency }: HandOffDecision,
      verdict?: Verdict,
    ): Promise<HandedOff | undefined> {
      try {
        return await handOff.open({
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
      } catch (error) {
        log.error({ turnId: live.turnId, reason: String(error) }, 'failed to open ticket');
        return undefined;
      }
    },

    /**
     * Notifies viewers of a hand-off, after the answer, unless the ticket was open already.
     * @param answer undefined when it was not stored, because its hand-off has reopened an agent's ticket
     */
    async announce(
      { live, locale }: TurnRequest,
      handedOff: HandedOff | undefined,
      answer: string | undefined,
    ): Promise<void> {
      if (handedOff === undefined || !(handedOff.created || handedOff.reopened)) return;
      const { conversationId, turnId } = live;
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
    },
  };
}
