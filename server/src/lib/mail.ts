/** Sends a person's reply to a visitor who has left, as plain text: nothing in it is ever read as HTML. */
import { setTimeout as pause } from 'node:timers/promises';
import { createTransport } from 'nodemailer';
import type { Log } from './log.ts';

export interface ReplyMail {
  /** One address. */
  readonly to: string;
  readonly siteName: string;
  readonly text: string;
}

export interface Mailer {
  /** Resolves true when a server took the mail, false when it was given up; the log says why. Never rejects. */
  mailReply(mail: ReplyMail): Promise<boolean>;
  /** Ends the connections; mails that still wait are given up. */
  close(): void;
}

export interface MailerSettings {
  /** `smtp://user:password@host:port` or `smtps://…`; undefined: no mail is sent. */
  readonly smtpUrl: string | undefined;
  /** The sender's address. */
  readonly from: string;
  readonly log: Log;
  /** Waits between the attempts, in ms; one attempt more than there are waits. */
  readonly retryAfterMs?: readonly number[];
}

const RETRY_AFTER_MS = [2000, 15_000, 60_000];
/** Mails sent or waiting at once; beyond it a mail is given up, so that a dead server cannot fill our memory. */
const WAITING_MAX = 500;
const SITE_NAME_MAX = 80;
/** One mailbox: no list, no group, no comment, and nothing that could end a header line. */
const ADDRESS = /^[^\s@<>()[\]\\,;:"]{1,64}@[a-z0-9.-]{1,253}$/i;
/** Control characters, the line ends among them, and the marks that turn the direction of text. */
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
    // A mail is what it says here: it never makes us read a file or fetch an address.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const closing = new AbortController();
  let waiting = 0;

  const attempt = async (mail: ReplyMail, waits: readonly number[]): Promise<boolean> => {
    try {
      await transport.sendMail({
        from,
        to: { name: '', address: mail.to },
        subject: `${mail.siteName.replace(UNPRINTABLE, ' ').trim().slice(0, SITE_NAME_MAX)}: a reply to your question`,
        text: mail.text,
        // Keeps holiday notes and other machines from answering.
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
      return true;
    } catch (error) {
      const [waitMs, ...later] = waits;
      if (waitMs === undefined || isFinal(error)) {
        log.warn({ reason: reasonOf(error) }, 'a reply could not be mailed');
        return false;
      }
      const aborted = await pause(waitMs, false, { signal: closing.signal, ref: false }).catch(() => true);
      return aborted ? false : attempt(mail, later);
    }
  };

  return {
    async mailReply(mail) {
      if (!ADDRESS.test(mail.to) || waiting >= WAITING_MAX) {
        log.warn({ waiting }, waiting >= WAITING_MAX ? 'too many mails wait' : 'not an address to mail to');
        return false;
      }
      waiting += 1;
      try {
        return await attempt(mail, retryAfterMs);
      } finally {
        waiting -= 1;
      }
    },
    close() {
      closing.abort();
      transport.close();
    },
  };
}

/** @throws when the address is none, without showing the password in it */
function smtpOptions(smtpUrl: string) {
  const url = URL.canParse(smtpUrl) ? new URL(smtpUrl) : undefined;
  if (url === undefined || !/^smtps?:$/.test(url.protocol) || url.hostname === '')
    throw new Error('the mail server must be given like smtp://user:password@host:587 or smtps://…');
  const secure = url.protocol === 'smtps:';
  const [user, pass] = [decodeURIComponent(url.username), decodeURIComponent(url.password)];
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    ...(user === '' ? {} : { auth: { user, pass } }),
  };
}

/** A server's 5xx: it will say the same again. */
function isFinal(error: unknown): boolean {
  const code = error instanceof Error && 'responseCode' in error ? Number(error.responseCode) : 0;
  return code >= 500 && code < 600;
}

/** The kind of fault only: a server's words often repeat the address. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
  return [code, responseCode].filter((part) => part !== undefined).join(' ') || error.name;
}
