import { createSealedText } from '@firstword/server/lib/sealed-text';
import { createMemoryWebhookStore } from '@firstword/server/records/memory-webhook-store';
import { createWebhookSender } from '@firstword/server/webhooks/webhook-sender';
import { createWebhooks } from '@firstword/server/webhooks/webhooks';
import type { Webhook } from '@firstword/shared/webhook';
import { addSecurityRow } from '@firstword/testing/security-row';
import { silentLog } from '@firstword/testing/silent-log';
import { startWebhookReceiver, type WebhookReceiver } from '@firstword/testing/webhook-receiver';
import { Webhook as Verifier } from 'standardwebhooks';
import { beforeEach, expect, onTestFinished, test } from 'vitest';

const HOUR_MS = 3_600_000;
let receiver: WebhookReceiver;
let now: number;

beforeEach(async () => {
  now = Date.now();
  receiver = await startWebhookReceiver();
  return () => receiver.close();
});

function start() {
  const store = createMemoryWebhookStore();
  const disabled: [Webhook, string][] = [];
  const privateHosts = [receiver.host];
  const webhooks = createWebhooks({
    ...{ store, privateHosts, log: silentLog },
    sender: createWebhookSender(privateHosts, 2000),
    sealedText: createSealedText('a secret of this test', 'webhook secrets'),
    onDisabled: (...what) => void disabled.push(what),
    now: () => now,
    tickMs: 20,
  });
  onTestFinished(() => webhooks.close());
  const add = async (more: object = {}) => {
    const added = await webhooks.add({ site: 'acme', url: receiver.url, types: ['ticket.created'], ...more });
    receiver.secret = added.secret;
    return added.webhook;
  };
  const publish = (key: string, siteId = 'acme') =>
    webhooks.publish([{ key, type: 'ticket.created', at: now, siteId, conversationId: 'c1', data: { siteId } }]);
  const stateOf = async ({ id }: Webhook) => (await webhooks.deliveries(id, { limit: 9 })).deliveries;
  return { store, webhooks, disabled, add, publish, stateOf };
}

test('an event arrives signed, once, at the endpoints of its site alone', async () => {
  const { webhooks, add, publish, stateOf } = start();
  const webhook = await add();
  await webhooks.add({ site: 'other', url: receiver.url, types: ['ticket.created'] });
  await webhooks.add({ site: 'acme', url: receiver.url, types: ['rating.created'] });
  await publish('one');
  await publish('one'); // the feed delivers at least once
  await expect.poll(async () => (await stateOf(webhook)).map(({ state }) => state)).toEqual(['delivered']);
  expect(receiver.received).toHaveLength(1);
  expect(receiver.received[0]?.event).toEqual({
    type: 'ticket.created',
    timestamp: new Date(now).toISOString(),
    data: { siteId: 'acme' },
  });
});

test('a receiver refuses every manipulated or replayed event', async ({ task }) => {
  const { add, publish } = start();
  await add();
  await publish('one');
  await expect.poll(() => receiver.received.length).toBe(1);
  const { body = '', headers = {} } = receiver.received[0] ?? {};
  const verify = (changed: object, text = body, secret = receiver.secret) =>
    new Verifier(secret).verify(text, { ...headers, ...changed });
  expect(verify({})).toMatchObject({ type: 'ticket.created' });
  const timestamp = Number(headers['webhook-timestamp']);
  const attempts: (() => unknown)[] = [
    () => verify({}, body.replace('acme', 'other')),
    () => verify({}, `${body} `),
    () => verify({ 'webhook-id': 'msg_another' }),
    () => verify({ 'webhook-timestamp': String(timestamp + 1) }),
    () => verify({ 'webhook-timestamp': String(timestamp - 3600) }),
    () => verify({ 'webhook-signature': headers['webhook-signature']?.replace('v1,', 'v1a,') }),
    () => verify({ 'webhook-signature': 'v1,' }),
    () => verify({ 'webhook-signature': undefined }),
    () => verify({}, body, `whsec_${Buffer.from('another secret of 24 byte').toString('base64')}`),
    () => {
      const later = new Date((timestamp + 600) * 1000);
      const real = Date.now;
      Date.now = () => later.getTime();
      try {
        return verify({});
      } finally {
        Date.now = real;
      }
    },
  ];
  const accepted = attempts.filter((attempt) => {
    try {
      attempt();
      return true;
    } catch {
      return false;
    }
  });
  expect(accepted).toEqual([]);
  addSecurityRow(task, {
    id: 'S31',
    tried: `${attempts.length} manipulations and replays of a signed event, verified with standardwebhooks`,
    result: `${accepted.length} accepted`,
  });
});

