/** What visitors can do with a conversation: send, stop, retry, read. Each turn it starts is yielded to the caller. */
import { randomUUID } from 'node:crypto';
import { HISTORY_PAGE_MAX, SNAPSHOT_MESSAGES } from '@firstword/shared/limits';
import type { Message, ReplayAnswer, SentFile, TurnSnapshot } from '@firstword/shared/wire';
import type { ConversationStore, SaidOutcome, Snapshot } from '../store/conversation-store.ts';
import { fileText } from './file-text.ts';
import type { HandOff } from './hand-off.ts';
import { createLiveTurns, type LiveTurn, snapshotOf, type TurnBreak } from './live-turns.ts';
import type { TurnRunner, TurnSite } from './turn.ts';
import { createTurnLog, type TurnLog } from './turn-log.ts';
import type { TurnOutput } from './turn-result.ts';
import { type ClientView, createTurnStart, HISTORY_MESSAGES, type Sender, type StartedTurn } from './turn-start.ts';

export type SendOutcome =
  | { readonly kind: 'stored'; readonly seq: number; readonly message: Message; readonly turn?: StartedTurn }
  | { readonly kind: 'known'; readonly seq: number; readonly turnId?: string }
  | { readonly kind: 'conflict' }
  | { readonly kind: 'closed' }
  /** Redis has lost what the client knows of: it must start afresh. */
  | { readonly kind: 'gone' };

export type RetryOutcome =
  | { readonly kind: 'started'; readonly turn: StartedTurn }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'busy' }
  | { readonly kind: 'closed' };

export interface Conversations {
  /** Durable when it resolves. The same id and text have one effect, whatever happens on the way. */
  send(
    sender: Sender,
    message: { id: string; text: string },
    view: ClientView,
    receivedAt: number,
  ): Promise<SendOutcome>;
  /** Says that the visitor has sent a file. The same id has one effect. No answer begins: it belongs to what is asked next. */
  sendFile(sender: Sender, sent: { id: string; file: SentFile }): Promise<{ isNew: boolean; message: Message }>;
  /** What was stored under this id; undefined when nothing was. */
  findSent(conversationId: string, id: string): Promise<Message | undefined>;
  /** Ends a running turn; its text so far is kept. Outputs for viewers come back when no local turn emits them. */
  stop(conversationId: string, turnId: string): Promise<TurnOutput[] | 'not-found'>;
  /** Asks for a person: the ticket's id, and what viewers are to hear of it. */
  requestPerson(sender: Sender, firstLine: string): Promise<{ ticketId: string; outputs: TurnOutput[] }>;
  /** An agent speaks. From then on the assistant is silent, because the ticket's claim has muted it. */
  reply(reply: {
    conversationId: string;
    id: string;
    text: string;
    agent: { name: string };
  }): Promise<{ kind: 'stored' | 'known'; seq: number; message: Message } | { kind: 'conflict' }>;
  /** Ends the assistant's running answer, because a person has taken over. */
  mute(conversationId: string): Promise<void>;
  /** A notice of the product's own; the same id is said once. */
  notify(conversationId: string, id: string, text: string, notice: Message['notice']): Promise<SaidOutcome>;
  retry(sender: Sender, turnId: string, receivedAt: number): Promise<RetryOutcome>;
  snapshot(conversationId: string): Promise<Snapshot>;
  /** The running turn as this process knows it, which is never behind what it emitted. Synchronous on purpose. */
  liveTurn(conversationId: string): TurnSnapshot | undefined;
  readonly progress: TurnLog['progress'];
  replay(
    conversationId: string,
    from: { afterSeq: number; turnId?: string | undefined; afterDelta?: number | undefined },
  ): Promise<ReplayAnswer>;
  history(conversationId: string, beforeSeq: number, limit: number): Promise<Message[]>;
  rate(
    conversationId: string,
    messageId: string,
    rating: { value: string; reason?: string | undefined },
  ): Promise<void>;
  /** Ends the running turn of a conversation that nobody watches any more, its text kept. */
  abandon(conversationId: string): void;
  /**
   * Ends the turns whose process is gone. One of which nobody can have seen a word is asked again, once; the caller
   * must iterate it to its end.
   */
  sweep(): AsyncIterable<{ conversationId: string; outputs: TurnOutput[]; again?: StartedTurn }>;
  /** Lets running turns finish; those still running after `patienceMs` end as interrupted, their text kept. */
  finish(patienceMs: number): Promise<void>;
  running(): number;
}

