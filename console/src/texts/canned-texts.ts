/** Texts of the page Canned replies. */
import { countOf } from './common-texts.ts';
import { pageTexts } from './page-texts.ts';
import { type Texts, translated } from './translated.ts';

const english = {
  title: pageTexts['canned-replies'],
  hint: 'Agents insert a canned reply by typing / and its shortcut in the composer.',
  notAllowed: 'Only administrators can open this page.',
  notRead: 'The canned replies couldn’t be loaded.',
  none: 'No canned replies yet. Add the answers that your team writes most often.',
  noneFound: 'No canned reply matches your search.',
  search: 'Search canned replies',
  found: (count: number) => countOf(count, 'canned reply', 'canned replies'),
  add: 'Add a canned reply',
  edit: 'Edit',
  delete: 'Delete',
  deleted: (shortcut: string) => `/${shortcut} was deleted.`,
  undo: 'Undo',
  shortcut: 'Shortcut',
  shortcutHint: 'Letters, digits, - and _, such as refund-sent.',
  text: 'Text',
  textHint: 'Markdown works. Variables:',
  variableHint: 'After | comes what is written if the value is unknown.',
  site: 'Site',
  allSites: 'All sites',
  save: 'Save',
} as const;
export type CannedTexts = Texts<typeof english>;
export const cannedTexts = translated<CannedTexts>('canned', english);
