/** What visitors and agents can do with a conversation. Each turn that starts is returned to the caller, who must iterate it. */
import { randomUUID } from 'node:crypto';
import { SNAPSHOT_MESSAGES } from '@firstword/shared/limits';
import type { Message, TurnSnapshot } from '@firstword/shared/wire';
import type { SayOutcome, Snapshot } from '../store/conversation-outcomes.ts';
import type { ConversationStore } from '../store/conversation-store.ts';
import { conversationTexts } from './conversation-texts.ts';
import { createDrafts, type DraftParts, type Drafts } from './drafts.ts';
import { type HandOff, noticeId } from './hand-off.ts';
import { type LiveTurn, type LiveTurns, snapshotOf, type TurnBreak } from './live-turns.ts';
import { createMessageSending, type MessageSending } from './message-sending.ts';
import { createOrphanSweep, type SweptTurn } from './orphan-sweep.ts';
import type { PromptWarmUp } from './prompt-warm-up.ts';
import { createReplay, type Replay } from './replay.ts';
import type { TurnRunner } from './turn.ts';
import { createTurnLog, type TurnLog } from './turn-log.ts';
import type { TurnSite } from './turn-request.ts';
import type { TurnOutput } from './turn-result.ts';
import { createTurnStart, type Sender } from './turn-start.ts';

export interface Conversations extends MessageSending {
  readonly drafts: Pick<Drafts, 'open' | 'waiting'>;
  /** A client has connected and received its conversation. */
  readonly returned: PromptWarmUp['returned'];
  /** The message stored under this id; undefined when there is none. */
  findSent(conversationId: string, id: string): Promise<Message | undefined>;
  /** Ends a running turn and keeps its text. Returns outputs for viewers if no turn of this process emits them. */
  stop(conversationId: string, turnId: string): Promise<TurnOutput[] | 'not-found'>;
  /** The visitor asks for an agent: opens a ticket and returns its id, with outputs for viewers. */
  requestAgent(sender: Sender, firstLine: string): Promise<{ ticketId: string; outputs: TurnOutput[] }>;
  /** Stores a message with which the visitor has ended the wait for an agent, and confirms it in this language. It starts no turn. */
  withdraw(
    sender: Sender,
    message: { id: string; text: string },
    language: string,
  ): Promise<{ kind: 'stored'; seq: number; outputs: TurnOutput[] } | { kind: 'conflict' }>;
  /** Stores an agent's message. The assistant stays silent afterwards, because the ticket's claim has muted it. */
  reply(reply: {
    conversationId: string;
    id: string;
    text: string;
    agent: { name: string };
  }): Promise<{ kind: 'stored' | 'known'; seq: number; message: Message } | { kind: 'conflict' }>;
  /** Ends the assistant's running answer, because an agent has taken over. */
  mute(conversationId: string): Promise<void>;
  /** Stores a system message; the same id is stored once. */
  notify(conversationId: string, id: string, text: string, notice: Message['notice']): Promise<SayOutcome>;
  snapshot(conversationId: string): Promise<Snapshot>;
  /** The running turn of this process, never behind what it has emitted. Synchronous, so that no delta falls in between. */
  liveTurn(conversationId: string): TurnSnapshot | undefined;
  readonly progress: TurnLog['progress'];
  readonly replay: Replay;
  history(conversationId: string, beforeSeq: number, limit: number): Promise<Message[]>;
  readonly rate: ConversationStore['rate'];
  /** Ends the running turn of a conversation without viewers and keeps its text. */
  abandon(conversationId: string): void;
  /** Ends orphaned turns. Where no delta was logged the question is asked again, once. */
  sweep(): AsyncIterable<SweptTurn>;
  /** Waits for running turns and their hand-offs; after `patienceMs` it ends the rest as interrupted and keeps their text. */
  finish(patienceMs: number): Promise<void>;
  running(): number;
}

export interface ConversationParts {
  readonly store: ConversationStore;
  readonly liveTurns: LiveTurns;
  readonly runTurn: TurnRunner;
  readonly handOff: HandOff;
  readonly typing: Omit<DraftParts, 'turnStart' | 'liveTurns'>;
  readonly warmUp: PromptWarmUp;
  /** How long a draft waits for its visitor, in milliseconds. */
  readonly keepDraftMs?: number | undefined;
  /** Undefined when the site is no longer configured. */
  readonly siteOf: (siteId: string) => TurnSite | undefined;
}

