/** Texts of the dialog about a visitor's data. */
import type { ErasureReport } from '@firstword/shared/visitor-data';
import { countOf } from './common-texts.ts';
import { type Texts, translated } from './translated.ts';

const english = {
  open: 'Visitor data',
  title: 'Data of this visitor',
  hint: 'Everything that is stored of this visitor on this site: conversations, files, tickets, analyses and sessions.',
  exportAll: 'Export as JSON',
  confirm: 'Delete all of it. This can’t be undone.',
  erase: 'Delete data',
  failed: 'The request may have failed. You can safely try again.',
  close: 'Close',
  removed: ({ conversations, messages, files, tickets }: ErasureReport['removed']) =>
    `Deleted: ${[
      countOf(conversations, 'conversation', 'conversations'),
      countOf(messages, 'message', 'messages'),
      countOf(files, 'file', 'files'),
      countOf(tickets, 'ticket', 'tickets'),
    ].join(', ')}.`,
} as const;
export type VisitorDataTexts = Texts<typeof english>;
export const visitorDataTexts = translated<VisitorDataTexts>('visitorData', english);
