/** The report pages, which `report-loader.tsx` loads as a separate chunk. */
import type { ComponentType } from 'preact';
import type { ReportPage } from '../router.ts';
import type { Workspace } from '../workspace.ts';
import { CostPage } from './cost-page.tsx';
import { ResponseTimePage } from './response-time-page.tsx';

export const reportPages: Record<ReportPage, ComponentType<{ workspace: Workspace }>> = {
  'response-time': ResponseTimePage,
  cost: CostPage,
};
