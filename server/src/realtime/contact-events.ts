/** The events with which a visitor asks for an agent, needs none any more, and says where to reply. */
import type { Proof } from '@firstword/shared/proof-of-work';
import {
  contactConfirmSchema,
  contactSetSchema,
  handOffCancelSchema,
  personRequestSchema,
} from '@firstword/shared/wire-requests';
import type { Conversations } from '../conversation/conversations.ts';
import type { HandOffCancel } from '../conversation/hand-off-cancel.ts';
import type { ReplyAddress } from '../conversation/reply-address.ts';
import type { Sender } from '../conversation/turn-start.ts';
import { RefusedError } from '../lib/guarded.ts';
import type { DefineEvent, WidgetEvent } from './widget-event.ts';

export interface ContactEventParts {
  readonly conversations: Pick<Conversations, 'requestAgent'>;
  readonly replyAddress: Pick<ReplyAddress, 'claim' | 'confirm'>;
  /** The visitor no longer needs an agent. */
  readonly cancelHandOff: HandOffCancel;
}

export interface ContactConnection {
  readonly sender: Sender;
  readonly define: DefineEvent;
  /** @throws RefusedError */
  readonly admitAgentRequest: (proof: Proof | undefined) => Promise<void>;
  /** Shows agents who the visitor is. */
  readonly noteProfile: () => void;
  readonly parts: ContactEventParts;
}

export function createContactEvents({
  sender,
  define,
  admitAgentRequest,
  noteProfile,
  parts,
}: ContactConnection): WidgetEvent[] {
  const { conversations, replyAddress, cancelHandOff } = parts;
  const { conversationId, site } = sender;
  return [
    define('person-request', personRequestSchema, async ({ proof }) => {
      await admitAgentRequest(proof);
      const outcome = await conversations.requestAgent(sender);
      if (outcome.kind === 'requested') {
        noteProfile();
        return { ticketId: outcome.ticketId };
      }
      const { retryAfterMs } = outcome;
      throw new RefusedError(
        'rate-limited',
        `Agents were already asked for several times from this network. Ask again in ${Math.ceil(retryAfterMs / 60_000)} min.`,
        retryAfterMs,
      );
    }),
    define('hand-off-cancel', handOffCancelSchema, async () => {
      if ((await cancelHandOff(conversationId)) === 'refused')
        throw new RefusedError('not-found', 'No hand-off is waiting for an agent, so there is nothing to cancel.');
      return {};
    }),
    define('contact-set', contactSetSchema, async ({ email }) => {
      const outcome = await replyAddress.claim(conversationId, email, site.name);
      if (outcome === 'no-ticket')
        throw new RefusedError('not-found', 'This conversation has no open ticket, so no e-mail address is needed.');
      if (outcome === 'too-many')
        throw new RefusedError(
          'rate-limited',
          'Too many codes were sent. Use the last one, or wait an hour.',
          3_600_000,
        );
      return outcome === 'code-sent' ? { confirm: true } : {};
    }),
    define('contact-confirm', contactConfirmSchema, async ({ code }) => {
      const outcome = await replyAddress.confirm(conversationId, code);
      if (outcome === 'wrong') throw new RefusedError('conflict', 'This is not the code that was sent.');
      if (outcome === 'gone')
        throw new RefusedError('not-found', 'There is no code to confirm, or it was tried too often. Ask for another.');
      return {};
    }),
  ];
}
