/** Every page beside the tickets and the conversations, in the order of the navigation. */
import { keysOf } from '@firstword/shared/keys-of';
import { knowledgeTexts } from './texts/knowledge-texts.ts';
import { qualityTexts } from './texts/quality-texts.ts';
import { reportTexts } from './texts/report-texts.ts';
import type { IconName } from './ui/icons.tsx';

export interface PageEntry {
  readonly title: string;
  readonly icon: IconName;
  /** The key that opens it. */
  readonly key?: string;
  /** `settings`: in the navigation of the settings, which is one item of the bar. */
  readonly group: 'bar' | 'settings';
  readonly adminOnly?: boolean;
}

export const PAGES = {
  'response-time': { title: reportTexts['response-time'], icon: 'response-time', key: '5', group: 'bar' },
  cost: { title: reportTexts.cost, icon: 'cost', key: '6', group: 'bar' },
  quality: { title: qualityTexts.title, icon: 'quality', key: '9', group: 'bar' },
  knowledge: { title: knowledgeTexts.title, icon: 'knowledge', key: '8', group: 'bar', adminOnly: true },
} as const satisfies Record<string, PageEntry>;

export type LoadedPage = keyof typeof PAGES;
export const LOADED_PAGES = keysOf(PAGES);

export function pageOf(id: LoadedPage): PageEntry {
  return PAGES[id];
}

/** The pages of a group that an agent may open. */
export function pagesFor(group: PageEntry['group'], role: string): LoadedPage[] {
  return LOADED_PAGES.filter((id) => pageOf(id).group === group && (!pageOf(id).adminOnly || role === 'admin'));
}
