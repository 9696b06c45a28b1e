/** The browsers that an agent has added to be notified in while the console is closed. */
import type { PushDeviceList, PushSubscription } from '@firstword/shared/push-device';
import { hashId } from '../lib/tokens.ts';
import type { AccountAccess, AccountStore } from '../records/account-store.ts';
import type { PushDeviceStore, StoredPushDevice } from '../records/push-device-store.ts';
import type { PushOutcome, PushSender } from './push-sender.ts';

export interface PushDevices {
  list(agentId: string): Promise<PushDeviceList>;
  /** Replaces what is stored of this browser, also by another agent. @throws AddressError */
  save(
    owner: { readonly agentId: string; readonly sessionId: string },
    subscription: PushSubscription,
    userAgent: string,
  ): Promise<void>;
  /** Sends a notification that says it is a test. */
  test(agentId: string, id: string): Promise<PushOutcome | { readonly ok: false; readonly isUnknown: true }>;
  /** False when the agent has no such device. */
  remove(agentId: string, id: string): Promise<boolean>;
  /** A session of the agent has ended, or all but one. */
  endSessions(agentId: string, which: { readonly id: string } | { readonly allBut: string }): Promise<void>;
  /** Removes the agent's devices if all sessions of the account have ended, as they do when it is deactivated. */
  checkAccess(agentId: string): Promise<void>;
}

export interface PushDevicesParts {
  readonly store: PushDeviceStore;
  readonly accounts: Pick<AccountStore, 'access'>;
  readonly sender: Pick<PushSender, 'checkEndpoint' | 'send'>;
  readonly publicKey: string;
  readonly now?: () => number;
}

/** The oldest ones are removed beyond. */
const DEVICES_MAX = 20;
const DEVICE_MAX_CHARS = 200;

export function createPushDevices({
  store,
  accounts,
  sender,
  publicKey,
  now = Date.now,
}: PushDevicesParts): PushDevices {
  const find = async (agentId: string, id: string) => (await store.ofAgents([agentId])).find((each) => each.id === id);
  const removeWhere = async (agentId: string, isOver: (device: StoredPushDevice) => boolean) =>
    store.remove((await store.ofAgents([agentId])).filter(isOver).map(({ id }) => id));
  return {
    async list(agentId) {
      const devices = (await store.ofAgents([agentId])).map(({ id, device, addedAt, lastPushAt }) => ({
        ...{ id, device, addedAt },
        ...(lastPushAt === undefined ? {} : { lastPushAt }),
      }));
      return { publicKey, devices };
    },
    async save({ agentId, sessionId }, subscription, userAgent) {
      sender.checkEndpoint(subscription.endpoint);
      const [account] = await accounts.access([agentId]);
      if (account === undefined) return;
      const { credential } = account;
      const device = userAgent.slice(0, DEVICE_MAX_CHARS);
      const id = hashId(subscription.endpoint);
      await store.save({ id, agentId, sessionId, credential, device, subscription, addedAt: now() });
      const ids = (await store.ofAgents([agentId])).map((each) => each.id);
      await store.remove(ids.slice(0, -DEVICES_MAX).filter((each) => each !== id));
    },
    async test(agentId, id) {
      const device = await find(agentId, id);
      if (device === undefined) return { ok: false, isUnknown: true };
      const { language } = device.subscription;
      const outcome = await sender.send(device.subscription, { kind: 'test', language });
      if (outcome.ok) await store.pushed(id, now());
      else if (outcome.isGone) await store.remove([id]);
      return outcome;
    },
    async remove(agentId, id) {
      const device = await find(agentId, id);
      if (device !== undefined) await store.remove([id]);
      return device !== undefined;
    },
    endSessions: (agentId, which) =>
      removeWhere(agentId, ({ sessionId }) => ('id' in which ? sessionId === which.id : sessionId !== which.allBut)),
    async checkAccess(agentId) {
      const [account] = await accounts.access([agentId]);
      await removeWhere(agentId, (device) => !isValid(device, account));
    },
  };
}

/** Whether the session in which the device was added could still be going on, as far as the account knows. */
export function isValid({ credential }: StoredPushDevice, account: AccountAccess | undefined): boolean {
  return account?.deactivatedAt === undefined && account?.credential === credential;
}
