/** Handles each event of the widget: validates it, calls the conversation, and publishes. Contains no rules of its own. */
import type { Rating } from '@firstword/shared/feed-event';
import { proactiveText } from '@firstword/shared/proactive-message';
import type { ReplayAnswer } from '@firstword/shared/wire';
import {
  conversationRateSchema,
  draftSchema,
  firstTokenSeenSchema,
  historyReadSchema,
  preChatSetSchema,
  ratingSetSchema,
  readSchema,
  replaySchema,
  typingSchema,
} from '@firstword/shared/wire-requests';
import type { Conversations } from '../conversation/conversations.ts';
import type { DraftSlot } from '../conversation/drafts.ts';
import { readPreChat } from '../conversation/pre-chat.ts';
import type { ClientView, Sender } from '../conversation/turn-start.ts';
import { guarded, RefusedError } from '../lib/guarded.ts';
import type { EventLog } from '../lib/quiet-log.ts';
import type { FairShare, Origin } from '../limits/fair-share.ts';
import type { PreChatStore } from '../store/pre-chat-store.ts';
import type { ReadMarks } from '../store/read-marks.ts';
import type { Admission } from './admission.ts';
import type { Visitor } from './admit-visitor.ts';
import type { ConsentGate } from './consent-gate.ts';
import { type ContactEventParts, createContactEvents } from './contact-events.ts';
import { createMessageEvents, type MessageEventParts } from './message-events.ts';
import type { OtherTurns } from './other-turns.ts';
import { createReadingEvents, type ReadingEventParts } from './reading-events.ts';
import type { Viewers } from './viewers.ts';
import type { CountedRead, DefineEvent, WidgetEvent } from './widget-event.ts';

export interface WidgetEventParts extends MessageEventParts, ReadingEventParts, ContactEventParts {
  readonly viewers: Pick<Viewers, 'publishRead'>;
  readonly conversations: Conversations;
  readonly admission: Admission;
  readonly fairShare: Pick<FairShare, 'admit' | 'add'>;
  readonly log: EventLog;
  /** False when this process did not give that answer. */
  readonly onFirstTokenSeen: (conversationId: string, turnId: string, ms: number) => boolean;
  readonly onRated: (conversationId: string, messageId: string, value: 'up' | 'down') => void;
  readonly onVisitorTyping: (conversationId: string, on: boolean) => void;
  readonly preChat: PreChatStore;
  readonly readMarks: ReadMarks;
}

/** Of a message at its longest. */
const MESSAGE_KB = 4;
/** Of most replays. */
const REPLAY_KB = 50;
/** Bytes of a message or delta around its text. */
const PACKET_BYTES = 100;

/** One connected widget. */
export interface WidgetConnection {
  readonly visitor: Visitor;
  readonly sender: Sender;
  /** What this client last received. */
  readonly view: ClientView;
  readonly otherTurns: Pick<OtherTurns, 'follow'>;
  /** Shows agents who the visitor is, once there is a conversation. */
  readonly noteProfile: () => void;
  /** Tells this client that what it shows is no longer valid. */
  readonly resync: () => void;
  /** Undefined where the site does not answer while visitors type. */
  readonly drafts: DraftSlot | undefined;
  readonly consent: ConsentGate;
}

