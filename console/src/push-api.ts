/** The REST client of push notifications. */
import type { PushDeviceList, PushSubscription } from '@firstword/shared/push-device';
import type { Result } from './api-result.ts';
import type { Senders } from './knowledge-api.ts';

export interface PushApi {
  list(): Promise<Result<PushDeviceList>>;
  /** Adds this browser, or replaces what the server knows of it. */
  save(subscription: PushSubscription): Promise<Result<PushDeviceList>>;
  test(id: string): Promise<Result<PushDeviceList>>;
  remove(id: string): Promise<Result<unknown>>;
}

export function createPushApi({ send, sendWithRetries }: Senders): PushApi {
  const device = (id: string) => `/push-devices/${encodeURIComponent(id)}`;
  return {
    list: () => sendWithRetries('GET', '/push-devices'),
    save: (subscription) => sendWithRetries('POST', '/push-devices', subscription),
    test: (id) => send('POST', `${device(id)}/test`, {}),
    remove: (id) => send('DELETE', device(id)),
  };
}
