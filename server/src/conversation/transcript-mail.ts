/** E-mails a conversation to its visitor, at an address that is known to be theirs. */
import { NUMBER_MAX } from '@firstword/shared/limits';
import type { Message } from '@firstword/shared/wire';
import type { Mailer } from '../lib/mail.ts';
import type { Conversations } from './conversations.ts';
import type { ReplyAddress } from './reply-address.ts';

export interface TranscriptMailParts {
  readonly conversations: Pick<Conversations, 'history'>;
  readonly replyAddress: Pick<ReplyAddress, 'ofConversation'>;
  /** Undefined when no mail server is configured. */
  readonly mailer: Pick<Mailer, 'mailTranscript'> | undefined;
}

/** False when there is nothing to send, or no address to send it to. Does not wait for the mail server. */
export type TranscriptMail = (conversationId: string, siteName: string) => Promise<boolean>;

/** The last messages, in pages. */
const MESSAGES_MAX = 500;
const PAGE = 100;

export function createTranscriptMail({ conversations, replyAddress, mailer }: TranscriptMailParts): TranscriptMail {
  const readAll = async (conversationId: string) => {
    let messages: Message[] = [];
    for (let before = NUMBER_MAX; messages.length < MESSAGES_MAX; ) {
      const page = await conversations.history(conversationId, before, PAGE);
      messages = [...page, ...messages];
      before = page[0]?.seq ?? 1;
      if (before === 1) break;
    }
    return messages;
  };
  return async (conversationId, siteName) => {
    const to = mailer && (await replyAddress.ofConversation(conversationId));
    if (to === undefined) return false;
    const messages = await readAll(conversationId);
    if (messages.length === 0) return false;
    void mailer?.mailTranscript({ to, siteName, text: transcriptOf(messages, siteName) }); // never rejects
    return true;
  };
}

function transcriptOf(messages: readonly Message[], siteName: string): string {
  const speakers = { visitor: 'You', assistant: 'Assistant', agent: 'Support team', system: siteName } as const;
  return messages
    .map(({ from, agent, at, text, citations = [] }) => {
      const when = new Date(at).toISOString().slice(0, 16).replace('T', ' ');
      const sources = citations.map(({ n, title, url }) => `[${n}] ${title}${url === '' ? '' : `: ${url}`}`);
      return [`${agent?.name ?? speakers[from]} · ${when} UTC`, text, ...sources].join('\n');
    })
    .join('\n\n');
}
