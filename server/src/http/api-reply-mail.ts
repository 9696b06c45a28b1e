/** Mails a reply to a visitor who has left and said where to. */
import type { Ticket } from '@firstword/shared/ticket';
import type { Log } from '../lib/log.ts';
import type { Mailer } from '../lib/mail.ts';

export interface ReplyMailParts {
  /** Undefined: no mail server is set, so nothing is mailed. */
  readonly mailer: Pick<Mailer, 'mailReply'> | undefined;
  /** Whether a page of the visitor is connected, on any process. */
  readonly isConnected: (conversationId: string) => Promise<boolean>;
  readonly siteName: (siteId: string) => string;
  readonly log: Log;
}

/** The returned function never throws and makes nobody wait. */
export function createReplyMail({ mailer, isConnected, siteName, log }: ReplyMailParts) {
  return ({ id, siteId, conversationId, email }: Ticket, text: string): void => {
    if (mailer === undefined || email === undefined) return;
    const send = async () => {
      if (!(await isConnected(conversationId))) await mailer.mailReply({ to: email, siteName: siteName(siteId), text });
    };
    send().catch((error: unknown) => log.warn({ ticketId: id, reason: String(error) }, 'a reply was not mailed'));
  };
}
