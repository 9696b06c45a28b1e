/** Every page beside the tickets and the conversations, in the order of the navigation. */
import { keysOf } from '@firstword/shared/keys-of';
import { type Access, maySomewhere, type Permission } from '@firstword/shared/permissions';
import { pageTexts } from './texts/page-texts.ts';
import type { IconName } from './ui/icons.tsx';

export interface PageEntry {
  readonly title: string;
  readonly icon: IconName;
  /** The key that opens it. */
  readonly key?: string;
  /** `settings`: in the navigation of the settings, which is one item of the bar. */
  readonly group: 'bar' | 'settings';
  /** Absent: for every role. */
  readonly needs?: Permission;
}

export const PAGES = {
  'response-time': {
    ...{ title: pageTexts['response-time'], icon: 'response-time', key: '5' },
    ...{ group: 'bar', needs: 'reports:read' },
  },
  cost: { title: pageTexts.cost, icon: 'cost', key: '6', group: 'bar', needs: 'costs:read' },
  quality: { title: pageTexts.quality, icon: 'quality', key: '9', group: 'bar', needs: 'reports:read' },
  knowledge: { title: pageTexts.knowledge, icon: 'knowledge', key: '8', group: 'bar', needs: 'knowledge:manage' },
  account: { title: pageTexts.account, icon: 'settings', group: 'settings' },
  team: { title: pageTexts.team, icon: 'settings', group: 'settings', needs: 'team:manage' },
  'canned-replies': {
    title: pageTexts['canned-replies'],
    icon: 'settings',
    group: 'settings',
    needs: 'replies:manage',
  },
  'api-tokens': { title: pageTexts['api-tokens'], icon: 'settings', group: 'settings', needs: 'team:manage' },
  webhooks: { title: pageTexts.webhooks, icon: 'settings', group: 'settings', needs: 'installation:manage' },
  'set-up': { title: pageTexts['set-up'], icon: 'settings', group: 'settings', needs: 'installation:manage' },
  sites: { title: pageTexts.sites, icon: 'settings', group: 'settings', needs: 'installation:manage' },
  models: { title: pageTexts.models, icon: 'settings', group: 'settings', needs: 'installation:manage' },
  audit: { title: pageTexts.audit, icon: 'article', group: 'settings', needs: 'installation:manage' },
} as const satisfies Record<string, PageEntry>;

export type LoadedPage = keyof typeof PAGES;
export const LOADED_PAGES = keysOf(PAGES);

export function pageOf(id: LoadedPage): PageEntry {
  return PAGES[id];
}

/** The pages of a group that an agent may open. */
export function pagesFor(group: PageEntry['group'], agent: Access): LoadedPage[] {
  return LOADED_PAGES.filter((id) => {
    const { group: own, needs } = pageOf(id);
    return own === group && (needs === undefined || maySomewhere(agent, needs));
  });
}
