/** Builds the mail of a web process: agents' replies and transcripts to visitors, and the codes that confirm their addresses. */
import { createReplyAddress } from '../conversation/reply-address.ts';
import { createReplyMail } from '../conversation/reply-mail.ts';
import { createTranscriptMail } from '../conversation/transcript-mail.ts';
import { createMailer } from '../lib/mail.ts';
import type { TokenHash } from '../lib/tokens.ts';
import { createAddressCodes } from '../store/address-codes.ts';
import type { FileStore } from '../store/file-store.ts';
import type { RedisKeys } from '../store/keys.ts';
import { createMailDueList } from '../store/mail-due-list.ts';
import type { WebChat } from './web-chat.ts';
import type { WebConnections } from './web-connections.ts';
import type { WebAppSettings } from './web-settings.ts';

export interface WebMailParts extends Pick<WebConnections, 'background'> {
  readonly keys: RedisKeys;
  readonly chat: WebChat;
  readonly tokenHash: TokenHash;
  readonly fileStore: Pick<FileStore, 'read'>;
}

export function createWebMail(
  { background, keys, chat, tokenHash, fileStore }: WebMailParts,
  { mail, sites, log }: Pick<WebAppSettings, 'mail' | 'sites' | 'log'>,
) {
  const { conversations, store, readMarks, tickets, profiles } = chat;
  const mailer = createMailer({ ...mail, log });
  const codes = createAddressCodes(background, keys, tokenHash);
  const replyAddress = createReplyAddress({ profiles, codes, tickets, mailer });
  return {
    /** Undefined when no mail server is configured. */
    mailer,
    replyAddress,
    mailTranscript: createTranscriptMail({ conversations, replyAddress, mailer }),
    replyMail: createReplyMail({
      ...{ mailer, store, readMarks, tickets, log },
      dueList: createMailDueList(background, keys),
      addressOf: replyAddress.of,
      siteName: (siteId) => sites.sites.get(siteId)?.name ?? siteId,
      readFile: fileStore.read,
    }),
  };
}
