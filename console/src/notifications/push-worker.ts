/** The service worker of this browser, and its subscription at the browser's push service. */
import type { PushSubscription as DeviceSubscription } from '@firstword/shared/push-device';

declare global {
  interface Window {
    readonly trustedTypes?: {
      readonly defaultPolicy: object | null;
      createPolicy(name: 'default', rules: { createScriptURL: (url: string) => string | null }): object;
    };
  }
}

export interface Subscription {
  /** As the server's list has it. */
  readonly id: string;
  /** With which the browser subscribed. */
  readonly publicKey: string;
  readonly device: Omit<DeviceSubscription, 'language'>;
}

export interface PushWorker {
  /** Undefined where this browser has none. */
  current(): Promise<Subscription | undefined>;
  /** @throws Error when the push service can't be reached */
  subscribe(publicKey: string): Promise<Subscription>;
  unsubscribe(): Promise<void>;
  /** The agent clicks a notification while a page is open. */
  onOpen(open: (ticketId: string) => void): () => void;
}

/** @param folder of the console, such as `/support/console/`. Undefined where the browser has no push notifications. */
export function createPushWorker(folder: string): PushWorker | undefined {
  if (!window.isSecureContext || !('serviceWorker' in navigator) || !('PushManager' in window)) return undefined;
  const { serviceWorker } = navigator;
  const script = new URL(`${folder}push-worker.js`, window.location.href).href;
  // The one script that the page's Trusted Types admit.
  if (window.trustedTypes?.defaultPolicy === null)
    window.trustedTypes.createPolicy('default', { createScriptURL: (url) => (url === script ? url : null) });
  const registered = () => serviceWorker.getRegistration(folder);
  const read = async () => (await registered())?.pushManager.getSubscription() ?? null;
  return {
    async current() {
      const subscription = await read();
      return subscription === null ? undefined : describe(subscription);
    },
    async subscribe(publicKey) {
      const registration = await serviceWorker.register(script, { updateViaCache: 'none' });
      await activated(registration);
      const wanted = { userVisibleOnly: true, applicationServerKey: publicKey };
      return describe(await registration.pushManager.subscribe(wanted));
    },
    async unsubscribe() {
      await (await read())?.unsubscribe();
    },
    onOpen(open) {
      const listen = ({ data }: MessageEvent<{ ticketId?: unknown }>) => {
        if (typeof data.ticketId === 'string') open(data.ticketId);
      };
      serviceWorker.addEventListener('message', listen);
      serviceWorker.startMessages();
      return () => serviceWorker.removeEventListener('message', listen);
    },
  };
}

/** Not `serviceWorker.ready`, which waits for a worker of this page: the console's first page is outside of its folder. */
function activated({ active, installing, waiting }: ServiceWorkerRegistration): Promise<void> {
  const coming = installing ?? waiting;
  if (active !== null || coming === null) return Promise.resolve();
  return new Promise((resolve, reject) => {
    coming.addEventListener('statechange', () => {
      if (coming.state === 'activated') resolve();
      if (coming.state === 'redundant') reject(new Error('the service worker was not installed'));
    });
  });
}

async function describe(subscription: PushSubscription): Promise<Subscription> {
  const { endpoint, options } = subscription;
  const id = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(endpoint));
  const key = (name: PushEncryptionKeyName) => base64url(subscription.getKey(name));
  return {
    id: base64url(id),
    publicKey: base64url(options.applicationServerKey),
    device: { endpoint, keys: { p256dh: key('p256dh'), auth: key('auth') } },
  };
}

function base64url(bytes: ArrayBuffer | null): string {
  const text = String.fromCharCode(...new Uint8Array(bytes ?? new ArrayBuffer(0)));
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
