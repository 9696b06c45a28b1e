/** Texts used in several parts of the console. */
import { countText } from '../numbers.ts';
import { type Texts, translated } from './translated.ts';

export const countOf = (count: number, one: string, many: string) => `${countText(count)} ${count === 1 ? one : many}`;

const english = {
  settings: 'Settings',
  product: 'Firstword',
  console: 'Agent console',
  skipToTicket: 'Skip to ticket',
  loading: 'Loading…',
  loadingMore: 'Loading more…',
  offline: 'Can’t reach the server. Check your connection and try again.',
  reconnecting: 'Connection lost. Reconnecting…',
  tryAgain: 'Try again',
  dismiss: 'Dismiss',
  cancel: 'Cancel',
  pageTitle: 'Firstword console',
  language: 'Language',
  asBrowser: (name: string) => `As the browser (${name})`,
  languageHint: 'For this browser. The page loads again; drafts are kept.',
} as const;
export type CommonTexts = Texts<typeof english>;
export const commonTexts = translated<CommonTexts>('common', english);