const SWEEP_BATCH = 50;

export interface ConversationParts {
  readonly store: ConversationStore;
  readonly runTurn: TurnRunner;
  readonly handOff: HandOff;
  /** Hears of each message of a visitor: a ticket wakes up, its analysis grows old. */
  readonly visitorSpoke: (conversationId: string, seq: number) => void;
  /** Undefined when the site is no longer served. */
  readonly siteOf: (siteId: string) => TurnSite | undefined;
}

export function createConversations({
  store,
  runTurn,
  handOff,
  visitorSpoke,
  siteOf,
}: ConversationParts): Conversations {
  const liveTurns = createLiveTurns();
  const { start, startBeside } = createTurnStart({ liveTurns, runTurn });
  const turnLog = createTurnLog(store);

  const endLive = async (live: LiveTurn | undefined, reason: TurnBreak) => {
    live?.end(reason);
    await live?.ended;
  };

  const passToPerson = ({ site, conversationId, locale }: Sender, firstLine: string, idempotencyKey: string) =>
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

  /** Only the sweep that has ended the orphan comes here, and only for a turn that is not itself such a repetition. */
  const askAgain = async (conversationId: string, turnId: string): Promise<StartedTurn | undefined> => {
    const asker = await store.readAsker(conversationId, turnId);
    const site = asker && siteOf(asker.siteId);
    const record = await store.readTurn(conversationId, turnId);
    if (asker === undefined || site === undefined || record === undefined) return undefined;
    const question = await readQuestion(conversationId, record.messageSeq);
    const againId = randomUUID();
    if (question === undefined || (await store.beginTurn(conversationId, againId, record.messageSeq)) !== 'begun')
      return undefined;
    const sender = { ...asker, conversationId, site, locale: asker.locale };
    return start(sender, againId, { ...question, isRetry: false }, performance.now());
  };

  const readQuestion = async (conversationId: string, seq: number) => {
    const [question] = await store.readAfter(conversationId, seq - 1, 1);
    const history = question && (await store.readBefore(conversationId, seq, HISTORY_MESSAGES));
    return question && history && { seq, text: question.text, history };
  };

  return {
    async send(sender, { id, text }, view, receivedAt) {
      const { conversationId, visitorId, site, region, locale, identified } = sender;
      const live = liveTurns.ofConversation(conversationId);
      // Not for a repeated send: it must not end the very answer that it asked for.
      if (live !== undefined && !(await store.wasSent(conversationId, id))) await endLive(live, 'superseded');
      const at = Date.now();
      const newTurnId = randomUUID();
      const append = () =>
        store.append({
          conversationId,
          siteId: site.id,
          visitorId,
          id,
          text,
          at,
          turnId: newTurnId,
          historyLimit: HISTORY_MESSAGES,
          knownSeq: view.lastSeq,
          asker: { region, identified, ...(locale === undefined ? {} : { locale }) },
        });
      const appended = append();
      // Where an answer was running, its end changes the history.
      const earlyTurn =
        live === undefined ? await startBeside(appended, sender, newTurnId, { id, text }, view, receivedAt) : undefined;
      let outcome = await appended;
      if (outcome.kind === 'closed') {
        // The ticket is read-only by now; what the visitor says opens one that follows it.
        await passToPerson(sender, text, id);
        outcome = await append();
      }
      if (outcome.kind !== 'stored') return outcome;
      const { seq, turnId, superseded } = outcome;
      if (superseded !== undefined) await turnLog.end(conversationId, superseded, 'stopped', false);
      const message: Message = { seq, id, from: 'visitor', text, at };
      setImmediate(visitorSpoke, conversationId, seq); // after the model was asked
      if (turnId === undefined) return { kind: 'stored', seq, message };
      return {
        kind: 'stored',
        seq,
        message,
        turn: earlyTurn ?? start(sender, turnId, { seq, text, history: outcome.history, isRetry: false }, receivedAt),
      };
    },

    async sendFile(sender, { id, file }) {
      const { conversationId } = sender;
      const text = fileText(file);
      const { responder } = await store.snapshot(conversationId, 1);
      if (responder === 'closed') await passToPerson(sender, text, id);
      const said = await store.say(conversationId, { id, from: 'visitor', text, at: Date.now(), file }, sender.site.id);
      const message = said.kind === 'conflict' ? await store.findSent(conversationId, id) : said.message;
      if (message === undefined) throw new Error('what was sent under this id is not there');
      if (said.kind === 'stored') setImmediate(visitorSpoke, conversationId, message.seq);
      return { isNew: said.kind === 'stored', message };
    },

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

    async requestPerson(sender, firstLine) {
      const { ticketId, created, responder } = await passToPerson(sender, firstLine, randomUUID());
      if (!created) return { ticketId, outputs: [] };
      const message = await handOff.tell(sender.conversationId, ticketId, 'agentWillReply', sender.locale);
      return {
        ticketId,
        outputs: [
          ...(message ? [{ type: 'message' as const, message }] : []),
          { type: 'responder', change: responder },
        ],
      };
    },

    async reply({ conversationId, id, text, agent }) {
      await endLive(liveTurns.ofConversation(conversationId), 'muted');
      const said = await store.say(conversationId, { id, from: 'agent', text, at: Date.now(), agent });
      return said.kind === 'conflict' ? said : { ...said, seq: said.message.seq };
    },

    mute: (conversationId) => endLive(liveTurns.ofConversation(conversationId), 'muted'),

    notify: (conversationId, id, text, notice) =>
      store.say(conversationId, { id, from: 'system', text, at: Date.now(), ...(notice && { notice }) }),

    async retry(sender, turnId, receivedAt) {
      const { conversationId } = sender;
      const record = await store.readTurn(conversationId, turnId);
      if (record === undefined) return { kind: 'not-found' };
      const question = await readQuestion(conversationId, record.messageSeq);
      if (question === undefined) return { kind: 'not-found' };
      const retryId = randomUUID();
      const begun = await store.beginTurn(conversationId, retryId, record.messageSeq);
      if (begun === 'busy') return { kind: 'busy' };
      if (begun === 'muted') return { kind: 'closed' };
      return { kind: 'started', turn: start(sender, retryId, { ...question, isRetry: true }, receivedAt) };
    },

    snapshot: (conversationId) => store.snapshot(conversationId, SNAPSHOT_MESSAGES),

    liveTurn(conversationId) {
      const live = liveTurns.ofConversation(conversationId);
      return live && snapshotOf(live);
    },

    progress: turnLog.progress,

    async replay(conversationId, { afterSeq, turnId, afterDelta = 0 }) {
      const messages = await store.readAfter(conversationId, afterSeq, HISTORY_PAGE_MAX + 1);
      const { lastSeq } = await store.snapshot(conversationId, 1);
      // More than a page behind, or ahead of what is stored: the client's view cannot be mended piece by piece.
      if (messages.length > HISTORY_PAGE_MAX || afterSeq > lastSeq) return { messages: [], resync: true };
      if (turnId === undefined) return { messages };
      const live = liveTurns.find(turnId);
      if (live?.conversationId === conversationId)
        return { messages, turn: { ...snapshotOf(live), deltas: live.deltas.filter(({ n }) => n > afterDelta) } };
      const found = await turnLog.progress(conversationId, turnId, afterDelta);
      if (found === undefined) return { messages };
      const { seq: _, ...turn } = found;
      return { messages, turn };
    },

    history: (conversationId, beforeSeq, limit) => store.readBefore(conversationId, beforeSeq, limit),

    rate: (conversationId, messageId, rating) => store.rate(conversationId, messageId, rating),

    abandon: (conversationId) => liveTurns.ofConversation(conversationId)?.end('unwatched'),

    async *sweep() {
      for (const { conversationId, turnId } of await store.orphanedTurns(SWEEP_BATCH)) {
        if (liveTurns.find(turnId)) continue;
        const outputs = await turnLog.end(conversationId, turnId, 'interrupted', true);
        if (outputs.length === 0) continue;
        const wasSilent = outputs.every(({ type }) => type !== 'message');
        const again = wasSilent ? await askAgain(conversationId, turnId) : undefined;
        yield { conversationId, outputs, ...(again === undefined ? {} : { again }) };
      }
    },

    async finish(patienceMs) {
      const patience = setTimeout(() => {
        for (const live of liveTurns.all()) live.end('shutdown');
      }, patienceMs);
      // Who is still connected may ask something new meanwhile.
      while (liveTurns.all().length > 0) await Promise.all(liveTurns.all().map(({ ended }) => ended));
      clearTimeout(patience);
    },

    running: liveTurns.count,
  };
}
