/** Begins turns: after their message is stored, or beside it. */
import type { Region } from '@firstword/shared/catalog';
import type { Handler, Message } from '@firstword/shared/wire';
import type { AppendOutcome } from '../store/conversation-store.ts';
import type { LiveTurns } from './live-turns.ts';
import type { TurnRunner, TurnSite } from './turn.ts';
import type { TurnOutput } from './turn-result.ts';

/** Who sends, and from where: fixed for one socket. */
export interface Sender {
  readonly conversationId: string;
  readonly visitorId: string;
  readonly site: TurnSite;
  readonly region: Region;
  readonly locale: string | undefined;
  /** The site has proven who this is: nothing of theirs is shared with others. */
  readonly identified: boolean;
}

/** What a client was told last. The append believes none of it, and says so where it was not the latest. */
export interface ClientView {
  /** Of the latest message; 0 before the first. */
  readonly lastSeq: number;
  /** The latest messages, oldest first; at least `HISTORY_MESSAGES`, or all. */
  readonly recent: readonly Message[];
  readonly handler: Handler;
}

/** A turn that the caller must iterate to its end. */
export interface StartedTurn {
  readonly turnId: string;
  readonly outputs: AsyncIterable<TurnOutput>;
  /** Request sent → first token of the model that speaks, in milliseconds; undefined before it, and where none was asked. */
  modelTtftMs(): number | undefined;
}

export interface Question {
  readonly seq: number;
  readonly text: string;
  readonly history: readonly Message[];
  readonly isRetry: boolean;
}

/** A question that the models have before it is stored. */
export interface EarlyQuestion {
  /**
   * Waits for the append. The turn, running, when the question was asked as it is stored; otherwise its calls end, and
   * there is none. Never rejects.
   */
  settle(appended: Promise<AppendOutcome>): Promise<StartedTurn | undefined>;
}

/** Earlier messages that a turn may draw on. */
export const HISTORY_MESSAGES = 12;

export function createTurnStart({ liveTurns, runTurn }: { liveTurns: LiveTurns; runTurn: TurnRunner }) {
  /** False from an append that failed to one that did not: what will hardly be stored is not asked early. */
  let stores = true;
  /** Messages whose append is under way: what comes twice at once is asked once. */
  const early = new Set<string>();

  const ask = (
    { conversationId, visitorId, site, locale, region, identified }: Sender,
    turnId: string,
    { seq, text, history, isRetry }: Question,
    receivedAt: number,
  ) => {
    const live = liveTurns.prepare(conversationId, turnId, seq);
    const mayBeCached = !identified && !isRetry; // who asks again wants another answer
    const asked = runTurn({ live, site, visitorId, text, history, locale, region, receivedAt, mayBeCached });
    const turn: StartedTurn = { turnId, outputs: asked.outputs, modelTtftMs: () => live.modelTtftMs };
    return { live, turn, drop: asked.drop };
  };

  return {
    start(...question: Parameters<typeof ask>): StartedTurn {
      const { live, turn } = ask(...question);
      liveTurns.add(live);
      return turn;
    },

    /**
     * The disk takes a write in its own time, and the model is the longer wait: it is asked beside the append, with what
     * the client was told for a history. Undefined where the append can be expected to begin no turn of this question.
     */
    askEarly(
      sender: Sender,
      turnId: string,
      { id, text }: { id: string; text: string },
      { lastSeq, recent, handler }: ClientView,
      receivedAt: number,
    ): EarlyQuestion | undefined {
      const isForModels = handler === 'ai' || handler === 'waiting_human';
      const key = `${sender.conversationId}/${id}`;
      if (!stores || !isForModels || early.has(key) || recent.some((said) => said.id === id)) return undefined;
      early.add(key);
      const history = recent.slice(-HISTORY_MESSAGES);
      const { live, turn, drop } = ask(sender, turnId, { seq: lastSeq + 1, text, history, isRetry: false }, receivedAt);
      const isAsStored = (outcome: AppendOutcome) =>
        outcome.kind === 'stored' &&
        outcome.turnId === turnId &&
        outcome.seq === live.messageSeq &&
        outcome.history.length === history.length &&
        outcome.history.every(({ seq }, at) => seq === history[at]?.seq);
      return {
        settle: (appended) =>
          appended.then(
            (outcome) => {
              early.delete(key);
              stores = true;
              if (!isAsStored(outcome)) return void drop();
              liveTurns.add(live);
              return turn;
            },
            () => {
              early.delete(key);
              stores = false;
              drop();
              return undefined;
            },
          ),
      };
    },
  };
}