export function createConversations({
  store,
  liveTurns,
  runTurn,
  handOff,
  typing,
  warmUp,
  keepDraftMs,
  siteOf,
}: ConversationParts): Conversations {
  const turnStart = createTurnStart({ liveTurns, runTurn });
  const turnLog = createTurnLog(store);
  const drafts = createDrafts({ ...typing, turnStart, liveTurns }, keepDraftMs);

  const endLive = async (live: LiveTurn | undefined, reason: TurnBreak) => {
    live?.end(reason);
    await live?.ended;
  };
  const handOver = ({ site, conversationId, locale }: Sender, firstLine: string, idempotencyKey: string) =>
    handOff.open({
      siteId: site.id,
      conversationId,
      openedBy: 'visitor',
      reason: 'visitor-request',
      urgency: 'normal',
      firstLine,
      locale,
      idempotencyKey,
    });

  return {
    ...createMessageSending({ store, liveTurns, turnStart, turnLog, endLive, handOver }),

    drafts,
    returned: warmUp.returned,
    findSent: store.findSent,

    async stop(conversationId, turnId) {
      const live = liveTurns.find(turnId);
      if (live?.conversationId === conversationId) {
        await endLive(live, 'stopped');
        return [];
      }
      if ((await store.readTurn(conversationId, turnId)) === undefined) return 'not-found';
      return turnLog.end(conversationId, turnId, 'stopped', false);
    },

    async requestAgent(sender, firstLine) {
      const handedOff = await handOver(sender, firstLine, randomUUID());
      const { ticketId, created, reopened, responder } = handedOff;
      if (!created && !reopened) return { ticketId, outputs: [] };
      const message = await handOff.notify(sender.conversationId, handedOff, 'agentWillReply', sender.locale);
      return {
        ticketId,
        outputs: [
          ...(message ? [{ type: 'message' as const, message }] : []),
          ...(created ? [{ type: 'responder' as const, change: responder }] : []),
        ],
      };
    },

    async withdraw({ conversationId, site, visitorId }, { id, text }, language) {
      drafts.dropOf(conversationId);
      const at = Date.now();
      const sent = await store.say(conversationId, { id, from: 'visitor', text, at }, { siteId: site.id, visitorId });
      if (sent.kind === 'conflict') return sent;
      const confirmation = await store.say(conversationId, {
        id: noticeId(id, 'withdrawn'),
        from: 'system',
        text: conversationTexts(language).agentCancelled,
        at,
      });
      const stored = [sent, ...(confirmation.kind === 'conflict' ? [] : [confirmation])];
      const outputs = stored.map(({ message }) => ({ type: 'message' as const, message }));
      return { kind: 'stored', seq: sent.message.seq, outputs };
    },

    async reply({ conversationId, id, text, agent }) {
      drafts.dropOf(conversationId);
      await endLive(liveTurns.ofConversation(conversationId), 'muted');
      const stored = await store.say(conversationId, { id, from: 'agent', text, at: Date.now(), agent });
      return stored.kind === 'conflict' ? stored : { ...stored, seq: stored.message.seq };
    },

    mute(conversationId) {
      drafts.dropOf(conversationId);
      return endLive(liveTurns.ofConversation(conversationId), 'muted');
    },

    notify: (conversationId, id, text, notice) =>
      store.say(conversationId, { id, from: 'system', text, at: Date.now(), ...(notice && { notice }) }),

    snapshot: (conversationId) => store.snapshot(conversationId, SNAPSHOT_MESSAGES),

    liveTurn(conversationId) {
      const live = liveTurns.ofConversation(conversationId);
      return live && snapshotOf(live);
    },

    progress: turnLog.progress,
    replay: createReplay(store, liveTurns, turnLog),
    history: store.readBefore,
    rate: store.rate,
    abandon: (conversationId) => liveTurns.ofConversation(conversationId)?.end('unwatched'),
    sweep: createOrphanSweep({ store, liveTurns, turnStart, turnLog, siteOf }),

    async finish(patienceMs) {
      drafts.stop();
      warmUp.stop();
      const patience = setTimeout(() => {
        for (const live of liveTurns.all()) live.end('shutdown');
      }, patienceMs);
      // Clients that are still connected may start new turns meanwhile.
      while (liveTurns.unclosed().length > 0) await Promise.all(liveTurns.unclosed().map(({ closed }) => closed));
      clearTimeout(patience);
    },

    running: liveTurns.count,
  };
}
