/** The REST client of the Models page. */
import type {
  ModelChange,
  ModelCheckEvent,
  ModelCheckRequest,
  ModelSettingsView,
} from '@firstword/shared/model-settings';
import type { SiteDiff } from '@firstword/shared/site-settings';
import type { Result } from './api-result.ts';
import type { AllSenders } from './senders.ts';

export interface ModelSettingsApi {
  read(): Promise<Result<ModelSettingsView>>;
  save(change: ModelChange): Promise<Result<ModelSettingsView>>;
  rollBack(version: number, expectedVersion: number): Promise<Result<ModelSettingsView>>;
  readDiff(from: number, to: number): Promise<Result<SiteDiff>>;
  /** Resolves at the end of the check. */
  check(
    request: ModelCheckRequest,
    onEvent: (event: ModelCheckEvent) => void,
    signal: AbortSignal,
  ): Promise<Result<undefined>>;
}

export function createModelSettingsApi({ send, sendWithRetries, sendForLines }: AllSenders): ModelSettingsApi {
  const path = '/model-settings';
  return {
    read: () => sendWithRetries('GET', path),
    // Not repeated: the second of two would be refused, as another change.
    save: (change) => send('POST', path, change),
    rollBack: (version, expectedVersion) => send('POST', `${path}/roll-back`, { version, expectedVersion }),
    readDiff: (from, to) => sendWithRetries('GET', `${path}/diff?from=${from}&to=${to}`),
    check: (request, onEvent, signal) => sendForLines(`${path}/check`, request, onEvent, signal),
  };
}
