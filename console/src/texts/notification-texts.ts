/** Texts of notifications, and of their settings on the page Your account. */
import type { NotificationKind, NotificationSignal } from '@firstword/shared/agent-preferences';
import { englishTitles } from './notification-titles.ts';
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
  titles: englishTitles,
  push: {
    title: 'Push notifications',
    hint: 'Your device notifies you while no page of the console is visible, even if all are closed. Choose above what you’re notified about.',
    here: 'Push notifications in this browser',
    added: 'Added',
    last: 'Last notification',
    test: 'Send test',
    testOf: (device: string) => `Send test to ${device}`,
    tested: 'Test notification sent.',
    remove: 'Remove',
    removeOf: (device: string) => `Remove ${device}`,
    unavailable:
      'This browser can’t receive push notifications here. They need https, and on iPhone and iPad the console on the home screen.',
    notSubscribed: 'The browser couldn’t reach its push service. Check your connection and try again.',
  },
} as const;
export type NotificationTexts = Texts<typeof english>;
export const notificationTexts = translated<NotificationTexts>('notification', english);
