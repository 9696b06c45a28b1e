/** Titles of notifications, also for the service worker, which has no page. Imports nothing but types. */
import type { NotificationKind } from '@firstword/shared/agent-preferences';

export const englishTitles = {
  'new-ticket': (number: number) => `New ticket #${number}`,
  reopened: (number: number) => `Ticket #${number} was reopened`,
  assigned: (number: number) => `Ticket #${number} was assigned to you`,
  reply: (number: number) => `Reply on ticket #${number}`,
  mention: (number: number) => `You were mentioned on ticket #${number}`,
  'target-near': (number: number) => `Ticket #${number} needs a reply soon`,
  'target-missed': (number: number) => `Ticket #${number} missed its reply target`,
} satisfies NotificationTitles;

export const englishTest: TestNotification = {
  title: 'Test notification',
  body: 'Push notifications work in this browser.',
};

export type NotificationTitles = Readonly<Record<NotificationKind, (number: number) => string>>;
export interface TestNotification {
  readonly title: string;
  readonly body: string;
}
