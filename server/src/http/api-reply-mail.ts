/** E-mails an agent's reply to a visitor who left an address and is not connected. */
import type { Ticket } from '@firstword/shared/ticket';
import type { Log } from '../lib/log.ts';
import type { Mailer } from '../lib/mail.ts';

export interface ReplyMailParts {
  /** Undefined when no mail server is configured. */
  readonly mailer: Pick<Mailer, 'mailReply'> | undefined;
  /** Whether any page of the visitor is connected, on any process. */
  readonly isConnected: (conversationId: string) => Promise<boolean>;
  readonly siteName: (siteId: string) => string;
  readonly log: Log;
}

/** The returned function never throws and does not wait for the mail server. */
export function createReplyMail({ mailer, isConnected, siteName, log }: ReplyMailParts) {
  return ({ id, siteId, conversationId, email }: Ticket, text: string): void => {
    if (mailer === undefined || email === undefined) return;
    const send = async () => {
      if (!(await isConnected(conversationId))) await mailer.mailReply({ to: email, siteName: siteName(siteId), text });
    };
    send().catch((error: unknown) => log.warn({ ticketId: id, reason: String(error) }, 'e-mailing a reply failed'));
  };
}
