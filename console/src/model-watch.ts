/** Whether the models answer, read again every 30 seconds: an outage is one banner, however many tickets it opens. */
import type { ModelAlarm, ModelStatusView } from '@firstword/shared/model-status';
import { computed, type ReadonlySignal } from '@preact/signals';
import type { Api } from './api.ts';
import { createResource, type Resource } from './resource.ts';

export interface ModelWatch {
  readonly status: Resource<object, ModelStatusView>;
  /** What visitors meet now; the first one, as others usually have the same cause. */
  readonly alarm: ReadonlySignal<ModelAlarm | undefined>;
  /** Reads the state now. Called with each connection. */
  refresh(): void;
  close(): void;
}

const EVERY_MS = 30_000;

export function createModelWatch(api: Pick<Api, 'readModels'>): ModelWatch {
  const status = createResource({}, api.readModels);
  let timer: ReturnType<typeof setInterval> | undefined;
  return {
    status,
    alarm: computed(() => status.response.value?.alarms[0]),
    refresh() {
      clearInterval(timer);
      timer = setInterval(() => {
        if (!document.hidden) void status.load();
      }, EVERY_MS);
      void status.load();
    },
    close: () => clearInterval(timer),
  };
}
