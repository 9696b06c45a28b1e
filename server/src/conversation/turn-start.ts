/** Begins turns: after their message is stored, or beside it. */
import type { Region } from '@firstword/shared/catalog';
import type { Message, Responder } from '@firstword/shared/wire';
import type { AppendOutcome } from '../store/conversation-store.ts';
import type { LiveTurn, LiveTurns } from './live-turns.ts';
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
  readonly responder: Responder;
  /** Takes in what is stored and the client was not told of; else each of its questions would be asked wrongly. */
  learn(messages: readonly Message[]): void;
}

/** A turn that the caller must iterate to its end. */
export interface StartedTurn {
  readonly turnId: string;
  readonly outputs: AsyncIterable<TurnOutput>;
  /** Request sent → first token of the model that speaks, in milliseconds; undefined before it, and where none was asked. */
  modelTtftMs(): number | undefined;
}

interface Question {
  readonly seq: number;
  readonly text: string;
  readonly history: readonly Message[];
  readonly isRetry: boolean;
}

/** Earlier messages that a turn may draw on. */
export const HISTORY_MESSAGES = 12;

export function createTurnStart({ liveTurns, runTurn }: { liveTurns: LiveTurns; runTurn: TurnRunner }) {
  /** Whether the last append succeeded: what will hardly be stored is not asked early. */
  let stores = true;
  /** Messages whose append is under way: what comes twice at once is asked once. */
  const underWay = new Set<string>();

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
     * The disk takes a write in its own time, and the model is the longer wait: it is asked beside the append, in this
     * very tick, with what the client was told for a history. Settles after the append with the turn, running, when the
     * question was asked as it is stored. Otherwise there is none, and what was asked ends. Never rejects.
     */
    async startBeside(
      appended: Promise<AppendOutcome>,
      sender: Sender,
      turnId: string,
      { id, text }: { id: string; text: string },
      view: ClientView,
      receivedAt: number,
    ): Promise<StartedTurn | undefined> {
      const key = `${sender.conversationId}/${id}`;
      const history = view.recent.slice(-HISTORY_MESSAGES);
      const isForModels = view.responder === 'assistant' || view.responder === 'waiting-agent';
      const isNew = !underWay.has(key) && view.recent.every((said) => said.id !== id);
      const early =
        stores && isForModels && isNew
          ? ask(sender, turnId, { seq: view.lastSeq + 1, text, history, isRetry: false }, receivedAt)
          : undefined;
      if (early !== undefined) underWay.add(key);
      try {
        const outcome = await appended;
        stores = true;
        if (early !== undefined && isAsStored(early.live, history, outcome)) {
          liveTurns.add(early.live);
          return early.turn;
        }
        if (outcome.kind === 'stored') view.learn(outcome.history);
      } catch {
        stores = false;
      } finally {
        if (early !== undefined) underWay.delete(key);
      }
      early?.drop();
      return undefined;
    },
  };
}

function isAsStored(live: LiveTurn, history: readonly Message[], outcome: AppendOutcome): boolean {
  return (
    outcome.kind === 'stored' &&
    outcome.turnId === live.turnId &&
    outcome.seq === live.messageSeq &&
    outcome.history.length === history.length &&
    outcome.history.every(({ seq }, at) => seq === history[at]?.seq)
  );
}
