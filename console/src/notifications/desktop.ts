/** Notifications of the operating system, as far as this browser has them and the agent has allowed them. */
import { type ReadonlySignal, signal } from '@preact/signals';

/** `unavailable`: the browser has none, or the page was loaded over http. */
export type DesktopPermission = NotificationPermission | 'unavailable';

export interface Desktop {
  readonly permission: ReadonlySignal<DesktopPermission>;
  /** Asks the agent. Browsers refuse this unless it follows from a click. */
  ask(): Promise<void>;
  /** @param tag a later notification with the same one replaces it */
  show(tag: string, title: string, body: string, onOpen: () => void): void;
}

export function createDesktop(): Desktop {
  const isAvailable = 'Notification' in window && window.isSecureContext;
  const permission = signal<DesktopPermission>(isAvailable ? Notification.permission : 'unavailable');
  return {
    permission,
    async ask() {
      if (isAvailable) permission.value = await Notification.requestPermission();
    },
    show(tag, title, body, onOpen) {
      if (permission.value !== 'granted') return;
      try {
        const shown = new Notification(title, { tag, body, silent: true });
        shown.onclick = () => {
          shown.close();
          window.focus();
          onOpen();
        };
      } catch {
        // Chrome on Android has the class, but refuses its constructor.
        permission.value = 'unavailable';
      }
    },
  };
}
