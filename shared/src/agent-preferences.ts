/** What agents choose for themselves. It is stored on the server, so that it is the same in each of their browsers. */
import { z } from 'zod';

/** What an agent is notified of. */
export const NOTIFICATION_KINDS = [
  'new-ticket',
  'reopened',
  'assigned',
  'reply',
  'mention',
  'target-near',
  'target-missed',
] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];
/** How: a count in the title and the icon of the page, a sound, a notification of the operating system. */
export const NOTIFICATION_SIGNALS = ['mark', 'sound', 'desktop'] as const;
export type NotificationSignal = (typeof NOTIFICATION_SIGNALS)[number];

const on = z.boolean().default(true);
export const notificationSettingsSchema = z.strictObject({
  'new-ticket': on,
  reopened: on,
  assigned: on,
  /** Of a visitor, on a ticket of the agent's own. */
  reply: on,
  /** In another agent's note. */
  mention: on,
  /** The site's target for a first reply will be missed soon. */
  'target-near': on,
  'target-missed': on,
  mark: on,
  sound: on,
  /** Off until the agent turns it on, because the browser asks for permission. */
  desktop: z.boolean().default(false),
  /** E-mails about alerts, to administrators. */
  'alert-mail': on,
});
export type NotificationSettings = z.infer<typeof notificationSettingsSchema>;

/** `GET` and `POST /api/v1/preferences`: of the signed-in agent. */
export const agentPreferencesSchema = z.strictObject({ notifications: notificationSettingsSchema });
export type AgentPreferences = z.infer<typeof agentPreferencesSchema>;
