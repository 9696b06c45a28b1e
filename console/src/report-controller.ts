/** The state of the report pages: filters, responses, and changes of the kill switch. */
import type { QualityKey, QualityReport } from '@firstword/shared/quality-report';
import type {
  BudgetReport,
  CostKey,
  CostReport,
  ResponseTimeKey,
  ResponseTimeReport,
  VerdictReport,
} from '@firstword/shared/reports';
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Api, ReportQuery } from './api.ts';
import { createResource, type Resource } from './resource.ts';
import { ticketTexts } from './texts/ticket-texts.ts';

export const SPANS = [7, 30, 90] as const;

export interface ReportFilter<Key extends string> {
  readonly site: string | undefined;
  readonly days: (typeof SPANS)[number];
  readonly by: Key;
}

/** A change of the kill switch. */
export interface KillSwitchChange {
  /** A site's id, or `all`. */
  readonly site: string;
  readonly name: string;
  readonly stopped: boolean;
}

export interface ReportController {
  readonly responseTime: Resource<ReportFilter<ResponseTimeKey>, ResponseTimeReport>;
  readonly verdicts: Resource<object, VerdictReport>;
  readonly cost: Resource<ReportFilter<CostKey>, CostReport>;
  readonly quality: Resource<ReportFilter<QualityKey>, QualityReport>;
  readonly budgets: Resource<object, BudgetReport>;
  /** The change that is waiting for confirmation. */
  readonly plannedSwitch: ReadonlySignal<KillSwitchChange | undefined>;
  /** Why the change failed. */
  readonly switchFailure: ReadonlySignal<string | undefined>;
  planSwitch(change: KillSwitchChange): void;
  /** Resolves with whether the server accepted it. */
  confirmSwitch(reason: string): Promise<boolean>;
}

const DAY_MS = 24 * 60 * 60 * 1000;

export function createReportController(api: Api, now: () => number = Date.now): ReportController {
  const plannedSwitch = signal<KillSwitchChange | undefined>(undefined);
  const switchFailure = signal<string | undefined>(undefined);
  const toQuery = <Key extends string>({ site, days, by }: ReportFilter<Key>): ReportQuery<Key> => ({
    site,
    by,
    from: new Date(now() - (days - 1) * DAY_MS).toISOString().slice(0, 10),
  });
  const budgets = createResource({}, api.readBudgets);

  return {
    responseTime: createResource<ReportFilter<ResponseTimeKey>, ResponseTimeReport>(
      { site: undefined, days: 7, by: 'day' },
      (filter) => api.readResponseTime(toQuery(filter)),
    ),
    verdicts: createResource({}, api.readVerdicts),
    cost: createResource<ReportFilter<CostKey>, CostReport>({ site: undefined, days: 7, by: 'day' }, (filter) =>
      api.readCost(toQuery(filter)),
    ),
    quality: createResource<ReportFilter<QualityKey>, QualityReport>(
      { site: undefined, days: 7, by: 'day' },
      (filter) => api.readQuality(toQuery(filter)),
    ),
    budgets,
    plannedSwitch,
    switchFailure,
    planSwitch(change) {
      plannedSwitch.value = change;
      switchFailure.value = undefined;
    },
    async confirmSwitch(reason) {
      if (plannedSwitch.value === undefined) return false;
      const { site, stopped } = plannedSwitch.value;
      const result = await api.setKillSwitch({ site, stopped, reason });
      if (result.ok) budgets.set(result.value);
      switchFailure.value = result.ok
        ? undefined
        : result.code === 'offline'
          ? ticketTexts.notSent
          : ticketTexts.refused(result.message);
      return result.ok;
    },
  };
}
