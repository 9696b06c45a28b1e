/** E-mails agents' replies that the visitor has not read within a grace time, whether or not a page is connected. */
import type { Ticket } from '@firstword/shared/ticket';
import type { Message } from '@firstword/shared/wire';
import type { Log } from '../lib/log.ts';
import type { MailedFile, Mailer } from '../lib/mail.ts';
import type { ConversationStore } from '../store/conversation-store.ts';
import type { FileStore } from '../store/file-store.ts';
import type { DueMail, MailDueList } from '../store/mail-due-list.ts';
import type { ReadMarks } from '../store/read-marks.ts';
import type { Tickets } from '../tickets/ticket-types.ts';
import type { ReplyAddress } from './reply-address.ts';

export interface ReplyMailParts {
  /** Undefined when no mail server is configured. */
  readonly mailer: Pick<Mailer, 'mailReply'> | undefined;
  readonly dueList: MailDueList;
  readonly store: Pick<ConversationStore, 'snapshot'>;
  readonly readMarks: Pick<ReadMarks, 'of'>;
  readonly tickets: Pick<Tickets, 'get'>;
  readonly addressOf: ReplyAddress['of'];
  readonly siteName: (siteId: string) => string;
  /** The content of a file; undefined when it is gone, or on another machine. */
  readonly readFile: FileStore['read'];
  readonly log: Log;
  readonly graceMs?: number;
  readonly now?: () => number;
}

export interface ReplyMail {
  /** Idempotent. After the grace time a sweep sends the reply, unless the visitor has read it. */
  schedule(ticket: Pick<Ticket, 'id' | 'conversationId'>, seq: number): Promise<void>;
  /** Sends what is due, at most a few mails. Any process may call it. Resolves after the mail server has answered. */
  sweep(): Promise<void>;
  /** From now on an unsent mail stays due, so that another process sends it. */
  stop(): void;
}

/** Time for a visitor who is there to read a reply. */
const GRACE_MS = 30_000;
/** Longer than all attempts of one mail. */
const LEASE_MS = 5 * 60_000;
const BATCH = 20;
/** Messages in which unread replies are looked for. */
const MESSAGES_MAX = 50;
/** Many servers refuse mails of more than 10 MB, and an attachment grows by a third on its way. */
const FILE_BYTES_MAX = 7 * 1024 * 1024;
/** Earlier mails named in `References`. */
const REFERENCES_MAX = 20;

export function createReplyMail(parts: ReplyMailParts): ReplyMail {
  const {
    mailer,
    dueList,
    store,
    readMarks,
    tickets,
    addressOf,
    siteName,
    readFile,
    log,
    graceMs = GRACE_MS,
    now = Date.now,
  } = parts;
  let stopped = false;

  /** The texts of the replies and their files, as far as the files fit. */
  const contentOf = async (conversationId: string, replies: readonly Message[]) => {
    const texts: string[] = [];
    const files: MailedFile[] = [];
    let room = FILE_BYTES_MAX;
    for (const { text, file } of replies) {
      const fits = file !== undefined && file.size <= room;
      const content = fits ? await readFile(conversationId, file.id) : undefined;
      texts.push(file === undefined || content !== undefined ? text : `${text} Open the chat to download this file.`);
      if (file === undefined || content === undefined) continue;
      room -= file.size;
      files.push({ name: file.name, type: file.type, content });
    }
    return { text: texts.join('\n\n'), ...(files.length > 0 && { files }) };
  };

  const send = async (due: DueMail, { mailReply }: Pick<Mailer, 'mailReply'>): Promise<void> => {
    const { conversationId } = due;
    const settle = () => dueList.settle(due, now() + graceMs);
    const ticket = await tickets.get(due.ticketId);
    const to = ticket && (await addressOf(ticket));
    if (ticket === undefined || to === undefined) return settle();
    const [{ messages }, readSeq, sent] = await Promise.all([
      store.snapshot(conversationId, MESSAGES_MAX),
      readMarks.of(conversationId),
      dueList.sent(conversationId),
    ]);
    const seenSeq = Math.max(readSeq, sent.at(-1) ?? 0);
    const unread = messages.filter(({ from, seq }) => from === 'agent' && seq > seenSeq);
    const [first, last] = [unread[0], unread.at(-1)];
    if (first === undefined || last === undefined) return settle();
    if (first.at + graceMs > now()) return dueList.postpone(due, first.at + graceMs);
    // A mail repeated after a crash has the same id, so mail programs show it once.
    const accepted = await mailReply({
      to,
      siteName: siteName(ticket.siteId),
      ...(await contentOf(conversationId, unread)),
      id: mailId(conversationId, last.seq),
      earlierIds: sent.map((seq) => mailId(conversationId, seq)),
    });
    if (accepted) await dueList.markSent(conversationId, [...sent, last.seq].slice(-REFERENCES_MAX));
    if (accepted || !stopped) await settle();
  };

  return {
    async schedule({ id, conversationId }, seq) {
      if (mailer === undefined) return;
      await dueList.schedule({ conversationId, ticketId: id, seq }, now() + graceMs);
    },
    async sweep() {
      if (mailer === undefined || stopped) return;
      const due = await dueList.take(now(), now() + LEASE_MS, BATCH);
      await Promise.all(
        due.map((mail) =>
          send(mail, mailer).catch((error: unknown) =>
            log.warn({ ticketId: mail.ticketId, reason: String(error) }, 'e-mailing a reply failed'),
          ),
        ),
      );
    },
    stop() {
      stopped = true;
    },
  };
}

const mailId = (conversationId: string, seq: number) => `${conversationId}.${seq}`;
