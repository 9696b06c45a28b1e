/** What visitors and agents can do with a conversation. It runs its turns itself; what viewers are to see goes to the sink. */
import { randomUUID } from 'node:crypto';
import { SNAPSHOT_MESSAGES } from '@firstword/shared/limits';
import type { Message, SentFile, TurnSnapshot } from '@firstword/shared/wire';
import type { SayOutcome, Snapshot } from '../store/conversation-outcomes.ts';
import type { ConversationStore } from '../store/conversation-store.ts';
import type { TicketCeilings } from '../tickets/ticket-ceilings.ts';
import { conversationTexts } from './conversation-texts.ts';
import { createDrafts, type DraftParts, type Drafts } from './drafts.ts';
import { fileText } from './file-text.ts';
import { type HandOff, noticeId } from './hand-off.ts';
import { type LiveTurn, type LiveTurns, snapshotOf, type TurnBreak } from './live-turns.ts';
import { createMessageSending, type MessageSending } from './message-sending.ts';
import { createOrphanSweep } from './orphan-sweep.ts';
import type { PromptWarmUp } from './prompt-warm-up.ts';
import { createReplay, type Replay } from './replay.ts';
import type { Sink } from './sink.ts';
import type { AskTurn } from './turn.ts';
import { createTurnLog, type TurnLog } from './turn-log.ts';
import type { TurnSite } from './turn-request.ts';
import { createTurnStart, type Sender } from './turn-start.ts';

export interface Conversations extends MessageSending {
  readonly drafts: Pick<Drafts, 'open' | 'waiting'>;
  /** A client has connected and received its conversation. */
  readonly returned: PromptWarmUp['returned'];
  /** The message stored under this id; undefined when there is none. */
  findSent(conversationId: string, id: string): Promise<Message | undefined>;
  /** Ends a running turn and keeps its text. False when there is no such turn. */
  stop(conversationId: string, turnId: string): Promise<boolean>;
  /** The visitor asks for an agent: opens a ticket, unless their address has opened too many. */
  requestAgent(sender: Sender): Promise<AgentRequestOutcome>;
  /** Stores a message with which the visitor has ended the wait for an agent, and confirms it in this language. It starts no turn. */
  withdraw(
    sender: Sender,
    message: { id: string; text: string },
    language: string,
  ): Promise<{ kind: 'stored'; seq: number } | { kind: 'conflict' }>;
  /**
   * Stores an agent's message, and one for each file; returns the first one. The assistant stays silent afterwards, because
   * the ticket's claim has muted it.
   */
  reply(reply: {
    conversationId: string;
    id: string;
    text: string;
    files?: readonly SentFile[];
    agent: NonNullable<Message['agent']>;
  }): Promise<{ kind: 'stored' | 'known'; seq: number } | { kind: 'conflict' }>;
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
  sweep(): Promise<void>;
  /** Waits for running turns and their hand-offs; after `patienceMs` it ends the rest as interrupted and keeps their text. */
  finish(patienceMs: number): Promise<void>;
  running(): number;
}

export type AgentRequestOutcome =
  | { readonly kind: 'requested'; readonly ticketId: string }
  | { readonly kind: 'limited'; readonly retryAfterMs: number };

