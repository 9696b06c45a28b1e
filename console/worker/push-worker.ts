/** The console's service worker: shows what is pushed to this browser, and opens the ticket when it is clicked. */
import type { PushMessage } from '@firstword/shared/push-device';
import { germanTest, germanTitles } from '../src/texts/de/notification-titles.ts';
import { englishTest, englishTitles } from '../src/texts/notification-titles.ts';

declare const self: ServiceWorkerGlobalScope;

const TEXTS = {
  en: { titles: englishTitles, test: englishTest },
  de: { titles: germanTitles, test: germanTest },
};
/** Not the id of a ticket. */
const TEST = 'test';

const openPages = async () => {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const console = self.registration.scope.slice(0, -1);
  return pages.filter(({ url }) => url === console || url.startsWith(self.registration.scope));
};

/** A page in the background shows the same news by itself, with its sound: of two with the same tag, one stays. */
const show = async (message: PushMessage) => {
  const { titles, test } = TEXTS[message.language];
  if (message.kind === 'test') return self.registration.showNotification(test.title, { tag: TEST, body: test.body });
  const { kind, number, site, line = '', ticketId } = message;
  const silent = message.silent || (await openPages()).length > 0;
  return self.registration.showNotification(`${titles[kind](number)} · ${site}`, { tag: ticketId, body: line, silent });
};

const open = async (tag: string) => {
  const pages = await openPages();
  const page = pages.find(({ visibilityState }) => visibilityState === 'visible') ?? pages[0];
  if (page === undefined)
    return self.clients.openWindow(`${self.registration.scope}${tag === TEST ? 'account' : `tickets/${tag}`}`);
  await page.focus();
  if (tag !== TEST) page.postMessage({ ticketId: tag });
};

self.addEventListener('install', (event) => event.waitUntil(self.skipWaiting()));
self.addEventListener('push', (event) => {
  const message: PushMessage | undefined = event.data?.json();
  if (message !== undefined) event.waitUntil(show(message));
});
self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.tag));
});
