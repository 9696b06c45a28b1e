/** Starts turns, after their message is stored or while it is being stored. */
import { randomUUID } from 'node:crypto';
import type { Region } from '@firstword/shared/catalog';
import type { Message, Responder } from '@firstword/shared/wire';
import type { FoundPassage } from '../knowledge/knowledge.ts';
import type { AppendOutcome } from '../store/conversation-outcomes.ts';
import type { Draft } from './draft.ts';
import type { LiveTurn, LiveTurns } from './live-turns.ts';
import type { AskedTurn, AskTurn } from './turn.ts';
import type { TurnSite } from './turn-request.ts';

/** The visitor behind one socket, and where they are. */
export interface Sender {
  readonly conversationId: string;
  readonly visitorId: string;
  readonly site: TurnSite;
  readonly region: Region;
  /** Where they connect from, as a keyed hash. */
  readonly address?: string | undefined;
  readonly locale: string | undefined;
  /** The site has verified this visitor's identity, so their answers are never shared through the cache. */
  readonly identified: boolean;
}

/** What a client last received. Used to ask early; the append checks it against what is stored. */
export interface ClientView {
  /** `seq` of the latest message; 0 before the first. */
  readonly lastSeq: number;
  /** The latest messages, oldest first; at least `HISTORY_MESSAGES`, or all. */
  readonly recent: readonly Message[];
  readonly responder: Responder;
  /** Adds stored messages that the client has missed; otherwise each early question would be discarded. */
  learn(messages: readonly Message[]): void;
}

interface Question {
  readonly seq: number;
  readonly text: string;
  readonly history: readonly Message[];
  readonly isRetry: boolean;
  /** The first message that the text holds; `seq` if left out. */
  readonly firstSeq?: number;
}

/** A turn whose question was asked before its message was stored. */
export interface EarlyTurn extends AskedTurn {
  readonly live: LiveTurn;
  /** The earlier messages that the models got. */
  readonly history: readonly Message[];
}

/** What was done for a message before it was sent. */
export interface PreparedQuestion {
  readonly asked?: EarlyTurn;
  readonly passages?: readonly FoundPassage[];
}

/** How many earlier messages a turn gets. */
export const HISTORY_MESSAGES = 12;

export type TurnStart = ReturnType<typeof createTurnStart>;

export function createTurnStart({ liveTurns, askTurn }: { liveTurns: LiveTurns; askTurn: AskTurn }) {
  /** Whether the last append succeeded. While Redis fails, nothing is asked early. */
  let stores = true;
  /** Messages whose append is in progress, so that two simultaneous sends of one message ask once. */
  const underWay = new Set<string>();

  const ask = (
    { conversationId, visitorId, address, site, locale, region, identified }: Sender,
    turnId: string,
    { seq, text, history, isRetry, firstSeq }: Question,
    receivedAt: number,
    ahead: { readonly passages?: readonly FoundPassage[] | undefined; readonly draft?: Draft } = {},
  ): EarlyTurn => {
    const live = liveTurns.prepare(conversationId, turnId, seq, firstSeq);
    const mayBeCached = !identified && !isRetry; // a retry asks for another answer
    const request = {
      live,
      site,
      visitorId,
      address,
      identified,
      text,
      history,
      locale,
      region,
      receivedAt,
      mayBeCached,
      ...ahead,
    };
    return { live, history, ...askTurn(request) };
  };

  return {
    start(...question: Parameters<typeof ask>): void {
      const { live, run } = ask(...question);
      liveTurns.add(live);
      run();
    },

    /** Asks a question that its visitor still types, as the next message of the conversation. Not a turn until it is sent. */
    askDraft(sender: Sender, text: string, view: ClientView, draft: Draft): EarlyTurn {
      const question = { seq: view.lastSeq + 1, text, history: view.recent.slice(-HISTORY_MESSAGES), isRetry: false };
      return ask(sender, randomUUID(), question, performance.now(), { draft });
    },

    /**
     * Asks the model while the append is still in progress, in this tick, with the history the client has received:
     * the model takes longer than the disk. Settles after the append: with the turn, to be run, if the question was stored
     * as it was asked, otherwise with undefined, and the model calls end. Never rejects.
     * @param prepared what was done for this text before it was sent
     */
    async startBeside(
      appended: Promise<AppendOutcome>,
      sender: Sender,
      turnId: string,
      { id, text }: { id: string; text: string },
      view: ClientView,
      receivedAt: number,
      prepared: PreparedQuestion = {},
    ): Promise<Pick<EarlyTurn, 'run'> | undefined> {
      const key = `${sender.conversationId}/${id}`;
      const history = view.recent.slice(-HISTORY_MESSAGES);
      const isForModels = view.responder === 'assistant' || view.responder === 'waiting-agent';
      const isNew = !underWay.has(key) && view.recent.every((message) => message.id !== id);
      const { asked, passages } = prepared;
      const mayAsk = stores && isForModels && isNew;
      if (!mayAsk) asked?.drop('typing-dropped');
      const early = mayAsk
        ? (asked ??
          ask(sender, turnId, { seq: view.lastSeq + 1, text, history, isRetry: false }, receivedAt, { passages }))
        : undefined;
      if (early !== undefined) underWay.add(key);
      try {
        const outcome = await appended;
        stores = true;
        if (early !== undefined && isAsStored(early, outcome)) {
          liveTurns.add(early.live);
          return early;
        }
        if (outcome.kind === 'stored') view.learn(outcome.history);
      } catch {
        stores = false;
      } finally {
        if (early !== undefined) underWay.delete(key);
      }
      early?.drop('asked-early');
      return undefined;
    },
  };
}

function isAsStored({ live, history }: EarlyTurn, outcome: AppendOutcome): boolean {
  return (
    outcome.kind === 'stored' &&
    outcome.turnId === live.turnId &&
    outcome.seq === live.messageSeq &&
    outcome.history.length === history.length &&
    outcome.history.every(({ seq }, at) => seq === history[at]?.seq)
  );
}
