/** The report pages' model: what was asked for, what the server said, and the switch that stops spending. */
import type {
  BudgetReport,
  CostKey,
  CostReport,
  ResponseTimeKey,
  ResponseTimeReport,
  VerdictReport,
} from '@firstword/shared/reports';
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Api, ReportQuestion } from './api.ts';
import { createResource, type Resource } from './resource.ts';
import { ticketTexts } from './texts/ticket-texts.ts';

export const SPANS = [7, 30, 90] as const;

export interface Asked<Key extends string> {
  readonly site: string | undefined;
  readonly days: (typeof SPANS)[number];
  readonly by: Key;
}

/** A kill switch change that waits for confirmation. */
export interface KillSwitchChange {
  /** A site's id, or `all`. */
  readonly site: string;
  readonly name: string;
  readonly stopped: boolean;
}

export interface ReportController {
  readonly responseTime: Resource<Asked<ResponseTimeKey>, ResponseTimeReport>;
  readonly verdicts: Resource<object, VerdictReport>;
  readonly cost: Resource<Asked<CostKey>, CostReport>;
  readonly budgets: Resource<object, BudgetReport>;
  readonly turn: ReadonlySignal<KillSwitchChange | undefined>;
  /** Why the switch did not turn. */
  readonly turnFailed: ReadonlySignal<string | undefined>;
  plan(turn: KillSwitchChange): void;
  /** Resolves with whether the server took it. */
  confirm(reason: string): Promise<boolean>;
}

const DAY_MS = 24 * 60 * 60 * 1000;

export function createReportController(api: Api, now: () => number = Date.now): ReportController {
  const turn = signal<KillSwitchChange | undefined>(undefined);
  const turnFailed = signal<string | undefined>(undefined);
  const toQuestion = <Key extends string>({ site, days, by }: Asked<Key>): ReportQuestion<Key> => ({
    site,
    by,
    from: new Date(now() - (days - 1) * DAY_MS).toISOString().slice(0, 10),
  });
  const budgets = createResource({}, api.readBudgets);

  return {
    responseTime: createResource<Asked<ResponseTimeKey>, ResponseTimeReport>(
      { site: undefined, days: 7, by: 'day' },
      (asked) => api.readResponseTime(toQuestion(asked)),
    ),
    verdicts: createResource({}, api.readVerdicts),
    cost: createResource<Asked<CostKey>, CostReport>({ site: undefined, days: 7, by: 'day' }, (asked) =>
      api.readCost(toQuestion(asked)),
    ),
    budgets,
    turn,
    turnFailed,
    plan(planned) {
      turn.value = planned;
      turnFailed.value = undefined;
    },
    async confirm(reason) {
      if (turn.value === undefined) return false;
      const { site, stopped } = turn.value;
      const result = await api.turnKillSwitch({ site, stopped, reason });
      if (result.ok) budgets.put(result.value);
      turnFailed.value = result.ok
        ? undefined
        : result.code === 'offline'
          ? ticketTexts.notSent
          : ticketTexts.refused(result.message);
      return result.ok;
    },
  };
}
