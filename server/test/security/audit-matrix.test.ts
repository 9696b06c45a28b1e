/** Each route that changes something leaves an entry in the audit log, or is listed here with the reason why not. */
import { randomUUID } from 'node:crypto';
import { createFeedConsumer } from '@firstword/server/feed/feed-consumer';
import { ROUTE_PERMISSIONS } from '@firstword/server/http/route-permissions';
import { createMemoryConversationArchive } from '@firstword/server/records/memory-conversation-archive';
import type { AuditAction, AuditEntry } from '@firstword/shared/audit';
import { FEED_EVENT_VERSION } from '@firstword/shared/feed-event';
import { NO_GUIDANCE } from '@firstword/shared/guidance';
import { keysOf } from '@firstword/shared/keys-of';
import type { AgentRole } from '@firstword/shared/permissions';
import { ticketActionSchemas } from '@firstword/shared/ticket-requests';
import { PASSWORD } from '@firstword/testing/console-agents';
import type { Answer, Page } from '@firstword/testing/console-page';
import { consoleServer as server } from '@firstword/testing/console-server-hooks';
import { addSecurityRow } from '@firstword/testing/security-row';
import { Secret, TOTP } from 'otpauth';
import { expect, test } from 'vitest';
import { conversationOf, messageOf } from '../archive-contract.ts';
import { analyse, openTicketForEachTest } from '../open-ticket.ts';

const archive = createMemoryConversationArchive();
let fails = false;
const consumer = createFeedConsumer({
  ...{ group: 'archive', types: ['message'], isOutage: () => false },
  async handle() {
    if (fails) throw new Error('cannot store this');
  },
});
openTicketForEachTest({
  ...{ records: { archive }, feedConsumers: [consumer], privateHosts: ['127.0.0.1:9'] },
  draft: '# Shipping\n\nParcels take four days.',
});

const RECORDED_ACTIONS = ['reply', 'approve', 'reject'];
/** Why a route that may change something leaves no entry. */
const NOT_RECORDED: Readonly<Record<string, string>> = {
  'POST /first-run/link': 'only says what a link is for',
  'POST /second-factor/start': 'nothing is stored until the code is confirmed, which is recorded',
  'POST /knowledge/guidance/preview': 'nothing is stored; the ledger has what it cost',
  'POST /preferences': "the agent's own",
  'POST /push-devices': "the agent's own",
  'POST /push-devices/{id}/test': "the agent's own",
  'DELETE /push-devices/{id}': "the agent's own",
  'POST /status': "the agent's own",
  'POST /picture': "the agent's own",
  'DELETE /picture': "the agent's own",
  'POST /views': "the agent's own",
  'DELETE /views/{id}': "the agent's own",
  'POST /tickets/{id}/files': "the agent's own, until the reply is sent, which is recorded",
  'DELETE /tickets/{id}/files': "the agent's own, until the reply is sent, which is recorded",
  'POST /drafts/{id}': "the agent's own, until the reply is sent, which is recorded",
  'DELETE /drafts/{id}': "the agent's own, until the reply is sent, which is recorded",
  'POST /model-settings/check': 'nothing is stored; the ledger has what it cost',
  'POST /writing-help/{id}': 'nothing is stored; the ledger has what it cost',
  'POST /webhooks/{id}/test': 'the delivery log has it, and it contains nothing of a conversation',
  ...Object.fromEntries(
    keysOf(ticketActionSchemas)
      .filter((action) => !RECORDED_ACTIONS.includes(action))
      .map((action) => [`POST /tickets/{id}/${action}`, "the ticket's history has it, with the agent and the time"]),
  ),
};

const seen = new Map<string, AuditEntry>();
const entriesOf = async (action: AuditAction) => (await server.auditLog.list({ limit: 100, action })).entries;
/** Does something, and returns the entry of this kind that it added. */
async function added(action: AuditAction, act: () => Promise<unknown>): Promise<AuditEntry | undefined> {
  const before = (await entriesOf(action)).map(({ id }) => id);
  await act();
  return (await entriesOf(action)).find(({ id }) => !before.includes(id));
}

