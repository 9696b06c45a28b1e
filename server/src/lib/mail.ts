/** E-mails visitors, such as an agent's reply to one who has left, and alerts to administrators, as plain text, so nothing in it can be interpreted as HTML. */
import { setTimeout as pause } from 'node:timers/promises';
import { cutText } from '@firstword/shared/cut-text';
import { createTransport } from 'nodemailer';
import type { Log } from './log.ts';

export interface MailedFile {
  readonly name: string;
  /** A MIME type. */
  readonly type: string;
  readonly content: Buffer;
}

export interface ReplyMail {
  /** One e-mail address. */
  readonly to: string;
  readonly siteName: string;
  readonly text: string;
  readonly files?: readonly MailedFile[];
  /** Unique to the mail; the `Message-ID` is this at the sender's host. */
  readonly id: string;
  /** Ids of the earlier mails of the conversation, oldest first: mail programs show them as one thread. */
  readonly earlierIds: readonly string[];
}

export interface CodeMail {
  /** One e-mail address. */
  readonly to: string;
  readonly siteName: string;
  readonly code: string;
}

export interface TranscriptMail {
  /** One e-mail address. */
  readonly to: string;
  readonly siteName: string;
  readonly text: string;
}

export interface AlertMail extends Pick<ReplyMail, 'to' | 'text' | 'id' | 'earlierIds'> {
  readonly subject: string;
}

export interface Mailer {
  /** Resolves with true once a server accepted the mail, with false when all attempts failed. Never rejects. */
  mailReply(mail: ReplyMail): Promise<boolean>;
  /** Sends a code that confirms the address. Resolves like `mailReply`. */
  mailCode(mail: CodeMail): Promise<boolean>;
  /** Sends a conversation to its visitor. Resolves like `mailReply`. */
  mailTranscript(mail: TranscriptMail): Promise<boolean>;
  /** Tells an administrator of an alert. Resolves like `mailReply`. */
  mailAlert(mail: AlertMail): Promise<boolean>;
  /** Closes the connections and cancels mails that wait for a retry. */
  close(): void;
}

export interface MailerSettings {
  /** `smtp://user:password@host:port` or `smtps://…`; undefined turns mail off. */
  readonly smtpUrl: string | undefined;
  /** The sender's address. */
  readonly from: string;
  readonly log: Log;
  /** Delays before each retry, in milliseconds. */
  readonly retryAfterMs?: readonly number[];
}

interface OneMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly messageId?: string;
  readonly inReplyTo?: string;
  readonly references?: string[];
  readonly attachments?: { filename: string; contentType: string; content: Buffer }[];
}

const RETRY_AFTER_MS = [2000, 15_000, 60_000];
/** Mails in progress. Further ones are dropped, so that an unreachable server can't exhaust memory. */
const PENDING_MAX = 500;
const SITE_NAME_MAX = 80;
const SUBJECT_MAX = 150;
/** One mailbox: no list, group or comment, and no line break that would allow header injection. */
const ADDRESS = /^[^\s@<>()[\]\\,;:"]{1,64}@[a-z0-9.-]{1,253}$/i;
/** Control characters, line breaks and bidirectional marks. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

export function createMailer({
  smtpUrl,
  from,
  log,
  retryAfterMs = RETRY_AFTER_MS,
}: MailerSettings): Mailer | undefined {
  if (smtpUrl === undefined) return undefined;
  const transport = createTransport({
    ...smtpOptions(smtpUrl),
    pool: true,
    maxConnections: 2,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
    // Otherwise nodemailer would read files and fetch URLs named in a mail.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const host = from.slice(from.lastIndexOf('@') + 1).replace(/>$/, '');
  const messageId = (id: string) => `<${id}@${host}>`;
  const closing = new AbortController();
  let pending = 0;

  const shown = (text: string, max: number) => cutText(text.replace(UNPRINTABLE, ' ').trim(), max);
  const shownName = (siteName: string) => shown(siteName, SITE_NAME_MAX);
  const threadOf = ({ id, earlierIds }: Pick<ReplyMail, 'id' | 'earlierIds'>) => ({
    messageId: messageId(id),
    ...(earlierIds.length > 0 && {
      inReplyTo: earlierIds.slice(-1).map(messageId).join(''),
      references: earlierIds.map(messageId),
    }),
  });
  const attempt = async (mail: OneMail, delays: readonly number[]): Promise<boolean> => {
    try {
      await transport.sendMail({
        from,
        ...mail,
        to: { name: '', address: mail.to },
        // Prevents out-of-office and other automatic replies (RFC 3834).
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
      return true;
    } catch (error) {
      const [delayMs, ...later] = delays;
      if (delayMs === undefined || isFinal(error)) {
        log.warn({ reason: reasonOf(error) }, 'sending mail failed');
        return false;
      }
      const aborted = await pause(delayMs, false, { signal: closing.signal, ref: false }).catch(() => true);
      return aborted ? false : attempt(mail, later);
    }
  };

  const send = async (mail: OneMail): Promise<boolean> => {
    if (!ADDRESS.test(mail.to) || pending >= PENDING_MAX) {
      log.warn({ pending }, pending >= PENDING_MAX ? 'dropping mail: queue full' : 'dropping mail: invalid address');
      return false;
    }
    pending += 1;
    try {
      return await attempt(mail, retryAfterMs);
    } finally {
      pending -= 1;
    }
  };

  return {
    mailReply: ({ to, siteName, text, files = [], ...thread }) =>
      send({
        to,
        subject: `${shownName(siteName)}: a reply to your question`,
        text,
        ...(files.length > 0 && {
          attachments: files.map(({ name, type, content }) => ({ filename: name, contentType: type, content })),
        }),
        ...threadOf(thread),
      }),
    mailCode: ({ to, siteName, code }) =>
      send({
        to,
        subject: `${shownName(siteName)}: your code is ${code}`,
        text: `${code} is the code that confirms your e-mail address in the chat of ${shownName(siteName)}. It is valid for 15 minutes.\n\nIf you haven't asked for it, ignore this mail: nothing will be sent to you.`,
      }),
    mailTranscript: ({ to, siteName, text }) =>
      send({ to, subject: `${shownName(siteName)}: your conversation`, text }),
    mailAlert: ({ to, subject, text, ...thread }) =>
      send({ to, subject: shown(subject, SUBJECT_MAX), text, ...threadOf(thread) }),
    close() {
      closing.abort();
      transport.close();
    },
  };
}

/** @throws Error that doesn't contain the password */
export function smtpOptions(smtpUrl: string) {
  const url = URL.canParse(smtpUrl) ? new URL(smtpUrl) : undefined;
  if (url === undefined || !/^smtps?:$/.test(url.protocol) || url.hostname === '')
    throw new Error(
      'The mail server must be a URL such as smtp://user:password@host:587 or smtps://user:password@host',
    );
  const secure = url.protocol === 'smtps:';
  const [user, pass] = [decodeURIComponent(url.username), decodeURIComponent(url.password)];
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    ...(user === '' ? {} : { auth: { user, pass } }),
  };
}

/** An SMTP 5xx is permanent: a retry gets the same answer. */
function isFinal(error: unknown): boolean {
  const code = error instanceof Error && 'responseCode' in error ? Number(error.responseCode) : 0;
  return code >= 500 && code < 600;
}

/** The error's code only, because server messages often repeat the address. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const code = 'code' in error ? error.code : undefined;
  const responseCode = 'responseCode' in error ? error.responseCode : undefined;
  return [code, responseCode].filter((part) => part !== undefined).join(' ') || error.name;
}
