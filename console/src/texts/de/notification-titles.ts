/** Titles of notifications, also for the service worker. */
import type { NotificationTitles, TestNotification } from '../notification-titles.ts';

export const germanTitles: NotificationTitles = {
  'new-ticket': (number) => `Neues Ticket #${number}`,
  reopened: (number) => `Ticket #${number} wurde wieder geöffnet`,
  assigned: (number) => `Ticket #${number} wurde Ihnen zugewiesen`,
  reply: (number) => `Antwort auf Ticket #${number}`,
  mention: (number) => `Sie wurden in Ticket #${number} erwähnt`,
  'target-near': (number) => `Ticket #${number} braucht bald eine Antwort`,
  'target-missed': (number) => `Ticket #${number} hat sein Antwortziel verfehlt`,
};

export const germanTest: TestNotification = {
  title: 'Testbenachrichtigung',
  body: 'Push-Benachrichtigungen funktionieren in diesem Browser.',
};