/** Sends a request, and expects the entry that it leaves. @param route as in the table, when its path has an id */
async function leaves<Body = Record<string, unknown>>(
  by: Page,
  [method, path]: readonly [string, string],
  body: object | undefined,
  action: AuditAction,
  route = path,
) {
  const name = `${method} ${route}`;
  let answer: Answer<Body> | undefined;
  const entry = await added(action, async () => {
    answer = await by.request<Body>(method, path, body);
  });
  if (answer === undefined || answer.status >= 300 || entry === undefined)
    throw new Error(`${name}: ${JSON.stringify(answer?.body)}, ${entry === undefined ? 'no entry' : 'refused'}`);
  seen.set(name, entry);
  return answer.body;
}
const adminNamed = (name: string) => server.signIn(`${name}@shop.example`, 'admin' satisfies AgentRole);

async function changeAccounts(admin: Page) {
  const invite = async (email: string) => {
    const to = { email, roles: { '*': 'agent' } };
    return (await leaves<{ token: string }>(admin, ['POST', '/team/invites'], to, 'link-created')).token;
  };
  const idOf = async (email: string) => (await server.agents.members()).find((each) => each.email === email)?.id ?? '';
  await invite('never@shop.example');
  const [open] = await server.agents.invites();
  const team = (id: string, action: string): [string, string] => [`/team/${id}${action}`, `/team/{id}${action}`];
  await leaves(admin, ['DELETE', `/team/invites/${open?.id}`], undefined, 'link-withdrawn', '/team/invites/{id}');
  const token = await invite('new@shop.example');
  const person = { token, email: 'new@shop.example', name: 'New', password: PASSWORD };
  const page = server.openPage();
  await leaves(page, ['POST', '/first-run'], person, 'account-created');
  await leaves(server.openPage(), ['POST', '/session'], { email: person.email, password: PASSWORD }, 'signed-in');
  const [session] = (
    await page.request<{ sessions: { id: string; current: boolean }[] }>('GET', '/sessions')
  ).body.sessions.filter(({ current }) => !current);
  await leaves(page, ['DELETE', `/sessions/${session?.id}`], undefined, 'session-ended', '/sessions/{id}');
  await leaves(page, ['POST', '/sessions/end-others'], {}, 'session-ended');
  const { secret } = (await page.request<{ secret: string }>('POST', '/second-factor/start', {})).body;
  const code = (ahead = 0) =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + ahead });
  const factor = { secret, code: code() };
  const enabled = await leaves<{ recoveryCodes: string[] }>(
    page,
    ['POST', '/second-factor'],
    factor,
    'second-factor-changed',
  );
  await leaves(page, ['POST', '/second-factor/remove'], { code: enabled.recoveryCodes[0] }, 'second-factor-changed');
  await page.request('POST', '/second-factor', { secret, code: code(30_000) });
  const id = await idOf('new@shop.example');
  for (const [action, body, recorded] of [
    ['/remove-second-factor', {}, 'second-factor-changed'],
    ['/end-sessions', {}, 'session-ended'],
    ['/reset', {}, 'link-created'],
    ['/deactivate', {}, 'role-changed'],
    ['/activate', {}, 'role-changed'],
    ['', { roles: { '*': 'viewer' } }, 'role-changed'],
  ] as const) {
    const [path, route] = team(id, action);
    await leaves(admin, ['POST', path], body, recorded, route);
  }
  const api = { name: 'Importer', scope: 'read' };
  const made = await leaves<{ id: string }>(admin, ['POST', '/api-tokens'], api, 'token-created');
  await leaves(admin, ['DELETE', `/api-tokens/${made.id}`], undefined, 'token-removed', '/api-tokens/{id}');
  await leaves(await adminNamed('leaving'), ['DELETE', '/session'], undefined, 'signed-out');
}