export function createWidgetEvents(
  { visitor, sender, view, otherTurns, noteProfile, resync, drafts, consent }: WidgetConnection,
  parts: WidgetEventParts,
): WidgetEvent[] {
  const { viewers, conversations, admission, fairShare, log } = parts;
  const { conversationId, visitorId, identified } = sender;
  const { address, host } = visitor;
  const origin: Origin = { address, host, siteId: visitor.site.id, visitorId, identified };
  const define: DefineEvent = (event, schema, act) => ({
    event,
    handle: guarded(event, schema, log, async (payload) => {
      await admission.admitEvent(visitorId);
      return act(payload);
    }),
  });

  /** Counts the most that it may send, so that requests at the same time don't exceed the limit together, and then what it did. */
  const read: CountedRead = async (maxKb, work, partsOf) => {
    await fairShare.admit('readKb', origin, { points: maxKb });
    let sentKb = 0;
    try {
      const result = await work();
      sentKb = kilobytesOf(partsOf(result));
      return result;
    } finally {
      await fairShare.add('readKb', origin, sentKb - maxKb);
    }
  };

  const rate = async (rating: Rating) => {
    await fairShare.admit('ratings', origin);
    if (!(await conversations.rate(conversationId, rating)))
      throw new RefusedError('not-found', 'This conversation has no such message, so there is nothing to rate.');
  };

  return [
    ...createMessageEvents({
      ...{ visitor, sender, view, noteProfile, resync, drafts, consent },
      ...{ define, origin, parts },
      openingText(id) {
        const said = visitor.site.proactiveMessages.find((message) => message.id === id);
        return said && proactiveText(said, sender.locale ?? '');
      },
    }),
    define('replay', replaySchema, async (from) => {
      const answer = await read(REPLAY_KB, () => conversations.replay(conversationId, from), replayed);
      if (answer.turn !== undefined) otherTurns.follow(conversationId, answer.turn);
      return answer;
    }),
    define('history-read', historyReadSchema, async ({ beforeSeq, limit }) => {
      const readPage = () => conversations.history(conversationId, beforeSeq, limit);
      return { messages: await read(limit * MESSAGE_KB, readPage, (messages) => messages) };
    }),
    ...createReadingEvents({
      ...{ visitor, define, read, parts },
      admitRequest: () => admission.admitRequest(visitorId),
    }),
    define('rating-set', ratingSetSchema, async ({ messageId, value, reason }) => {
      await rate({ of: 'message', messageId, value, reason });
      parts.onRated(conversationId, messageId, value);
      return {};
    }),
    define('conversation-rate', conversationRateSchema, async ({ score, comment }) => {
      await rate({ of: 'conversation', score, comment });
      return {};
    }),
    define('first-token-seen', firstTokenSeenSchema, ({ turnId, ms }) => {
      parts.onFirstTokenSeen(conversationId, turnId, ms);
      return {};
    }),
    ...createContactEvents({
      ...{ sender, define, noteProfile, parts },
      async admitAgentRequest(proof) {
        await fairShare.admit('messages', origin, { proof });
        await admission.admitRequest(visitorId);
        await consent.check();
      },
    }),
    define('pre-chat-set', preChatSetSchema, async (answers) => {
      const now = Date.now();
      const answered = readPreChat(visitor.site, answers, await parts.preChat.of(conversationId), now);
      await parts.preChat.save(conversationId, visitor.site.id, answered, now);
      consent.note(answered);
      return {};
    }),
    define('typing', typingSchema, ({ on }) => {
      parts.onVisitorTyping(conversationId, on);
      return {};
    }),
    ...(drafts === undefined
      ? []
      : [
          define('draft', draftSchema, async ({ text }) => {
            await admission.admitDraft(visitorId);
            await consent.check();
            // It costs as much as a message, but no visitor waits for it, so it needs no proof.
            if (await isRefused(fairShare.admit('messages', origin, { isDraft: true }))) return { prepared: false };
            const prepared = drafts.prepare(text);
            if (!prepared) await fairShare.add('messages', origin, -1);
            return { prepared };
          }),
        ]),
    define('read', readSchema, async ({ seq }) => {
      const read = await parts.readMarks.move(conversationId, seq);
      if (read !== undefined) viewers.publishRead(conversationId, read);
      return {};
    }),
  ];
}

const replayed = ({ messages, turn }: Pick<ReplayAnswer, 'messages' | 'turn'>) => [
  ...messages,
  ...(turn?.deltas ?? []),
];

/** As text; what is around it in a packet is estimated. */
export function kilobytesOf(parts: readonly { readonly text: string }[]): number {
  return Math.ceil(parts.reduce((bytes, { text }) => bytes + text.length + PACKET_BYTES, 0) / 1000);
}

function isRefused(admitting: Promise<void>): Promise<boolean> {
  return admitting.then(
    () => false,
    (error: unknown) => {
      if (error instanceof RefusedError) return true;
      throw error;
    },
  );
}
