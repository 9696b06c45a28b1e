/** Every page beside the tickets and the conversations, in the order of the navigation. */
import { keysOf } from '@firstword/shared/keys-of';
import { type Access, maySomewhere, type Permission } from '@firstword/shared/permissions';
import { auditTexts } from './texts/audit-texts.ts';
import { cannedTexts } from './texts/canned-texts.ts';
import { knowledgeTexts } from './texts/knowledge-texts.ts';
import { modelSettingsTexts } from './texts/model-settings-texts.ts';
import { qualityTexts } from './texts/quality-texts.ts';
import { reportTexts } from './texts/report-texts.ts';
import { setUpTexts } from './texts/set-up-texts.ts';
import { siteTexts } from './texts/site-texts.ts';
import { teamTexts } from './texts/team-texts.ts';
import { webhookTexts } from './texts/webhook-texts.ts';
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
    ...{ title: reportTexts['response-time'], icon: 'response-time', key: '5' },
    ...{ group: 'bar', needs: 'reports:read' },
  },
  cost: { title: reportTexts.cost, icon: 'cost', key: '6', group: 'bar', needs: 'costs:read' },
  quality: { title: qualityTexts.title, icon: 'quality', key: '9', group: 'bar', needs: 'reports:read' },
  knowledge: { title: knowledgeTexts.title, icon: 'knowledge', key: '8', group: 'bar', needs: 'knowledge:manage' },
  account: { title: teamTexts.account, icon: 'settings', group: 'settings' },
  team: { title: teamTexts.team, icon: 'settings', group: 'settings', needs: 'team:manage' },
  'canned-replies': { title: cannedTexts.title, icon: 'settings', group: 'settings', needs: 'replies:manage' },
  'api-tokens': { title: teamTexts.tokens, icon: 'settings', group: 'settings', needs: 'team:manage' },
  webhooks: { title: webhookTexts.title, icon: 'settings', group: 'settings', needs: 'installation:manage' },
  'set-up': { title: setUpTexts.title, icon: 'settings', group: 'settings', needs: 'installation:manage' },
  sites: { title: siteTexts.title, icon: 'settings', group: 'settings', needs: 'installation:manage' },
  models: { title: modelSettingsTexts.title, icon: 'settings', group: 'settings', needs: 'installation:manage' },
  audit: { title: auditTexts.title, icon: 'article', group: 'settings', needs: 'installation:manage' },
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
