/** The pages beside the tickets, which `report-loader.tsx` loads as a separate chunk. */
import type { ComponentType } from 'preact';
import type { LoadedPage } from '../router.ts';
import type { Workspace } from '../workspace.ts';
import { AccountPage } from './account-page.tsx';
import { CostPage } from './cost-page.tsx';
import { KnowledgePage } from './knowledge-page.tsx';
import { ResponseTimePage } from './response-time-page.tsx';
import { TeamPage } from './team-page.tsx';
import { TokensPage } from './tokens-page.tsx';

export const reportPages: Record<LoadedPage, ComponentType<{ workspace: Workspace }>> = {
  'response-time': ResponseTimePage,
  cost: CostPage,
  knowledge: KnowledgePage,
  team: TeamPage,
  'api-tokens': TokensPage,
  account: AccountPage,
};
