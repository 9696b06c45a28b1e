/** Watches the chains of models. Models are asked only where calls give a reason to, and while an alert is open. */
import type { AlertCause } from '@firstword/shared/alert';
import type { AlertWatch } from './alert-sweep.ts';

export interface ModelWatchParts {
  readonly isSuspected: () => boolean;
  /** Chains none of whose models answers. */
  readonly find: () => Promise<readonly Required<Pick<AlertCause, 'tier' | 'reason' | 'fix'>>[]>;
}

export function createModelWatch({ isSuspected, find }: ModelWatchParts): AlertWatch {
  return {
    kinds: ['models-down'],
    async look(_now, open) {
      if (open.length === 0 && !isSuspected()) return [];
      return (await find()).map((outage) => ({
        verdict: 'bad',
        cause: { kind: 'models-down', value: 0, objective: 1, ...outage },
      }));
    },
  };
}
