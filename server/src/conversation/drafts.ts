/**
 * Answers what visitors type before they send it. A draft lives in the memory of this process, for its connection and
 * for seconds; it is never stored, logged, shown to agents or cached.
 */
import { DRAFTS_PER_MESSAGE } from '@firstword/shared/limits';
import type { CallRow } from '../gateway/chat-call.ts';
import { findForQuestion } from '../knowledge/find-for-question.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { BudgetOwner } from '../ledger/budgets.ts';
import { mayLeave } from '../masking/mask-policy.ts';
import { askedSoFar } from './asked-so-far.ts';
import { createDraft, type OpenDraft } from './draft.ts';
import type { LiveTurns } from './live-turns.ts';
import { sameText } from './same-text.ts';
import type { ClientView, PreparedQuestion, Sender, TurnStart } from './turn-start.ts';

export interface Drafts {
  open(sender: Sender, view: ClientView): DraftSlot;
  /** Drops the drafts of a conversation that an agent has taken over. */
  dropOf(conversationId: string): void;
  /** Drops all drafts and prepares none from now on. */
  stop(): void;
  /** Drafts that wait for their visitor now. */
  waiting(): number;
}

/** The draft of one connection. */
export interface DraftSlot {
  /** Prepares the answer to what has been typed so far, in place of the draft before. False when nothing was done. */
  prepare(text: string): boolean;
  /** What was prepared for exactly this text, which is being sent. Drops everything else. */
  take(text: string, receivedAt: number): PreparedQuestion | undefined;
  drop(): void;
  /** The connection has ended. */
  close(): void;
}

export interface DraftParts {
  readonly turnStart: Pick<TurnStart, 'askDraft'>;
  readonly liveTurns: Pick<LiveTurns, 'ofConversation'>;
  readonly knowledgeOf: (siteId: string) => Pick<Knowledge, 'search' | 'endsInKnownWord'>;
  readonly recordCall: (row: CallRow) => void;
  /** Whether the site's budget has room for answers that may never be shown. */
  readonly allowsTyping: (owner: BudgetOwner) => boolean;
}

interface Waiting extends PreparedQuestion {
  readonly text: string;
  /** The last message that it follows. */
  readonly afterSeq: number;
  readonly draft: OpenDraft;
  readonly forgetting: ReturnType<typeof setTimeout>;
}

/** How long a draft waits for its visitor. */
export const KEEP_DRAFT_MS = 30_000;
/** A text with one of these at its end is complete. */
const CLOSED = /[.!?\u2026\u3002\uff01\uff1f\u061f]$/;

export function createDrafts(parts: DraftParts, keepMs = KEEP_DRAFT_MS): Drafts {
  const { turnStart, liveTurns, knowledgeOf, recordCall, allowsTyping } = parts;
  /** The connections with a draft, and its conversation. */
  const slots = new Map<DraftSlot, string>();
  let stopped = false;

  function open(sender: Sender, view: ClientView): DraftSlot {
    const { conversationId, visitorId, address, site, locale } = sender;
    const mode = site.answerWhileTyping;
    let waiting: Waiting | undefined;
    let closed = false;
    let asked = { afterSeq: -1, count: 0 };

    function mayPrepare(text: string): boolean {
      if (closed || stopped || (view.responder !== 'assistant' && view.responder !== 'waiting-agent')) return false;
      if (liveTurns.ofConversation(conversationId) !== undefined) return false; // its end changes the history
      return mayLeave(site, text);
    }
    function mayAsk(text: string): boolean {
      if (asked.afterSeq === view.lastSeq && asked.count >= DRAFTS_PER_MESSAGE) return false;
      // Most pauses are in the middle of a word, and a question seldom ends with "the".
      if (!CLOSED.test(text) && !knowledgeOf(site.id).endsInKnownWord(text)) return false;
      return allowsTyping({ siteId: site.id, conversationId, visitorId, address });
    }
    function ask(text: string, draft: OpenDraft): PreparedQuestion {
      asked = { afterSeq: view.lastSeq, count: asked.afterSeq === view.lastSeq ? asked.count + 1 : 1 };
      return { asked: turnStart.askDraft(sender, text, view, draft) };
    }
    function remove(): Waiting | undefined {
      const removed = waiting;
      clearTimeout(removed?.forgetting);
      waiting = undefined;
      slots.delete(slot);
      return removed;
    }
    function drop() {
      const dropped = remove();
      dropped?.asked?.drop('typing-dropped');
      dropped?.draft.dropped();
    }

    const slot: DraftSlot = {
      prepare(text) {
        const isKnown = waiting !== undefined && waiting.afterSeq === view.lastSeq && sameText(waiting.text, text);
        if (isKnown) return true;
        if (!mayPrepare(text) || (mode === 'answer' && !mayAsk(text))) return false;
        drop();
        // After a failure the message is asked as usual, with all models again.
        const draft = createDraft(recordCall, () => waiting?.draft === draft && drop());
        const prepared =
          mode === 'answer'
            ? ask(text, draft)
            : { passages: findForQuestion(knowledgeOf(site.id), { ...askedSoFar(text, view.recent), locale }) };
        waiting = { text, afterSeq: view.lastSeq, draft, forgetting: setTimeout(drop, keepMs), ...prepared };
        slots.set(slot, conversationId);
        return true;
      },
      take(text, receivedAt) {
        const isSame = waiting !== undefined && waiting.afterSeq === view.lastSeq && sameText(waiting.text, text);
        if (!isSame) drop();
        const taken = remove();
        taken?.draft.sent(receivedAt);
        return taken;
      },
      drop,
      close() {
        closed = true;
        drop();
      },
    };
    return slot;
  }

  const dropAll = (conversationId?: string) => {
    for (const [slot, of] of slots) if (conversationId === undefined || of === conversationId) slot.drop();
  };
  return {
    open,
    dropOf: dropAll,
    stop() {
      stopped = true;
      dropAll();
    },
    waiting: () => slots.size,
  };
}