async function changeKnowledge(admin: Page) {
  const change = 'knowledge-changed';
  const post = <Body = Record<string, unknown>>(path: string, body: object, route?: string) =>
    leaves<Body>(admin, ['POST', path], body, change, route);
  const site = 'acme';
  const source = await post<{ id: string }>('/knowledge/sources', { site, name: 'Files', origin: { kind: 'upload' } });
  const of = (action: string): [string, string] => [
    `/knowledge/sources/${source.id}${action}`,
    `/knowledge/sources/{id}${action}`,
  ];
  await post(of('')[0], { name: 'Our files' }, of('')[1]);
  const file = '# A\n\nText.';
  const upload = await added(change, () =>
    admin.request('POST', `${of('/files')[0]}?path=a.md`, file, { 'content-type': 'application/octet-stream' }),
  );
  if (upload !== undefined) seen.set('POST /knowledge/sources/{id}/files', upload);
  const run = await post<{ id: string }>(of('/run')[0], {}, of('/run')[1]);
  await expect.poll(async () => (await server.records.knowledge.loadRun(run.id))?.state).toBe('done');
  await post(of('/roll-back')[0], { version: 1 }, of('/roll-back')[1]);
  const stopped = await server.records.knowledge.startRun(source.id, 'manual', 60_000);
  const runId = typeof stopped === 'object' ? stopped.id : '';
  await post(`/knowledge/runs/${runId}/stop`, {}, '/knowledge/runs/{id}/stop');
  await leaves(admin, ['DELETE', of('/files')[0]], undefined, change, of('/files')[1]);
  await leaves(admin, ['DELETE', of('')[0]], undefined, change, of('')[1]);

  const article = { id: 'shipping', title: 'Shipping', url: '', body: 'Four days.' };
  await post('/knowledge/articles', { site, article });
  await post('/knowledge/articles/remove', { site, article: 'shipping' });
  await post('/knowledge/articles', { site, article });
  await post('/knowledge/articles/restore', { site, article: 'shipping' });
  await post('/knowledge/guidance', { site, guidance: { ...NO_GUIDANCE, tone: 'warm' }, expectedVersion: 0 });
  await post('/knowledge/guidance/roll-back', { site, version: 1 });

  const gap = async (question: string) => {
    const conversationId = randomUUID();
    await server.gaps.record({ siteId: site, conversationId, seq: 2, question, words: question.split(' '), at: 5 });
    return (await server.gaps.list(site, 10)).find((each) => each.question === question)?.id;
  };
  for (const [decision, body] of [
    ['accept', { article: { ...article, id: 'norway' } }],
    ['reject', {}],
  ] as const) {
    const drafted = await post<{ id: string }>('/knowledge/proposals', { site, gap: await gap(`Norway ${decision}?`) });
    await expect.poll(async () => (await server.records.proposals.load(drafted.id))?.state).toBe('open');
    await post(`/knowledge/proposals/${drafted.id}/${decision}`, body, `/knowledge/proposals/{id}/${decision}`);
  }
  const id = await gap('Sweden?');
  await leaves(admin, ['DELETE', `/knowledge/gaps/${id}`], undefined, change, '/knowledge/gaps/{id}');
}

async function changeTickets(admin: Page) {
  const ticket = await server.openTicket();
  const act = async (action: 'reply' | 'approve' | 'reject', recorded: AuditAction, body: object) => {
    const expectedVersion = (await server.tickets.get(ticket.id))?.version;
    const request = { expectedVersion, idempotencyKey: randomUUID(), ...body };
    await leaves(admin, ['POST', `/tickets/${ticket.id}/${action}`], request, recorded, `/tickets/{id}/${action}`);
  };
  await act('reply', 'reply-sent', { text: 'Hello' });
  const first = await analyse(ticket);
  await act('reject', 'proposal-rejected', { runId: first.id, reason: 'wrong-facts' });
  const choice = { ticketId: ticket.id, runId: first.id };
  const saved = await leaves<{ id: string }>(admin, ['POST', '/evaluation-cases'], choice, 'knowledge-changed');
  const path = `/evaluation-cases/${saved.id}`;
  await leaves(admin, ['DELETE', path], undefined, 'knowledge-changed', '/evaluation-cases/{id}');
  await act('approve', 'proposal-approved', { runId: (await analyse(ticket)).id, text: 'Your lamp ships today.' });

  const others = [await server.openTicket('acme'), await server.openTicket('other')];
  for (const action of ['mark-spam', 'restore']) {
    const many = { ticketIds: [...others.map(({ id }) => id), 'missing'], idempotencyKey: randomUUID() };
    await leaves(admin, ['POST', `/tickets/${action}`], many, 'tickets-changed');
    await admin.request('POST', `/tickets/${action}`, many); // repeated: no second effect, and no second entry
  }
  const { entries } = await server.auditLog.list({ limit: 9, action: 'tickets-changed' });
  expect(entries.map(({ siteId, after }) => [siteId, after?.['change'], after?.['count']]).toSorted()).toEqual([
    ['acme', 'mark-spam', 1],
    ['acme', 'restore', 1],
    ['other', 'mark-spam', 1],
    ['other', 'restore', 1],
  ]);
  const [member] = await server.agents.members();
  for (const [action, more] of [
    ['claim', {}],
    ['assign', { agentId: member?.id }],
    ['snooze', {}],
    ['resolve', { code: 'answered' }],
  ] as const) {
    const one = { ticketIds: [others[0]?.id], idempotencyKey: randomUUID(), ...more };
    await leaves(admin, ['POST', `/tickets/${action}`], one, 'tickets-changed');
  }
}

