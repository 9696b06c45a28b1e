/** The report pages' model: what was asked for, what the server said, and the switch that stops spending. */
import type {
  BudgetReport,
  CostKey,
  CostReport,
  FirstWordKey,
  FirstWordReport,
  VerdictReport,
} from '@firstword/shared/reports';
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Api, ReportQuestion } from './api.ts';
import { createReading, type Reading } from './reading.ts';
import { texts } from './texts.ts';

export const SPANS = [7, 30, 90] as const;

export interface Asked<Key extends string> {
  readonly site: string | undefined;
  readonly days: (typeof SPANS)[number];
  readonly by: Key;
}

/** What the kill switch would do, before somebody confirms it. */
export interface SwitchTurn {
  /** A site's id, or `all`. */
  readonly site: string;
  readonly name: string;
  readonly stopped: boolean;
}

export interface ReportWork {
  readonly firstWord: Reading<Asked<FirstWordKey>, FirstWordReport>;
  readonly verdicts: Reading<object, VerdictReport>;
  readonly cost: Reading<Asked<CostKey>, CostReport>;
  readonly budgets: Reading<object, BudgetReport>;
  readonly turn: ReadonlySignal<SwitchTurn | undefined>;
  /** Why the switch did not turn. */
  readonly turnFailed: ReadonlySignal<string | undefined>;
  plan(turn: SwitchTurn): void;
  /** Resolves with whether the server took it. */
  confirm(reason: string): Promise<boolean>;
}

const DAY_MS = 24 * 60 * 60 * 1000;

export function createReportWork(api: Api, now: () => number = Date.now): ReportWork {
  const turn = signal<SwitchTurn | undefined>(undefined);
  const turnFailed = signal<string | undefined>(undefined);
  const toQuestion = <Key extends string>({ site, days, by }: Asked<Key>): ReportQuestion<Key> => ({
    site,
    by,
    from: new Date(now() - (days - 1) * DAY_MS).toISOString().slice(0, 10),
  });
  const budgets = createReading({}, api.readBudgets);

  return {
    firstWord: createReading<Asked<FirstWordKey>, FirstWordReport>({ site: undefined, days: 7, by: 'day' }, (asked) =>
      api.readFirstWord(toQuestion(asked)),
    ),
    verdicts: createReading({}, api.readVerdicts),
    cost: createReading<Asked<CostKey>, CostReport>({ site: undefined, days: 7, by: 'day' }, (asked) =>
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
          ? texts.notSent
          : texts.refused(result.message);
      return result.ok;
    },
  };
}
