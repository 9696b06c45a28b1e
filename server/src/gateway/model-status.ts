/** Knows what is wrong with the model endpoints: the alarms that no success has ended yet, and the last check of each model. */
import type { ModelAlarm, ModelCheck, ModelStatusView } from '@firstword/shared/model-status';
import type { Log } from '../lib/log.ts';
import type { CallRow } from './chat-call.ts';
import type { GatewayAlarm } from './gateway.ts';

export interface ModelStatus {
  /** Logs the alarm, at most once a minute for the same fault. */
  raise(alarm: GatewayAlarm): void;
  /** Ends alarms: a call that succeeded proves that its endpoint and its model work. */
  called(row: Pick<CallRow, 'outcome' | 'endpointId' | 'modelId'>): void;
  checked(checks: readonly ModelCheck[]): void;
  /** Forgets everything: other models are in use. */
  reset(): void;
  view(): ModelStatusView;
}

export interface ModelStatusParts {
  readonly log: Log;
  readonly onAlarm?: (alarm: GatewayAlarm) => void;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}

const REPEAT_LOG_MS = 60_000;
/** Alarms about one model; others are about its endpoint, and a success of any of its models ends them. */
const OF_ONE_MODEL: readonly string[] = ['unknown-model', 'only-thinking', 'thinking-too-long'];

interface Raised {
  readonly alarm: ModelAlarm;
  readonly loggedAt: number;
}

/** Whether the alarm is also about this model: that of its endpoint is about each model there. */
export function concerns(alarm: ModelAlarm, { endpointId, modelId }: Pick<CallRow, 'endpointId' | 'modelId'>): boolean {
  return alarm.endpointId === endpointId && (alarm.modelId === modelId || !OF_ONE_MODEL.includes(alarm.code));
}

export function createModelStatus({ log, onAlarm = () => {}, now = Date.now }: ModelStatusParts): ModelStatus {
  const raised = new Map<string, Raised>();
  let checks: readonly ModelCheck[] = [];
  let isChecked = false;

  return {
    raise(alarm) {
      onAlarm(alarm);
      const key = `${alarm.endpointId} ${alarm.modelId} ${alarm.code}`;
      const known = raised.get(key);
      const at = now();
      const isDue = known === undefined || at - known.loggedAt >= REPEAT_LOG_MS;
      if (isDue) log.error(alarm, 'model endpoint needs attention');
      const since = known?.alarm.since ?? new Date(at).toISOString();
      raised.set(key, {
        alarm: { ...alarm, since, count: (known?.alarm.count ?? 0) + 1 },
        loggedAt: isDue ? at : known.loggedAt,
      });
    },

    called(call) {
      if (call.outcome !== 'done' || raised.size === 0) return;
      for (const [key, { alarm }] of raised) if (concerns(alarm, call)) raised.delete(key);
    },

    checked(found) {
      isChecked = true;
      checks = found;
    },

    reset() {
      raised.clear();
      isChecked = false;
      checks = [];
    },

    view() {
      const alarms = [...raised.values()].map(({ alarm }) => alarm);
      const code = alarms[0]?.code ?? checks.find(({ fault }) => fault !== undefined)?.fault?.code;
      return { state: code ?? (isChecked ? 'ok' : 'unchecked'), alarms, checks: [...checks] };
    },
  };
}
