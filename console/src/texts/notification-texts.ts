/** Texts of notifications, and of their settings on the page Your account. */
import type { NotificationKind, NotificationSignal } from '@firstword/shared/agent-preferences';
import { type Texts, translated } from './translated.ts';

const english = {
  title: 'Notifications',
  hint: 'These settings apply in every browser that you sign in to. You aren’t notified of what you do yourself.',
  about: 'Notify me about',
  kinds: {
    'new-ticket': 'New tickets',
    reopened: 'Reopened tickets',
    assigned: 'Tickets assigned to me',
    reply: 'Visitors’ replies on my tickets',
    mention: 'Notes that mention me',
    'target-near': 'Reply targets that will be missed soon',
    'target-missed': 'Missed reply targets',
  } satisfies Record<NotificationKind, string>,
  by: 'Notify me with',
  signals: {
    mark: 'A count in the title and a dot on the icon of the browser tab',
    sound: 'A sound',
    desktop: 'Desktop notifications',
  } satisfies Record<NotificationSignal, string>,
  mail: 'E-mail me',
  alertMail: 'Alerts about response time, budgets and models',
  play: 'Play the sound',
  allow: 'Allow in this browser',
  permission: {
    granted: '',
    default: 'This browser doesn’t show desktop notifications yet.',
    denied: 'This browser blocks notifications from this site. Allow them in the browser’s site settings.',
    unavailable: 'This browser can’t show desktop notifications here. They need https.',
  },
  titles: {
    'new-ticket': (number: number) => `New ticket #${number}`,
    reopened: (number: number) => `Ticket #${number} was reopened`,
    assigned: (number: number) => `Ticket #${number} was assigned to you`,
    reply: (number: number) => `Reply on ticket #${number}`,
    mention: (number: number) => `You were mentioned on ticket #${number}`,
    'target-near': (number: number) => `Ticket #${number} needs a reply soon`,
    'target-missed': (number: number) => `Ticket #${number} missed its reply target`,
  } satisfies Record<NotificationKind, (number: number) => string>,
} as const;
export type NotificationTexts = Texts<typeof english>;
export const notificationTexts = translated<NotificationTexts>('notification', english);
