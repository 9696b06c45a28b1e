/** The browsers to which notifications are pushed. */
import type { PushSubscription } from '@firstword/shared/push-device';

export interface StoredPushDevice {
  /** Made of the endpoint of the subscription. */
  readonly id: string;
  readonly agentId: string;
  /** As the list of sessions has it. */
  readonly sessionId: string;
  /** The account's, when the device was added: another one has ended the session. */
  readonly credential: string;
  /** The browser's `User-Agent`. */
  readonly device: string;
  readonly subscription: PushSubscription;
  /** In milliseconds since 1970. */
  readonly addedAt: number;
  readonly lastPushAt?: number;
}

export interface PushDeviceStore {
  /** Adds the device, or replaces what is stored of it but when it was added. */
  save(device: Omit<StoredPushDevice, 'lastPushAt'>): Promise<void>;
  /** The one that was added first comes first. */
  ofAgents(agentIds: readonly string[]): Promise<StoredPushDevice[]>;
  /** A push service has accepted a notification for it. */
  pushed(id: string, at: number): Promise<void>;
  remove(ids: readonly string[]): Promise<void>;
}