async function replayMessage(admin: Page) {
  await conversationOf(archive, 'acme', 'v1', 'c-replayed').messages(messageOf(1, 'Where is my parcel?', { at: 5 }));
  const path = '/conversations/c-replayed/replay';
  const replay = { seq: 1, model: 'glm-5' };
  await leaves(admin, ['POST', path], replay, 'conversation-replayed', '/conversations/{id}/replay');
}

async function changeSites(admin: Page) {
  const changed = 'setting-changed';
  const settings = { name: 'New', allowedOrigins: ['https://new.example'] };
  let version = (await leaves<{ version: number }>(admin, ['POST', '/sites'], { id: 'new', settings }, changed))
    .version;
  for (const [action, more] of [
    ['', { settings: { name: 'Newer' } }],
    ['/roll-back', { version }],
    ['/archive', { archived: true }],
  ] as const) {
    const body = { ...more, expectedVersion: version };
    const path = `/sites/new${action}`;
    version = (await leaves<{ version: number }>(admin, ['POST', path], body, changed, `/sites/{id}${action}`)).version;
  }
}

async function changeModels(admin: Page) {
  const changed = 'setting-changed';
  const settings = { baseUrl: 'http://127.0.0.1:9/v1', chains: {}, models: [], allowOutsideLimits: false };
  const change = { settings, apiKey: 'sk-a-key-that-no-entry-may-hold', expectedVersion: 0 };
  await leaves(admin, ['POST', '/model-settings'], change, changed);
  const { body: audit } = await admin.request('GET', '/audit?action=setting-changed');
  expect(JSON.stringify(audit)).not.toContain('no-entry-may-hold');
  await leaves(admin, ['POST', '/model-settings/roll-back'], { version: 1, expectedVersion: 1 }, changed);
}

async function runBenchmark(admin: Page) {
  const models = [{ modelId: 'our-own', endpointId: 'main' }];
  const asked = { models, questions: 5, atOnce: 1, maxUsd: 1 };
  const { id } = await leaves<{ id: string }>(admin, ['POST', '/benchmarks'], asked, 'benchmark-changed');
  await leaves(admin, ['POST', `/benchmarks/${id}/stop`], {}, 'benchmark-changed', '/benchmarks/{id}/stop');
}

async function runEvaluation(admin: Page) {
  const asked = { site: 'acme', conversation: ['Where is it?'] };
  const saved = 'knowledge-changed';
  const { id: caseId } = await leaves<{ id: string }>(admin, ['POST', '/evaluation-cases/new'], asked, saved);
  const run = { site: 'acme', caseIds: [caseId], maxUsd: 1 };
  const { id } = await leaves<{ id: string }>(admin, ['POST', '/evaluation-runs'], run, 'evaluation-changed');
  await leaves(admin, ['POST', `/evaluation-runs/${id}/stop`], {}, 'evaluation-changed', '/evaluation-runs/{id}/stop');
}

