/** The pages beside the tickets, which `report-loader.tsx` loads as a separate chunk. */
import type { ComponentType } from 'preact';
import type { LoadedPage } from '../router.ts';
import type { Workspace } from '../workspace.ts';
import { CostPage } from './cost-page.tsx';
import { KnowledgePage } from './knowledge-page.tsx';
import { QualityPage } from './quality-page.tsx';
import { ResponseTimePage } from './response-time-page.tsx';

export const reportPages: Record<LoadedPage, ComponentType<{ workspace: Workspace }>> = {
  'response-time': ResponseTimePage,
  cost: CostPage,
  quality: QualityPage,
  knowledge: KnowledgePage,
};