export interface ConversationParts {
  readonly store: ConversationStore;
  readonly liveTurns: LiveTurns;
  readonly askTurn: AskTurn;
  readonly sink: Sink;
  readonly handOff: HandOff;
  readonly ticketCeilings: Pick<TicketCeilings, 'reserve' | 'retryAfterMs'>;
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
  askTurn,
  sink,
  handOff,
  ticketCeilings,
  typing,
  warmUp,
  keepDraftMs,
  siteOf,
}: ConversationParts): Conversations {
  const turnStart = createTurnStart({ liveTurns, askTurn });
  const turnLog = createTurnLog(store);
  const drafts = createDrafts({ ...typing, turnStart, liveTurns }, keepDraftMs);

  const endLive = async (live: LiveTurn | undefined, reason: TurnBreak) => {
    live?.end(reason);
    await live?.ended;
  };
  const handOver = ({ site, conversationId, locale, identified }: Sender, firstLine: string, idempotencyKey: string) =>
    handOff.open({
      siteId: site.id,
      conversationId,
      openedBy: 'visitor',
      reason: 'visitor-request',
      urgency: 'normal',
      firstLine,
      locale,
      identified,
      idempotencyKey,
    });

  return {
    ...createMessageSending({ store, liveTurns, turnStart, turnLog, endLive, sink, handOver }),

    drafts,
    returned: warmUp.returned,
    findSent: store.findSent,

    async stop(conversationId, turnId) {
      const live = liveTurns.find(turnId);
      if (live?.conversationId === conversationId) {
        await endLive(live, 'stopped');
        return true;
      }
      if ((await store.readTurn(conversationId, turnId)) === undefined) return false;
      for (const event of await turnLog.end(conversationId, turnId, 'stopped', false)) sink(conversationId, event);
      return true;
    },

    async requestAgent(sender) {
      const { conversationId, site, address } = sender;
      const { messages, responder: current } = await store.snapshot(conversationId, SNAPSHOT_MESSAGES);
      // Whose ticket is open already only asks for what is coming.
      const isOpen = current === 'waiting-agent' || current === 'agent';
      const reservation = isOpen ? undefined : ticketCeilings.reserve('wish', { siteId: site.id, address });
      if (!isOpen && reservation === undefined) return { kind: 'limited', retryAfterMs: ticketCeilings.retryAfterMs() };
      const firstLine = messages.findLast(({ from }) => from === 'visitor')?.text ?? '';
      const handedOff = await handOver(sender, firstLine, randomUUID()).catch((error: unknown) => {
        reservation?.settle(false);
        throw error;
      });
      const { ticketId, created, reopened, responder } = handedOff;
      reservation?.settle(created);
      if (!created && !reopened) return { kind: 'requested', ticketId };
      const message = await handOff.notify(conversationId, handedOff, 'agentWillReply', sender.locale);
      if (message) sink(conversationId, { type: 'message', message });
      if (created) sink(conversationId, { type: 'responder', change: responder });
      return { kind: 'requested', ticketId };
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
      for (const said of [sent, confirmation])
        if (said.kind !== 'conflict') sink(conversationId, { type: 'message', message: said.message });
      return { kind: 'stored', seq: sent.message.seq };
    },

    async reply({ conversationId, agent, ...reply }) {
      drafts.dropOf(conversationId);
      await endLive(liveTurns.ofConversation(conversationId), 'muted');
      let first: { kind: 'stored' | 'known'; seq: number } | undefined;
      for (const message of messagesOf(reply)) {
        const stored = await store.say(conversationId, { ...message, from: 'agent', at: Date.now(), agent });
        if (stored.kind === 'conflict') return stored;
        // Also when it is known: the process that stored it may have died before it was shown.
        sink(conversationId, { type: 'message', message: stored.message });
        first ??= { kind: stored.kind, seq: stored.message.seq };
      }
      if (first === undefined) throw new TypeError(`the reply ${reply.id} has neither a text nor a file`);
      return first;
    },

    mute(conversationId) {
      drafts.dropOf(conversationId);
      return endLive(liveTurns.ofConversation(conversationId), 'muted');
    },

    async notify(conversationId, id, text, notice) {
      const message = { id, from: 'system' as const, text, at: Date.now(), ...(notice && { notice }) };
      const said = await store.say(conversationId, message);
      if (said.kind === 'stored') sink(conversationId, { type: 'message', message: said.message });
      return said;
    },

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
    sweep: createOrphanSweep({ store, liveTurns, turnStart, turnLog, sink, siteOf }),

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

/** The first one has the id of the reply, so that a repeat with other content is a conflict. */
function messagesOf({ id, text, files = [] }: { id: string; text: string; files?: readonly SentFile[] }) {
  const parts = [...(text === '' ? [] : [{ text }]), ...files.map((file) => ({ text: fileText(file), file }))];
  return parts.map((part, index) => ({ id: index === 0 ? id : noticeId(id, `part ${index}`), ...part }));
}
