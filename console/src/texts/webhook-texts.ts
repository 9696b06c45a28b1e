/** Texts of the Webhooks page. Pure. */
import type { SiteName } from '@firstword/shared/reports';
import type { Webhook, WebhookDelivery, WebhookType } from '@firstword/shared/webhook';
import { agoText, untilText } from '../times.ts';
import { countOf } from './common-texts.ts';
import { pageTexts } from './page-texts.ts';
import { saidText } from './phrase-texts.ts';
import { type Texts, translated } from './translated.ts';

const english = {
  title: pageTexts.webhooks,
  hint: 'Endpoints of your own programs that are sent what happens here, as signed requests. Events that happen while an endpoint is off aren’t sent.',
  empty: 'There are no endpoints. Add one to be notified of new messages, tickets, ratings or audit log entries.',
  add: 'Add an endpoint',
  addEndpoint: 'Add endpoint',
  url: 'URL',
  urlHint: 'A public address that starts with https://',
  site: 'Events of',
  allSites: 'All sites',
  types: 'Events',
  typeLabels: {
    'message.created': 'A message was written',
    'ticket.created': 'A ticket was opened',
    'ticket.reopened': 'A ticket was reopened',
    'ticket.resolved': 'A ticket was closed',
    'rating.created': 'An answer or a conversation was rated',
    'alert.opened': 'An alert was opened',
    'alert.closed': 'An alert is over',
    'audit.recorded': 'The audit log has a new entry',
  } satisfies Record<WebhookType, string>,
  noType: 'Choose at least one event.',
  edit: 'Edit',
  save: 'Save',
  cancel: 'Cancel',
  test: 'Send test event',
  turnOff: 'Turn off',
  turnOn: 'Turn on',
  newSecret: 'New secret',
  newSecretSure: 'Replace secret',
  delete: 'Delete',
  deleteSure: 'Delete endpoint and its log',
  off: 'Off',
  failing: 'Failing',
  showLog: 'Deliveries',
  hideLog: 'Hide deliveries',
  log: (url: string) => `Deliveries to ${url}`,
  noDeliveries: 'Nothing was sent to this endpoint in the last 30 days.',
  logNotRead: 'The deliveries couldn’t be loaded.',
  more: 'Show more',
  states: { waiting: 'Waiting', delivered: 'Delivered', failed: 'Failed' } satisfies Record<
    WebhookDelivery['state'],
    string
  >,
  details: 'Request and response',
  request: 'Request body',
  response: 'Response body',
  noResponse: 'The response had no body, or there was none.',
  sendAgain: 'Send again',
  /** For screen readers: which of several alike. */
  named: (label: string, name: string) => `${label}, ${name}`,
  failingSince: (ago: string) => `Deliveries are failing (first failure ${ago}).`,
  attempts: (count: number) => countOf(count, 'attempt', 'attempts'),
  nextAt: (time: string) => `next at ${time}`,
} as const;
export type WebhookTexts = Texts<typeof english>;
export const webhookTexts = translated<WebhookTexts>('webhook', english);

export function siteText(siteId: string | undefined, sites: readonly SiteName[]): string {
  if (siteId === undefined) return webhookTexts.allSites;
  return sites.find(({ id }) => id === siteId)?.name ?? siteId;
}

/** What is wrong with an endpoint; undefined when nothing is. */
export function troubleText(webhook: Webhook, now: number): string | undefined {
  const { disabledAt, disabledWhy = webhookTexts.off, disabledPhrase, failingSince } = webhook;
  if (disabledAt !== undefined) return `${saidText(disabledPhrase, disabledWhy)} (${agoText(disabledAt, now)})`;
  if (failingSince !== undefined) return webhookTexts.failingSince(agoText(failingSince, now));
  return undefined;
}

/** `500 · 2 attempts · next at 14:05`. */
export function deliveryText(delivery: WebhookDelivery, now: number): string {
  const { state, status, error, attempts, nextAt } = delivery;
  return [
    ...(status === undefined ? [] : [String(status)]),
    ...(error === undefined || status !== undefined ? [] : [error]),
    webhookTexts.attempts(attempts),
    ...(state === 'waiting' && nextAt !== undefined && attempts > 0
      ? [webhookTexts.nextAt(untilText(nextAt, now))]
      : []),
  ].join(' · ');
}
