/** Texts of the dialog about a visitor's data. */
import type { ErasureReport } from '@firstword/shared/visitor-data';
import { several } from './report-texts.ts';

export const visitorDataTexts = {
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
      several(conversations, 'conversation', 'conversations'),
      several(messages, 'message', 'messages'),
      several(files, 'file', 'files'),
      several(tickets, 'ticket', 'tickets'),
    ].join(', ')}.`,
} as const;
