/** The events with which a visitor sends a message, and stops or retries its answer. */
import { MESSAGE_TEXT_MAX } from '@firstword/shared/limits';
import type { Proof } from '@firstword/shared/proof-of-work';
import { messageSendSchema, turnRetrySchema, turnStopSchema } from '@firstword/shared/wire-requests';
import type { Conversations } from '../conversation/conversations.ts';
import type { DraftSlot } from '../conversation/drafts.ts';
import type { HandOffCancel } from '../conversation/hand-off-cancel.ts';
import type { ClientView, Sender } from '../conversation/turn-start.ts';
import { RefusedError } from '../lib/guarded.ts';
import type { EventLog } from '../lib/quiet-log.ts';
import type { FairShare, Origin } from '../limits/fair-share.ts';
import type { Admission } from './admission.ts';
import type { ConsentGate } from './consent-gate.ts';
import type { DefineEvent, WidgetEvent } from './widget-event.ts';

export interface MessageEventParts {
  readonly conversations: Pick<Conversations, 'send' | 'stop' | 'retry' | 'withdraw'>;
  readonly admission: Pick<Admission, 'admitMessage'>;
  readonly fairShare: Pick<FairShare, 'admit'>;
  /** The visitor no longer needs an agent. */
  readonly cancelHandOff: HandOffCancel;
  /** The language of a message that says that an agent is no longer needed, and nothing else. */
  readonly findWithdrawal: (text: string, locale?: string) => string | undefined;
  readonly log: EventLog;
}

export interface MessageConnection {
  readonly sender: Sender;
  /** The text of a proactive message of the site, in the visitor's language; undefined if it has none with this id. */
  readonly openingText: (id: string | undefined) => string | undefined;
  readonly origin: Origin;
  readonly define: DefineEvent;
  /** What this client last received. */
  readonly view: ClientView;
  /** Shows agents who the visitor is, once there is a conversation. */
  readonly noteProfile: () => void;
  /** Tells this client that what it shows is no longer valid. */
  readonly resync: () => void;
  /** Undefined where the site does not answer while visitors type. */
  readonly drafts: DraftSlot | undefined;
  readonly consent: ConsentGate;
  readonly parts: MessageEventParts;
}

export function createMessageEvents({
  sender,
  openingText,
  origin,
  define,
  view,
  noteProfile,
  resync,
  drafts,
  consent,
  parts,
}: MessageConnection): WidgetEvent[] {
  const { conversations, admission, fairShare, log } = parts;
  const { conversationId, visitorId } = sender;

  /** Stores a message that ends the wait for an agent, and confirms it; undefined if it does not end one. */
  const withdraw = async (message: { id: string; text: string }) => {
    const language = parts.findWithdrawal(message.text, sender.locale);
    if (language === undefined) return undefined;
    const outcome = await parts.cancelHandOff(conversationId).catch((error: unknown) => {
      log.warn({ reason: String(error) }, 'ending the wait for an agent failed; the message is handled as any other');
      return undefined;
    });
    if (outcome !== 'withdrawn') return undefined;
    return conversations.withdraw(sender, message, language);
  };

  const admitted = async <Outcome>(proof: Proof | undefined, handle: () => Promise<Outcome>): Promise<Outcome> => {
    await fairShare.admit('messages', origin, { proof });
    const handled = await admission.admitMessage({ visitorId, siteId: sender.site.id, address: sender.address ?? '' });
    try {
      return await handle();
    } finally {
      handled();
    }
  };

  return [
    define('message-send', messageSendSchema, async ({ id, text, opening, proof }) => {
      const receivedAt = performance.now();
      if (text.trim().length > MESSAGE_TEXT_MAX)
        throw new RefusedError(
          'too-long',
          `Messages can have up to ${MESSAGE_TEXT_MAX} characters; this one has ${text.trim().length}. Shorten it.`,
        );
      await consent.check();
      const message = { id, text: text.trim(), opening: openingText(opening) };
      const outcome = await admitted(
        proof,
        async () => (await withdraw(message)) ?? conversations.send(sender, message, view, receivedAt, drafts),
      );
      switch (outcome.kind) {
        case 'conflict':
          throw new RefusedError('conflict', 'A different message was already sent with this id. Use a new id.');
        case 'closed':
          throw new RefusedError('closed', 'This conversation is closed.');
        case 'gone':
          resync();
          throw new RefusedError(
            'not-found',
            'This conversation is no longer stored on the server. Reconnect to start over.',
          );
        case 'known':
        case 'stored':
          noteProfile();
          return { conversationId, seq: outcome.seq, ...('turnId' in outcome ? { turnId: outcome.turnId } : {}) };
      }
    }),

    define('turn-stop', turnStopSchema, async ({ turnId }) => {
      if (!(await conversations.stop(conversationId, turnId)))
        throw new RefusedError('not-found', 'This conversation has no such turn.');
      return {};
    }),

    define('turn-retry', turnRetrySchema, async ({ turnId, proof }) => {
      const receivedAt = performance.now();
      const outcome = await admitted(proof, () => conversations.retry(sender, turnId, receivedAt));
      if (outcome.kind === 'not-found') throw new RefusedError('not-found', 'This conversation has no such turn.');
      if (outcome.kind === 'busy')
        throw new RefusedError('busy', 'An answer is already in progress. Wait until it ends.', 1000);
      if (outcome.kind === 'closed')
        throw new RefusedError(
          'closed',
          'An agent has taken over this conversation, so answers can no longer be retried.',
        );
      return { turnId: outcome.turnId };
    }),
  ];
}
