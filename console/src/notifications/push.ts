/** Push notifications of the signed-in agent: whether this browser has them, and in which other browsers they are on. */
import type { PushDevice } from '@firstword/shared/push-device';
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Failure } from '../api-result.ts';
import { failureSentence } from '../failure-of.ts';
import type { Language } from '../language.ts';
import type { PushApi } from '../push-api.ts';
import { notificationTexts } from '../texts/notification-texts.ts';
import type { PushWorker, Subscription } from './push-worker.ts';

export interface Push {
  readonly isAvailable: boolean;
  /** Undefined until they have been loaded. */
  readonly devices: ReadonlySignal<readonly PushDevice[] | undefined>;
  /** The one that is this browser. */
  readonly ownId: ReadonlySignal<string | undefined>;
  readonly failure: ReadonlySignal<string | undefined>;
  /** What the last action did. */
  readonly done: ReadonlySignal<string>;
  /** Loads the list, and tells the server what has changed in this browser. */
  load(): Promise<void>;
  /** The same, where this browser has push notifications. */
  renew(): Promise<void>;
  turn(on: boolean): Promise<void>;
  test(id: string): Promise<void>;
  remove(id: string): Promise<void>;
  /** The agent signs out. Never rejects. */
  end(): Promise<void>;
  close(): void;
}

export interface PushParts {
  readonly api: PushApi;
  readonly worker: PushWorker | undefined;
  readonly language: Language;
  readonly askPermission: () => Promise<void>;
  readonly openTicket: (ticketId: string) => void;
}

export function createPush({ api, worker, language, askPermission, openTicket }: PushParts): Push {
  const devices = signal<readonly PushDevice[] | undefined>(undefined);
  const ownId = signal<string | undefined>(undefined);
  const failure = signal<string | undefined>(undefined);
  const done = signal('');
  const stopOpening = worker?.onOpen(openTicket);

  const begin = () => {
    failure.value = undefined;
    done.value = '';
  };
  const fail = (result: Failure) => {
    failure.value = failureSentence(result);
  };
  const list = async () => {
    const result = await api.list();
    if (result.ok) devices.value = result.value.devices;
    return result;
  };
  const save = async ({ id, device }: Subscription) => {
    const result = await api.save({ ...device, language });
    if (!result.ok) return fail(result);
    devices.value = result.value.devices;
    ownId.value = id;
  };
  const subscribe = async (publicKey: string) => {
    const made = await worker?.subscribe(publicKey).catch(() => undefined);
    if (made === undefined) failure.value = notificationTexts.push.notSubscribed;
    else await save(made);
  };
  const unsubscribe = async () => {
    ownId.value = undefined;
    await worker?.unsubscribe().catch(() => {}); // the server's list decides
  };

  const remove = async (id: string) => {
    begin();
    if (id === ownId.value) await unsubscribe();
    const result = await api.remove(id);
    if (!result.ok && result.code !== 'not-found') fail(result);
    await list();
  };
  const load = async () => {
    const [result, subscription] = await Promise.all([list(), worker?.current()]);
    if (!result.ok || subscription === undefined) return;
    const { publicKey } = result.value;
    // It may be another agent's, or have been removed from the list.
    if (!result.value.devices.some(({ id }) => id === subscription.id)) await unsubscribe();
    // The session and the language may be other ones now.
    else if (subscription.publicKey === publicKey) await save(subscription);
    else {
      await unsubscribe();
      await api.remove(subscription.id);
      await subscribe(publicKey);
    }
  };

  return {
    isAvailable: worker !== undefined,
    devices,
    ownId,
    failure,
    done,
    async renew() {
      if ((await worker?.current()) !== undefined) await load();
    },
    load,
    async turn(on) {
      begin();
      const own = ownId.value;
      if (!on) {
        if (own !== undefined) await remove(own);
        return;
      }
      await askPermission();
      if (Notification.permission !== 'granted') return;
      const result = await list();
      if (result.ok) await subscribe(result.value.publicKey);
      else fail(result);
    },
    async test(id) {
      begin();
      const result = await api.test(id);
      if (result.ok) {
        devices.value = result.value.devices;
        done.value = notificationTexts.push.tested;
      } else {
        await list();
        fail(result);
      }
    },
    remove,
    async end() {
      if (ownId.value !== undefined) await unsubscribe();
    },
    close: () => stopOpening?.(),
  };
}
