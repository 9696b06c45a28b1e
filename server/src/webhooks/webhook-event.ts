/** What webhooks are sent about an event of the feed, an entry of the audit log, and an alert. */
import type { Alert, AlertChange } from '@firstword/shared/alert';
import type { AuditEntry } from '@firstword/shared/audit';
import type { FeedEventOf } from '@firstword/shared/feed-event';
import type { WebhookType } from '@firstword/shared/webhook';

export interface WebhookEvent {
  /** Unique, and the same for a repeated event. */
  readonly key: string;
  readonly type: WebhookType;
  readonly at: number;
  /** Absent: it belongs to no site. */
  readonly siteId?: string;
  readonly conversationId?: string;
  readonly data: object;
}

export const WEBHOOK_FEED_EVENTS = ['message', 'hand-off-requested', 'rated', 'conversation-closed'] as const;
export type WebhookFeedEvent = FeedEventOf<(typeof WEBHOOK_FEED_EVENTS)[number]>;

/** Undefined: nothing is sent about it. */
export function webhookEventOf(event: WebhookFeedEvent): WebhookEvent | undefined {
  const { eventId, at, siteId, conversationId, visitorId, ticketId } = event;
  const origin = {
    key: `${conversationId} ${eventId}`,
    at,
    siteId,
    conversationId,
  };
  const ids = {
    siteId,
    conversationId,
    ...(visitorId === undefined ? {} : { visitorId }),
    ...(ticketId === undefined ? {} : { ticketId }),
  };
  switch (event.type) {
    case 'message':
      return { ...origin, type: 'message.created', data: { ...ids, message: event.message } };
    case 'hand-off-requested': {
      if (event.effect === 'joined') return undefined;
      const { reason, urgency, openedBy, firstLine } = event.request;
      const type = event.effect === 'opened' ? 'ticket.created' : 'ticket.reopened';
      return { ...origin, type, data: { ...ids, reason, urgency, openedBy, firstLine } };
    }
    case 'rated':
      return { ...origin, type: 'rating.created', data: { ...ids, rating: event.rating } };
    case 'conversation-closed':
      return ticketId === undefined
        ? undefined
        : { ...origin, type: 'ticket.resolved', data: { ...ids, resolution: event.resolution } };
  }
}

export function webhookEventOfAudit(entry: AuditEntry): WebhookEvent {
  const { id, at, siteId } = entry;
  return { key: `audit ${id}`, type: 'audit.recorded', at, ...(siteId === undefined ? {} : { siteId }), data: entry };
}

export function webhookEventOfAlert(change: AlertChange, alert: Alert, at: number): WebhookEvent {
  const { id, siteId } = alert;
  return {
    key: `alert ${id} ${change}`,
    type: `alert.${change}`,
    at,
    ...(siteId === undefined ? {} : { siteId }),
    data: alert,
  };
}
