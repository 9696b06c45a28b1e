/** Notifications that are pushed to agents' browsers, as a push service and its browsers receive them. */
import { randomUUID } from 'node:crypto';
import { DEFAULT_PREFERENCES } from '@firstword/server/records/preference-store';
import type { ConsoleClientEvents, ConsoleServerEvents } from '@firstword/shared/console-events';
import { type PushDeviceList, pushDeviceListSchema } from '@firstword/shared/push-device';
import { EMAIL } from '@firstword/testing/console-agents';
import type { Page } from '@firstword/testing/console-page';
import { type ConsoleServer, startConsoleServer } from '@firstword/testing/console-server';
import { type PushReceiver, startPushReceiver } from '@firstword/testing/push-receiver';
import { type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';

let redis: RedisServer;
let receiver: PushReceiver;
let server: ConsoleServer;
let agent: Page;
beforeAll(async () => {
  redis = await startRedisServer();
});
afterAll(() => redis.stop());
beforeEach(async () => {
  receiver = await startPushReceiver();
  server = await startConsoleServer(redis, { privateHosts: [receiver.host], tickMs: 50 });
  agent = await server.signIn();
  return async () => {
    await server.close();
    await receiver.close();
    expect(receiver.refused).toEqual([]);
  };
});

const addDevice = async (page: Page, name: string, language?: 'en' | 'de') => {
  const headers = { 'user-agent': `Browser ${name}` };
  const { body } = await page.request('POST', '/push-devices', receiver.subscribe(name, language), headers);
  const { devices } = pushDeviceListSchema.parse(body);
  return devices.find(({ device }) => device === headers['user-agent'])?.id ?? '';
};
const devicesOf = async (page: Page) =>
  (await page.request<PushDeviceList>('GET', '/push-devices')).body.devices.map(({ device }) => device);
const pushed = () => receiver.received.map(({ to, message }) => `${to}: ${message.kind}`).sort();
const agentIdOf = async (page: Page) =>
  (await page.request<{ agent: { id: string } }>('GET', '/session')).body.agent.id;
/** Everything that happened before it has been pushed, or will never be. */
const pushesAreDone = async () => {
  const other = await server.signIn(`${randomUUID()}@shop.example`);
  const name = randomUUID();
  await addDevice(other, name);
  const ticket = await server.openTicket();
  await expect.poll(pushed).toContain(`${name}: new-ticket`);
  receiver.received.splice(0, Number.POSITIVE_INFINITY, ...receiver.received.filter(({ to }) => to !== name));
  await other.request('DELETE', '/session');
  return ticket;
};

async function openConsole(page: Page): Promise<Socket<ConsoleServerEvents, ConsoleClientEvents>> {
  const client: Socket<ConsoleServerEvents, ConsoleClientEvents> = io(`${server.origin}/console`, {
    ...{ transports: ['websocket'], reconnection: false, forceNew: true },
    extraHeaders: { origin: server.origin, cookie: page.cookie() },
  });
  onTestFinished(() => void client.close());
  await new Promise<void>((resolve, reject) => client.on('connect', resolve).on('connect_error', reject));
  return client;
}

test('each agent is pushed once what a page would notify them of, encrypted, and without what the visitor wrote', async () => {
  const second = await server.signIn('second@shop.example');
  const elsewhere = await server.signIn('elsewhere@shop.example', 'agent', ['other']);
  const viewer = await server.signIn('viewer@shop.example', 'viewer');
  // Another process follows the same changes.
  const otherProcess = await startConsoleServer(redis, { prefix: server.prefix, privateHosts: [receiver.host] });
  onTestFinished(() => otherProcess.close());
  await addDevice(agent, 'phone');
  await addDevice(agent, 'laptop', 'de');
  for (const [page, name] of [
    [second, 'second'],
    [elsewhere, 'elsewhere'],
    [viewer, 'viewer'],
  ] as const)
    await addDevice(page, name);
  const ticket = await server.openTicket();
  const onOpen = ['laptop: new-ticket', 'phone: new-ticket', 'second: new-ticket'];
  await expect.poll(pushed).toEqual(onOpen);
  const now = async () => (await server.tickets.get(ticket.id)) ?? ticket;
  const secondId = await agentIdOf(second);
  await agent.act(ticket, 'assign', { agentId: secondId });
  await expect.poll(() => pushed().length).toBe(4);
  for (const seq of [5, 6]) {
    await server.tickets.recordVisitorMessage(ticket.id, { seq, text: `Is anyone there? ${seq}` });
    await server.tickets.recordVisitorMessage(ticket.id, { seq, text: `Is anyone there? ${seq}` });
  }
  await second.act(await now(), 'claim');
  await second.act(await now(), 'resolve', { code: 'answered' });
  await agent.act(await now(), 'reopen');
  const note = { text: '@second, please call them.', mentions: [secondId], idempotencyKey: randomUUID() };
  await agent.act(await now(), 'note', note);
  const onSecond = ['assigned', 'mention', 'new-ticket', 'reopened', 'reply', 'reply'].map((kind) => `second: ${kind}`);
  await expect.poll(pushed).toEqual([...onOpen.slice(0, 2), ...onSecond]);

  const [first] = receiver.received;
  const { publicKey } = (await agent.request<PushDeviceList>('GET', '/push-devices')).body;
  expect(first?.sender).toEqual({ publicKey, subject: 'mailto:support@shop.example' });
  expect(first?.headers).toMatchObject({ ttl: '3600', urgency: 'high', topic: expect.stringMatching(/^[\w-]{32}$/) });
  expect(receiver.received.find(({ to }) => to === 'laptop')?.message).toEqual({
    ...{ kind: 'new-ticket', ticketId: ticket.id, number: ticket.number, site: 'Acme' },
    ...{ language: 'de', silent: false },
  });
  for (const { text } of receiver.received) expect(text).not.toMatch(/anyone|call|desk/);
});

test('where the site allows it, a push notification contains what the visitor wrote', async () => {
  const open = await startConsoleServer(redis, { privateHosts: [receiver.host], pushText: true });
  onTestFinished(() => open.close());
  await addDevice(await open.signIn(), 'phone');
  const { firstLine } = await open.openTicket();
  await expect.poll(() => receiver.received.map(({ message }) => message)).toMatchObject([{ line: firstLine }]);
});

test('no one is pushed what they have turned off, nor anything while they see a page of the console', async () => {
  const second = await server.signIn('second@shop.example');
  await addDevice(agent, 'phone');
  await addDevice(second, 'second');
  const notifications = { ...DEFAULT_PREFERENCES.notifications, 'new-ticket': false };
  await second.request('POST', '/preferences', { notifications });
  const page = await openConsole(agent);
  expect(await page.emitWithAck('page-visible', { on: true })).toEqual({ ok: true });
  await pushesAreDone();
  expect(pushed()).toEqual([]);

  // The page is in another tab, or the sound is off.
  expect(await page.emitWithAck('page-visible', { on: false })).toEqual({ ok: true });
  await agent.request('POST', '/preferences', {
    notifications: { ...DEFAULT_PREFERENCES.notifications, sound: false },
  });
  await pushesAreDone();
  expect(receiver.received.map(({ message }) => message)).toMatchObject([{ kind: 'new-ticket', silent: true }]);

  expect(await page.emitWithAck('page-visible', { on: true })).toEqual({ ok: true });
  await pushesAreDone();
  expect(pushed()).toHaveLength(1);
  // The tab is closed.
  page.close();
  await expect.poll(async () => (await pushesAreDone()) && pushed().length).toBeGreaterThan(1);
});

test('signing out, ending sessions and deactivating an agent remove their browsers', async () => {
  const credentials = { email: EMAIL, password: 'a long enough password' };
  const [other, third] = [server.openPage(), server.openPage()];
  for (const page of [other, third]) await page.request('POST', '/session', credentials);
  await addDevice(agent, 'first');
  await addDevice(other, 'other');
  await addDevice(third, 'third');
  await other.request('DELETE', '/session');
  expect(await devicesOf(agent)).toEqual(['Browser first', 'Browser third']);
  await agent.request('POST', '/sessions/end-others', {});
  expect(await devicesOf(agent)).toEqual(['Browser first']);
  await other.request('POST', '/session', credentials);
  await addDevice(other, 'other');
  const { sessions } = (await agent.request<{ sessions: { id: string; current: boolean }[] }>('GET', '/sessions')).body;
  await agent.request('DELETE', `/sessions/${sessions.find(({ current }) => !current)?.id}`);
  expect(await devicesOf(agent)).toEqual(['Browser first']);

  const admin = await server.signIn('boss@shop.example', 'admin');
  const agentId = await agentIdOf(agent);
  await admin.request('POST', `/team/${agentId}/deactivate`, {});
  await expect.poll(() => server.records.pushDevices.ofAgents([agentId])).toEqual([]);
});

test('a browser of a session that another process has ended is pushed nothing, and is removed', async () => {
  await addDevice(agent, 'phone');
  const agentId = await agentIdOf(agent);
  await server.records.accounts.change(agentId, { credential: randomUUID() });
  await pushesAreDone();
  expect(pushed()).toEqual([]);
  expect(await server.records.pushDevices.ofAgents([agentId])).toEqual([]);
});

test('an agent tests and removes each browser; one that has ended its subscription is removed by itself', async () => {
  const phone = await addDevice(agent, 'phone', 'de');
  const laptop = await addDevice(agent, 'laptop');
  const other = await server.signIn('second@shop.example');
  const tested = await agent.request<PushDeviceList>('POST', `/push-devices/${phone}/test`, {});
  expect(tested.body.devices[0]).toMatchObject({ id: phone, lastPushAt: expect.any(Number) });
  expect(receiver.received).toMatchObject([{ to: 'phone', message: { kind: 'test', language: 'de' } }]);

  for (const [method, path] of [
    ['POST', `/push-devices/${phone}/test`],
    ['DELETE', `/push-devices/${phone}`],
  ] as const)
    expect((await other.request(method, path, {})).status).toBe(404);

  receiver.statuses.push(503);
  const failed = await agent.request('POST', `/push-devices/${laptop}/test`, {});
  expect(failed.body).toMatchObject({
    code: 'unavailable',
    message: "The notification couldn't be sent: the push service answered 503.",
  });
  expect(await devicesOf(agent)).toHaveLength(2);
  receiver.statuses.push(410);
  expect((await agent.request('POST', `/push-devices/${laptop}/test`, {})).status).toBe(404);
  expect(await devicesOf(agent)).toEqual(['Browser phone']);
  receiver.statuses.push(404);
  await server.openTicket();
  await expect.poll(() => devicesOf(agent)).toEqual([]);

  const again = await addDevice(agent, 'phone');
  expect((await agent.request('DELETE', `/push-devices/${again}`)).status).toBe(204);
  expect(await devicesOf(agent)).toEqual([]);
});

test('a subscription at a private address is refused, and one that is known moves to the agent who signs in', async () => {
  const { keys, language } = receiver.subscribe('phone');
  for (const endpoint of ['http://127.0.0.1:9/phone', 'https://10.0.0.7/phone', 'https://[::1]/phone', 'file:///etc']) {
    const refused = await agent.request('POST', '/push-devices', { endpoint, keys, language });
    expect([endpoint, refused.status, refused.body['code']]).toEqual([endpoint, 400, 'bad-request']);
  }
  const subscription = receiver.subscribe('shared');
  const second = await server.signIn('second@shop.example');
  for (const page of [agent, second]) await page.request('POST', '/push-devices', subscription);
  expect([await devicesOf(agent), (await devicesOf(second)).length]).toEqual([[], 1]);
});
