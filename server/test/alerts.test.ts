/** Alerts as owners get them: by e-mail and as webhooks, from several processes, also when one ends between opening and sending. */
import { randomUUID } from 'node:crypto';
import { createAlertNotices } from '@firstword/server/alerts/alert-notices';
import { createMemoryRecords } from '@firstword/server/records/memory-records';
import { DEFAULT_PREFERENCES } from '@firstword/server/records/preference-store';
import type { Records } from '@firstword/server/records/records';
import { createAccountability } from '@firstword/server/web/web-accountability';
import { webhookEventOfAlert } from '@firstword/server/webhooks/webhook-event';
import type { AlertCause } from '@firstword/shared/alert';
import type { SiteRoles } from '@firstword/shared/permissions';
import { type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import { silentLog } from '@firstword/testing/silent-log';
import { type SmtpServer, startSmtpServer } from '@firstword/testing/smtp-server';
import { startInstance } from '@firstword/testing/test-server';
import { startWebhookReceiver, type WebhookReceiver } from '@firstword/testing/webhook-receiver';
import { afterAll, afterEach, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';

const CAUSE: AlertCause = { kind: 'response-time', siteId: 'acme', value: 0.6, objective: 0.95, withinMs: 400 };
const MINUTE = 60_000;

let redis: RedisServer;
let records: Records;
let smtp: SmtpServer;
let receiver: WebhookReceiver;
beforeAll(async () => {
  redis = await startRedisServer();
});
afterAll(() => redis.stop());
beforeEach(async () => {
  records = createMemoryRecords();
  smtp = await startSmtpServer();
  receiver = await startWebhookReceiver();
});
afterEach(async () => {
  await smtp.stop();
  await receiver.close();
});

const addAccount = (id: string, roles: SiteRoles, more: object = {}) =>
  records.accounts.add({
    ...{ id, email: `${id}@shop.example`, name: id, roles: { ...roles } },
    ...{ passwordHash: 'hash', credential: 'c', createdAt: 1, ...more },
  });
const recipientsOf = (mails: readonly string[]) => mails.map((mail) => /^To: (\S+)@/m.exec(mail)?.[1]).toSorted();

async function addWebhook(site?: string): Promise<void> {
  const { webhooks, auditLog } = createAccountability({
    ...{ records, appSecret: 'a secret of this run alone', privateHosts: [receiver.host], log: silentLog },
  });
  const types = ['alert.opened', 'alert.closed'] as const;
  const url = receiver.url;
  receiver.secret = (await webhooks.add({ url, types: [...types], ...(site === undefined ? {} : { site }) })).secret;
  await webhooks.close();
  await auditLog.close();
}

test('an objective that burns reaches owners by e-mail and as a signed webhook, once from two processes', async () => {
  await addAccount('owner', { '*': 'admin' });
  await addAccount('shop-admin', { acme: 'admin' });
  await addAccount('other-admin', { other: 'admin' });
  await addAccount('agent', { '*': 'agent' });
  await addAccount('left', { '*': 'admin' }, { deactivatedAt: 1 });
  await addAccount('silent', { '*': 'admin' });
  await records.preferences.save('silent', {
    notifications: { ...DEFAULT_PREFERENCES.notifications, 'alert-mail': false },
  });
  await addWebhook('acme');
  const sample = { siteId: 'acme', region: 'us-east', tier: 'fast', modelId: 'quick', ms: 900, at: Date.now() };
  await records.usage.record(
    Array.from({ length: 25 }, () => ({ kind: 'felt', sample: { ...sample, turnId: randomUUID() } }) as const),
  );
  const settings = {
    ...{ records, alertSweepMs: 50, webhookPrivateHosts: [receiver.host] },
    ...{
      mail: { smtpUrl: `smtp://${smtp.host}`, from: 'alerts@shop.example' },
      publicUrl: 'https://chat.shop.example',
    },
  };
  const servers = await Promise.all(
    [1, 2].map(() => startInstance(redis.url, { baseUrl: 'http://127.0.0.1:9/v1' }, settings)),
  );
  onTestFinished(async () => void (await Promise.all(servers.map((server) => server.stop()))));

  await expect.poll(() => recipientsOf(smtp.mails)).toEqual(['owner', 'shop-admin']);
  await expect.poll(() => receiver.received.map(({ event }) => event?.type)).toEqual(['alert.opened']);
  const [alert] = (await records.alerts.listOpen()).map((open) => open.alert);
  expect(receiver.received[0]?.event?.data).toEqual({
    ...CAUSE,
    value: 0,
    id: alert?.id,
    state: 'open',
    since: alert?.since,
  });
  const mail = smtp.mails[0] ?? '';
  expect(mail).toMatch(/^Subject: Acme: answers begin too late/m);
  expect(mail.replaceAll('=\r\n', '')).toContain('https://chat.shop.example/console/response-time');

  const never = { sites: {}, others: undefined };
  await records.usage.deleteBefore({ rowsBefore: never, samplesBefore: Date.now() + MINUTE, totalsBefore: 0 });
  await records.alerts.close(alert?.id ?? '', Date.now());
  // A process that looked before the figures were gone may open another one.
  const about = (mails: readonly string[]) => mails.filter((each) => each.includes(`${alert?.id}.`));
  await expect.poll(() => recipientsOf(about(smtp.mails))).toEqual(['owner', 'owner', 'shop-admin', 'shop-admin']);
  const events = () => receiver.received.filter(({ event }) => event?.data['id'] === alert?.id);
  await expect.poll(() => events().map(({ event }) => event?.type)).toEqual(['alert.opened', 'alert.closed']);
  const reply = about(smtp.mails).find((each) => each.includes('resolved: answers begin too late'));
  expect(reply).toMatch(new RegExp(`^In-Reply-To:\\s+<${alert?.id}\\.opened\\.`, 'm'));
});

/** What a process sends with, and the ids of the mails that its mail server accepted. */
function startSending(accepts: (to: string) => boolean = () => true) {
  const mailed: string[] = [];
  const published: string[] = [];
  const clock = { now: 1000 };
  const notices = createAlertNotices({
    ...{ store: records.alerts, log: silentLog, now: () => clock.now },
    publish: async ({ change, alert, at }) => void published.push(webhookEventOfAlert(change, alert, at).key),
    mailer: {
      async mailAlert({ to, id }) {
        if (accepts(to)) mailed.push(id);
        return accepts(to);
      },
    },
    recipients: async () => ['one', 'two'].map((id) => ({ id, email: `${id}@shop.example` })),
    wordsOf: ({ change }) => ({ subject: change, text: '' }),
  });
  return { ...notices, clock, mailed, published };
}

test('a process that ends between opening and sending loses and doubles nothing', async () => {
  await records.alerts.open(CAUSE, 1000);
  // One process claims the notice and ends; another one has only what the database has.
  await records.alerts.claim(1000, 5 * MINUTE, 10);
  const next = startSending();
  await next.deliver();
  expect(next.mailed).toEqual([]);
  next.clock.now += 5 * MINUTE;
  const other = startSending();
  other.clock.now = next.clock.now;
  await Promise.all([next.deliver(), other.deliver()]);
  const [open] = await records.alerts.listOpen();
  const sent = [...next.mailed, ...other.mailed];
  expect(sent.toSorted()).toEqual(['one', 'two'].map((account) => `${open?.alert.id}.opened.${account}`));
  next.clock.now += 60 * MINUTE;
  await next.deliver();
  expect(next.mailed.length + other.mailed.length).toBe(2);
});

test('only who was not reached gets the mail again, and that it is over comes after that', async () => {
  await records.alerts.open(CAUSE, 1000);
  let works = false;
  const process = startSending((to) => works || to.startsWith('one'));
  await process.deliver();
  const [open] = await records.alerts.listOpen();
  const id = open?.alert.id ?? '';
  await records.alerts.close(id, 1000);
  await process.deliver();
  expect(process.mailed).toEqual([`${id}.opened.one`]);
  works = true;
  process.clock.now += 5 * MINUTE;
  await process.deliver();
  await process.deliver();
  const order = process.mailed.map((each) => each.replace(id, ''));
  expect(order).toEqual(['.opened.one', '.opened.two', '.closed.one', '.closed.two']);
  expect(new Set(process.published)).toEqual(new Set([`alert ${id} opened`, `alert ${id} closed`]));
});

test('a mail that no server accepts for a day is given up; a process that is stopping leaves it to the next one', async () => {
  await records.alerts.open(CAUSE, 1000);
  const stopping = startSending(() => false);
  const delivering = stopping.deliver();
  stopping.stop();
  await delivering;
  const next = startSending(() => false);
  await next.deliver();
  expect(next.published).toHaveLength(1); // at once, not after the lease
  next.clock.now += 25 * 60 * MINUTE;
  await next.deliver();
  next.clock.now += 60 * MINUTE;
  await next.deliver();
  expect(next.published).toHaveLength(2);
});
