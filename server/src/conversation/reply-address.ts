/** Where replies are e-mailed: to an address that the site has verified, or that the visitor has confirmed by a code. */
import type { Ticket } from '@firstword/shared/ticket';
import type { Mailer } from '../lib/mail.ts';
import type { AddressCodes } from '../store/address-codes.ts';
import type { VisitorProfiles } from '../store/visitor-profiles.ts';
import type { Tickets } from '../tickets/ticket-types.ts';

export interface ReplyAddress {
  /** Undefined until an address is known to be the visitor's. */
  of(ticket: Pick<Ticket, 'conversationId' | 'email'>): Promise<string | undefined>;
  /** The same for a conversation that may have no ticket yet. */
  ofConversation(conversationId: string): Promise<string | undefined>;
  /** Sets the address that the visitor claims, and sends the code with which they confirm it. */
  claim(conversationId: string, email: string, siteName: string): Promise<ClaimOutcome>;
  readonly confirm: AddressCodes['confirm'];
}

/** `known`: it is confirmed already. `too-many`: no further code is sent for now. */
export type ClaimOutcome = 'no-ticket' | 'known' | 'code-sent' | 'too-many';

export interface ReplyAddressParts {
  readonly profiles: Pick<VisitorProfiles, 'of'>;
  readonly codes: AddressCodes;
  readonly tickets: Pick<Tickets, 'ofConversation' | 'setEmail'>;
  /** Undefined when no mail server is configured. */
  readonly mailer: Pick<Mailer, 'mailCode'> | undefined;
}

export function createReplyAddress({ profiles, codes, tickets, mailer }: ReplyAddressParts): ReplyAddress {
  const known = async (conversationId: string) => {
    const [profile, confirmed] = await Promise.all([profiles.of(conversationId), codes.confirmedOf(conversationId)]);
    return { verified: profile?.email, confirmed };
  };
  return {
    async of({ conversationId, email }) {
      const { verified, confirmed } = await known(conversationId);
      return verified ?? (email !== undefined && isSame(email, confirmed) ? email : undefined);
    },
    async ofConversation(conversationId) {
      const { verified, confirmed } = await known(conversationId);
      return verified ?? confirmed;
    },
    async claim(conversationId, email, siteName) {
      const ticket = await tickets.ofConversation(conversationId);
      if (ticket === undefined || (await tickets.setEmail(ticket.id, email)) === undefined) return 'no-ticket';
      const { verified, confirmed } = await known(conversationId);
      if (isSame(email, verified) || isSame(email, confirmed)) return 'known';
      const code = await codes.issue(conversationId, email);
      if (code === undefined) return 'too-many';
      void mailer?.mailCode({ to: email, siteName, code }); // never rejects; the visitor may ask again
      return 'code-sent';
    },
    confirm: codes.confirm,
  };
}

const isSame = (one: string, other: string | undefined) => one.toLowerCase() === other?.toLowerCase();
