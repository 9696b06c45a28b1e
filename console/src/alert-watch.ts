/** Alerts, read again every minute: those that are open, and those that are over. */
import type { Alert, AlertList } from '@firstword/shared/alert';
import { computed, type ReadonlySignal } from '@preact/signals';
import type { Api } from './api.ts';
import { createResource, type Resource } from './resource.ts';

export interface AlertWatch {
  readonly list: Resource<object, AlertList>;
  readonly open: ReadonlySignal<readonly Alert[]>;
  /** Reads them now. Called with each connection. */
  refresh(): void;
  close(): void;
}

const EVERY_MS = 60_000;

export function createAlertWatch(api: Pick<Api, 'readAlerts'>): AlertWatch {
  const list = createResource({}, api.readAlerts);
  let timer: ReturnType<typeof setInterval> | undefined;
  return {
    list,
    open: computed(() => (list.response.value?.alerts ?? []).filter(({ state }) => state === 'open')),
    refresh() {
      clearInterval(timer);
      timer = setInterval(() => {
        if (!document.hidden) void list.load();
      }, EVERY_MS);
      void list.load();
    },
    close: () => clearInterval(timer),
  };
}
