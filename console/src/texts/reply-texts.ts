/** Texts of the composer. */
import { namesText } from '../numbers.ts';
import { countOf } from './common-texts.ts';
import { type Texts, translated } from './translated.ts';

const english = {
  reply: 'Reply',
  proposed: 'Proposed reply',
  edited: 'Proposed reply (edited)',
  own: 'Your reply',
  writing: (names: string, count: number) => `${names} ${count === 1 ? 'is' : 'are'} writing…`,
  placeholder: 'Write a reply, or type / for a canned reply…',
  approveAndSend: 'Approve and send',
  sendEdited: 'Send edited reply',
  sendReply: 'Send reply',
  sending: 'Sending…',
  useProposal: 'Use the proposed reply',
  draftReplaced: 'The proposed reply replaced your draft.',
  sendingIn: (seconds: number) => `Sending in ${seconds} s`,
  undo: 'Undo',
  replyMeanwhile: 'Another agent replied while you were typing. Send anyway?',
  sendAnyway: 'Send anyway',
  cannedReplies: 'Canned replies',
  preview: 'Preview',
  previewHint: 'As the visitor sees it',
  suggestions: (count: number) =>
    count === 0 ? '' : `${countOf(count, 'suggestion', 'suggestions')}. Use the arrow keys and Enter.`,
  resetProposal: 'Discard edits',
  unsupported: (count: number) => `${countOf(count, 'unsupported sentence', 'unsupported sentences')}`,
  unsupportedWhy: 'No source supports this sentence.',
  tooLong: (count: number) => `${countOf(count, 'character', 'characters')} over the limit`,
  closed: 'This ticket is closed for replies.',
  readOnly: 'Your role on this site is Viewer. Viewers can read tickets, but can’t reply or change them.',
} as const;
export type ReplyTexts = Texts<typeof english>;
export const replyTexts = translated<ReplyTexts>('reply', english);

export const writingText = (names: readonly string[]) => replyTexts.writing(namesText(names), names.length);