test('after a rotation both secrets sign for a day, then the new one alone', async () => {
  const { webhooks, add, publish } = start();
  const webhook = await add();
  const before = receiver.secret;
  const { secret } = await webhooks.rotate(webhook.id);
  await publish('one');
  await expect.poll(() => receiver.received.length).toBe(1);
  expect(receiver.received[0]?.event).toBeDefined(); // by the old secret
  const { body = '', headers = {} } = receiver.received[0] ?? {};
  expect(new Verifier(secret).verify(body, headers)).toBeDefined();
  now += 25 * HOUR_MS;
  receiver.secret = before;
  await publish('two');
  await expect.poll(() => receiver.received.length).toBe(2);
  expect(receiver.received[1]?.event).toBeUndefined();
  expect(receiver.received[1]?.headers['webhook-signature']?.split(' ')).toHaveLength(1);
});

test('a failed delivery is sent again with its id, over three days; then the endpoint is switched off, with the reason', async () => {
  const { webhooks, disabled, add, publish, stateOf } = start();
  const webhook = await add();
  receiver.statuses.push(...Array.from({ length: 10 }, () => 500));
  await publish('one');
  for (let attempts = 1; attempts <= 10; attempts++) {
    await expect.poll(async () => (await stateOf(webhook))[0]?.attempts).toBe(attempts);
    now += 30 * HOUR_MS;
  }
  expect((await stateOf(webhook))[0]).toMatchObject({
    state: 'failed',
    status: 500,
    error: 'the receiver answered 500',
  });
  expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  expect(disabled.map(([{ id }, why]) => [id, why])).toEqual([[webhook.id, 'No delivery succeeded for three days.']]);
  await publish('two');
  expect(await stateOf(webhook)).toHaveLength(1);

  await webhooks.change(webhook.id, { enabled: true });
  await webhooks.resend((await stateOf(webhook))[0]?.id ?? '');
  await expect.poll(async () => (await stateOf(webhook))[0]?.state).toBe('delivered');
  expect(receiver.received).toHaveLength(11);
});

test('the log has the beginning of what the receiver answered, as text and no more', async () => {
  const { webhooks, add, publish, stateOf } = start();
  const webhook = await add();
  receiver.answer = `\0<script>alert(1)</script>${'x'.repeat(100_000)}`;
  receiver.statuses.push(500);
  await publish('one');
  await expect.poll(async () => (await stateOf(webhook))[0]?.response).toBe(receiver.answer.slice(0, 500));
  receiver.answer = '';
  receiver.statuses.push(200);
  await webhooks.resend((await stateOf(webhook))[0]?.id ?? '');
  await expect.poll(async () => (await stateOf(webhook))[0]?.state).toBe('delivered');
  expect((await stateOf(webhook))[0]).not.toHaveProperty('response');
});

test('an endpoint that answers 410 is switched off at once, and a redirect is not followed', async () => {
  const { disabled, add, publish, stateOf } = start();
  const webhook = await add();
  receiver.statuses.push(302, 410);
  await publish('one');
  await expect.poll(async () => (await stateOf(webhook))[0]?.error).toBe('redirects are not followed');
  await publish('two');
  await expect.poll(() => disabled.length).toBe(1);
  expect(receiver.received).toHaveLength(2);
});

test('no webhook reaches a private address, by whatever name', async ({ task }) => {
  const { webhooks } = start();
  const PORT = receiver.host.split(':')[1];
  const addresses = [
    `http://127.0.0.1:${PORT}1/`,
    `https://127.0.0.1:${PORT}/`.replace(`:${PORT}`, ''),
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0177.0.0.1/',
    'https://127.1/',
    'https://0/',
    'https://[::1]/',
    'https://[::]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:7f00:1]/',
    'https://[64:ff9b::7f00:1]/',
    'https://[2002:7f00:1::]/',
    'https://[fe80::1]/',
    'https://[fd00::1]/',
    'https://10.0.0.1/',
    'https://172.16.0.1/',
    'https://192.168.1.1/',
    'https://100.64.0.1/',
    'https://169.254.169.254/latest/meta-data/',
    'https://[fd00:ec2::254]/',
    'https://224.0.0.1/',
    'https://user:password@hooks.example/',
    'http://hooks.example/',
    'file:///etc/passwd',
    'gopher://hooks.example/',
  ];
  const refused = await Promise.all(
    addresses.map((url) =>
      webhooks.add({ url, types: ['ticket.created'] }).then(
        () => false,
        () => true,
      ),
    ),
  );
  expect(addresses.filter((_, index) => !refused[index])).toEqual([]);
  // A name is checked when it is resolved, so one that points here is refused at the connection.
  const sender = createWebhookSender([], 2000);
  onTestFinished(() => sender.close());
  const message = { id: 'msg_1', body: '{}', secrets: [], now };
  for (const url of [`https://localhost:${PORT}/`, `https://LOCALHOST.:${PORT}/`])
    expect((await sender.send({ ...message, url })).ok).toBe(false);
  expect(receiver.received).toEqual([]);
  addSecurityRow(task, {
    id: 'S30',
    tried: `${addresses.length} webhook addresses and 2 names that resolve to this machine`,
    result: `0 accepted, ${receiver.received.length} connections`,
  });
});