async function changeInstallation(admin: Page) {
  const stop = { site: 'acme', stopped: true, reason: 'A test' };
  await leaves(admin, ['POST', '/kill-switch'], stop, 'model-calls-stopped');
  const changed = 'setting-changed';
  const reply = { shortcut: 'thanks', text: 'Thank you.' };
  const canned = await leaves<{ id: string }>(admin, ['POST', '/canned-replies'], reply, changed);
  const cannedPath = `/canned-replies/${canned.id}`;
  await leaves(admin, ['POST', cannedPath], reply, changed, '/canned-replies/{id}');
  await leaves(admin, ['DELETE', cannedPath], undefined, changed, '/canned-replies/{id}');
  const { session } = await server.visitorSessions.openFor('acme', { subject: 'anna' });
  const ofVisitor = `/visitors/${session.visitorId}/sessions?site=acme`;
  await leaves(admin, ['DELETE', ofVisitor], undefined, 'session-ended', '/visitors/{id}/sessions');
  const visitor = { visitorId: session.visitorId, site: 'acme' };
  await leaves(admin, ['POST', '/visitors/export'], visitor, 'exported');
  await leaves(admin, ['POST', '/visitors/erase'], visitor, 'erased');

  const hook = { url: 'http://127.0.0.1:9/', types: ['ticket.created'] };
  const { webhook } = await leaves<{ webhook: { id: string } }>(admin, ['POST', '/webhooks'], hook, changed);
  const path = `/webhooks/${webhook.id}`;
  await leaves(admin, ['POST', path], { enabled: false }, changed, '/webhooks/{id}');
  await leaves(admin, ['POST', `${path}/rotate-secret`], {}, changed, '/webhooks/{id}/rotate-secret');
  const test = (await admin.request<{ id: string }>('POST', `${path}/test`, {})).body;
  const again = `/webhook-deliveries/${test.id}/send`;
  await leaves(admin, ['POST', again], {}, 'exported', '/webhook-deliveries/{id}/send');
  await leaves(admin, ['DELETE', path], undefined, changed, '/webhooks/{id}');

  const setAside = async (seq: number) => {
    const eventId = `1764403200000-${seq}`;
    const message = JSON.stringify({ id: 'm1', from: 'visitor', text: 'Hello', at: 1 });
    const fields = ['v', String(FEED_EVENT_VERSION), 'type', 'message', 'conversationId', 'c1', 'siteId', 'acme'];
    const event = {
      group: 'archive',
      eventId,
      tries: 5,
      reason: 'Error',
      at: 1,
      fields: [...fields, 'seq', '1', 'message', message],
    };
    await server.redis.hset(server.keys.feedSetAside(17), `archive:${eventId}`, JSON.stringify(event));
    return `archive.17.${eventId}`;
  };
  const redeliver = `/feed/set-aside/${await setAside(0)}/redeliver`;
  await leaves(admin, ['POST', redeliver], {}, changed, '/feed/set-aside/{id}/redeliver');
  fails = true;
  const kept = `/feed/set-aside/${await setAside(1)}`;
  const failed = await added(changed, () => admin.request('POST', `${kept}/redeliver`, {}));
  expect(failed?.after).toEqual({ redelivered: false });
  fails = false;
  await leaves(admin, ['DELETE', kept], undefined, changed, '/feed/set-aside/{id}');
}

test('each changing route of the table leaves an entry, or has a reason not to', async ({ task }) => {
  const admin = await adminNamed('boss');
  await changeAccounts(admin);
  await changeKnowledge(admin);
  await changeTickets(admin);
  await replayMessage(admin);
  await changeInstallation(admin);
  await changeSites(admin);
  await changeModels(admin);
  await runBenchmark(admin);
  await runEvaluation(admin);
  const changing = Object.keys(ROUTE_PERMISSIONS).filter((route) => !route.startsWith('GET '));
  const missing = changing.filter((route) => !seen.has(route) && NOT_RECORDED[route] === undefined);
  expect(missing).toEqual([]);
  expect([...seen.keys(), ...Object.keys(NOT_RECORDED)].filter((route) => !changing.includes(route))).toEqual([]);
  const withoutActor = [...seen].filter(([, { actor, address }]) => actor.id === undefined || address === undefined);
  expect(withoutActor.map(([route]) => route)).toEqual([]);
  addSecurityRow(task, {
    id: 'audit matrix',
    tried: `${changing.length} changing routes of the table of permissions`,
    result: `${seen.size} leave an entry, ${Object.keys(NOT_RECORDED).length} have a reason not to, 0 are missing`,
  });
});

test('what an agent searched for and read is recorded once an hour, however it was read', async () => {
  const agent = await server.signIn();
  await conversationOf(archive, 'acme', 'v1', 'c-read').messages(messageOf(1, 'Where is my parcel?', { at: 5 }));
  const text = '\0parcel <b>"\\';
  const q = encodeURIComponent('parcel <b>"\\');
  for (let time = 0; time < 2; time++) {
    await agent.request('GET', `/conversations?q=${q}&site=acme`);
    await agent.request('GET', `/messages/search?q=${q}`);
    await agent.request('GET', `/tickets?view=all&q=${q}`);
    await agent.request('GET', `/search?q=${q}`);
    await agent.request('GET', '/conversations/c-read/calls');
    await agent.request('GET', '/conversations?limit=5'); // a list without a search is no entry
  }
  const found = await server.auditLog.list({ limit: 9, action: 'searched' });
  expect(
    found.entries.map(({ actor, target, siteId, after }) => [actor.name, target?.id, siteId, after?.['text']]),
  ).toEqual([
    ['agent', 'everything', undefined, text.slice(1)],
    ['agent', 'tickets', undefined, text.slice(1)],
    ['agent', 'messages', undefined, text.slice(1)],
    ['agent', 'conversations', 'acme', text.slice(1)],
  ]);
  const reads = await server.auditLog.list({ limit: 9, action: 'conversation-read' });
  expect(reads.entries.map(({ target }) => target?.id)).toEqual(['c-read']);
});
