/** What a visitor sends: a message, a file, a retry. Stored first or at the same time as the model is asked. */
import { randomUUID } from 'node:crypto';
import type { Message, SentFile } from '@firstword/shared/wire';
import type { ConversationStore } from '../store/conversation-store.ts';
import type { DraftSlot } from './drafts.ts';
import { fileText } from './file-text.ts';
import type { HandedOff } from './hand-off.ts';
import { type JoinedQuestion, joinQuestion } from './joined-question.ts';
import type { LiveTurn, LiveTurns, TurnBreak } from './live-turns.ts';
import type { Sink } from './sink.ts';
import { readQuestion } from './stored-question.ts';
import type { TurnLog } from './turn-log.ts';
import { type ClientView, HISTORY_MESSAGES, type Sender, type TurnStart } from './turn-start.ts';

export type SendOutcome =
  /** `known`: it was stored before. `turnId` is absent where the assistant does not answer. */
  | { readonly kind: 'stored' | 'known'; readonly seq: number; readonly turnId?: string }
  | { readonly kind: 'conflict' }
  | { readonly kind: 'closed' }
  /** Redis has lost messages that the client knows: the client must start over. */
  | { readonly kind: 'gone' };

export type RetryOutcome =
  | { readonly kind: 'started'; readonly turnId: string }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'busy' }
  | { readonly kind: 'closed' };

/** What a visitor writes. */
export interface VisitorText {
  readonly id: string;
  readonly text: string;
  /** What the site has said before the visitor wrote, of its own accord. Only an empty conversation can begin with it. */
  readonly opening?: string | undefined;
}

export interface MessageSending {
  /** Durable when it resolves; its turn then runs. The same id and text have one effect, also after a failure midway. */
  send(
    sender: Sender,
    message: VisitorText,
    view: ClientView,
    receivedAt: number,
    drafts?: DraftSlot,
  ): Promise<SendOutcome>;
  /** Stores a message for a sent file. The same id has one effect. It starts no turn; the next question may refer to it. */
  sendFile(sender: Sender, sent: { id: string; file: SentFile }): Promise<Message>;
  retry(sender: Sender, turnId: string, receivedAt: number): Promise<RetryOutcome>;
}

export interface MessageSendingParts {
  readonly store: ConversationStore;
  readonly liveTurns: LiveTurns;
  readonly turnStart: TurnStart;
  readonly turnLog: TurnLog;
  readonly endLive: (live: LiveTurn | undefined, reason: TurnBreak) => Promise<void>;
  readonly sink: Sink;
  readonly handOver: (sender: Sender, firstLine: string, idempotencyKey: string) => Promise<HandedOff>;
}

export function createMessageSending({
  store,
  liveTurns,
  turnStart,
  turnLog,
  endLive,
  sink,
  handOver,
}: MessageSendingParts): MessageSending {
  const { start, startBeside } = turnStart;
  async function turnOfOtherProcess(conversationId: string, turnId: string) {
    const record = await store.readTurn(conversationId, turnId);
    return record && { turnId, firstSeq: record.firstSeq ?? record.messageSeq };
  }
  /** For a retry. Not awaited: without the note, only the last message is asked again. */
  function noteJoined(conversationId: string, turnId: string, { seq, firstSeq }: JoinedQuestion) {
    if (firstSeq < seq) store.noteFirstSeq(conversationId, turnId, firstSeq).catch(() => {});
  }
  return {
    async send(sender, { id, text, opening: said }, client, receivedAt, drafts) {
      const { conversationId, visitorId, site, region, locale, identified } = sender;
      const live = liveTurns.ofConversation(conversationId);
      // A repeated send must not end the answer that its first send started.
      if (live !== undefined && !(await store.wasSent(conversationId, id))) await endLive(live, 'superseded');
      const at = Date.now();
      const opening = client.lastSeq === 0 && said !== undefined ? openingOf(said, at) : undefined;
      const view = opening === undefined ? client : withOpening(client, opening);
      // It was asked as the first message.
      if (opening !== undefined) drafts?.drop();
      if (live !== undefined) drafts?.drop();
      const prepared = drafts?.take(text, receivedAt);
      const newTurnId = prepared?.asked?.live.turnId ?? randomUUID();
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
          knownSeq: client.lastSeq,
          opening,
          asker: { region, identified, ...(locale === undefined ? {} : { locale }) },
        });
      const appended = append();
      // Not while an answer was running, because its end changes the history.
      const earlyTurn =
        live === undefined
          ? await startBeside(appended, sender, newTurnId, { id, text }, view, receivedAt, prepared)
          : undefined;
      let outcome = await appended;
      if (outcome.kind === 'closed') {
        // The ticket is read-only now, so this message opens one that follows it.
        await handOver(sender, text, id);
        outcome = await append();
      }
      if (outcome.kind !== 'stored') return outcome;
      const { seq, turnId, superseded, history } = outcome;
      const first = history.find((message) => message.id === opening?.id);
      if (first !== undefined) sink(conversationId, { type: 'message', message: first });
      sink(conversationId, { type: 'message', message: { seq, id, from: 'visitor', text, at } });
      earlyTurn?.run();
      if (superseded !== undefined) await turnLog.end(conversationId, superseded, 'stopped', false);
      if (turnId === undefined) return { kind: 'stored', seq };
      if (earlyTurn) return { kind: 'stored', seq, turnId };
      const elsewhere = live === undefined ? superseded : undefined;
      const before = elsewhere === undefined ? live : await turnOfOtherProcess(conversationId, elsewhere);
      const question = joinQuestion({ seq, text, history }, before);
      start(sender, turnId, { ...question, isRetry: false }, receivedAt);
      noteJoined(conversationId, turnId, question);
      return { kind: 'stored', seq, turnId };
    },

    async sendFile(sender, { id, file }) {
      const { conversationId, visitorId } = sender;
      const text = fileText(file);
      const { responder } = await store.snapshot(conversationId, 1);
      if (responder === 'closed') await handOver(sender, text, id);
      const owner = { siteId: sender.site.id, visitorId };
      const sent = await store.say(conversationId, { id, from: 'visitor', text, at: Date.now(), file }, owner);
      const message = sent.kind === 'conflict' ? await store.findSent(conversationId, id) : sent.message;
      if (message === undefined) throw new Error(`file message ${id} conflicts with a message that cannot be found`);
      if (sent.kind === 'stored') sink(conversationId, { type: 'message', message });
      return message;
    },

    async retry(sender, turnId, receivedAt) {
      const { conversationId } = sender;
      const record = await store.readTurn(conversationId, turnId);
      if (record === undefined) return { kind: 'not-found' };
      const question = await readQuestion(store, conversationId, { turnId, ...record });
      if (question === undefined) return { kind: 'not-found' };
      const retryId = randomUUID();
      const begun = await store.beginTurn(conversationId, retryId, record.messageSeq);
      if (begun === 'busy') return { kind: 'busy' };
      if (begun === 'muted') return { kind: 'closed' };
      start(sender, retryId, { ...question, isRetry: true }, receivedAt);
      noteJoined(conversationId, retryId, question);
      return { kind: 'started', turnId: retryId };
    },
  };
}

const openingOf = (text: string, at: number): Omit<Message, 'seq'> => ({
  id: randomUUID(),
  from: 'assistant',
  text,
  at,
});

/** What the client has received once the opening is stored. */
const withOpening = (client: ClientView, opening: Omit<Message, 'seq'>): ClientView => ({
  lastSeq: 1,
  recent: [{ ...opening, seq: 1 }],
  responder: client.responder,
  learn: client.learn,
});
