import { randomUUID } from 'node:crypto';
import { ticketActionSchemas } from '@firstword/shared/ticket-requests';
import { EMAIL, PASSWORD } from '@firstword/testing/console-agents';
import type { Page } from '@firstword/testing/console-page';
import { consoleServer, consoleServerForAllTests } from '@firstword/testing/console-server-hooks';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';

const schema = z.record(z.string(), z.unknown());
const content = z.object({ 'application/json': z.object({ schema }) });
const bytes = z.object({ 'application/octet-stream': z.object({ schema }) });
const operationSchema = z.object({
  summary: z.string().min(5),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  parameters: z.array(z.object({ name: z.string(), in: z.enum(['path', 'query', 'header']), schema })).default([]),
  requestBody: z
    .object({ required: z.literal(true), content: content.partial().extend(bytes.partial().shape) })
    .optional(),
  responses: z.record(z.string(), z.object({ description: z.string(), content: content.optional() })),
});
const documentSchema = z.object({
  openapi: z.literal('3.1.0'),
  info: z.object({ title: z.string(), version: z.string() }),
  servers: z.tuple([z.object({ url: z.literal('/api/v1') })]),
  paths: z.record(z.string(), z.record(z.enum(['get', 'post', 'delete']), operationSchema.optional())),
  components: z.object({ schemas: z.object({ ApiError: schema }) }),
});
type Operation = z.infer<typeof operationSchema>;

let page: Page;
let document: z.infer<typeof documentSchema>;
const operations = new Map<string, Operation>();

consoleServerForAllTests();
beforeAll(async () => {
  page = await consoleServer.signIn(EMAIL, 'admin');
  document = documentSchema.parse((await consoleServer.openPage().request('GET', '/openapi.json')).body);
  for (const [path, methods] of Object.entries(document.paths))
    for (const [method, operation] of Object.entries(methods))
      if (operation) operations.set(`${method.toUpperCase()} ${path}`, operation);
});

test('describes exactly the routes of the console contract', () => {
  expect([...operations.keys()].sort()).toEqual(
    [
      'GET /sites',
      'GET /site-schema',
      'POST /sites',
      'GET /sites/{id}',
      'POST /sites/{id}',
      'POST /sites/{id}/archive',
      'GET /sites/{id}/diff',
      'POST /sites/{id}/roll-back',
      'GET /model-settings',
      'POST /model-settings',
      'POST /model-settings/check',
      'GET /model-settings/diff',
      'POST /model-settings/roll-back',
      'GET /benchmarks',
      'POST /benchmarks',
      'GET /benchmarks/{id}',
      'POST /benchmarks/{id}/stop',
      'GET /evaluation-runs',
      'POST /evaluation-runs',
      'GET /evaluation-runs/{id}',
      'POST /evaluation-runs/{id}/stop',
      'GET /sign-in-options',
      'POST /first-run',
      'POST /first-run/link',
      'GET /session',
      'POST /session',
      'DELETE /session',
      'GET /views',
      'GET /views/counts',
      'POST /views',
      'DELETE /views/{id}',
      'GET /preferences',
      'POST /preferences',
      'GET /push-devices',
      'POST /push-devices',
      'POST /push-devices/{id}/test',
      'DELETE /push-devices/{id}',
      'POST /status',
      'GET /pictures',
      'POST /picture',
      'DELETE /picture',
      'GET /agents',
      'POST /second-factor',
      'POST /second-factor/start',
      'POST /second-factor/remove',
      'POST /team/{id}/remove-second-factor',
      'GET /sessions',
      'DELETE /sessions/{id}',
      'POST /sessions/end-others',
      'GET /team',
      'POST /team/invites',
      'DELETE /team/invites/{id}',
      'POST /team/{id}',
      'POST /team/{id}/activate',
      'POST /team/{id}/deactivate',
      'POST /team/{id}/end-sessions',
      'POST /team/{id}/reset',
      'GET /api-tokens',
      'POST /api-tokens',
      'DELETE /api-tokens/{id}',
      'GET /tickets',
      'GET /ticket-tags',
      'GET /tickets/{id}',
      'GET /tickets/{id}/calls',
      'GET /conversations',
      'GET /conversations/{id}',
      'GET /conversations/{id}/calls',
      'POST /conversations/{id}/replay',
      'GET /messages/search',
      'GET /search',
      'GET /dead-letters',
      'GET /models',
      'GET /verdicts',
      'GET /reports/response-time',
      'GET /reports/cost',
      'GET /reports/quality',
      'GET /budgets',
      'GET /alerts',
      'POST /kill-switch',
      'GET /knowledge',
      'GET /knowledge/article',
      'GET /knowledge/articles',
      'POST /knowledge/articles',
      'POST /knowledge/articles/remove',
      'POST /knowledge/articles/restore',
      'GET /knowledge/gaps',
      'DELETE /knowledge/gaps/{id}',
      'GET /knowledge/guidance',
      'POST /knowledge/guidance',
      'POST /knowledge/guidance/preview',
      'POST /knowledge/guidance/roll-back',
      'GET /knowledge/proposals',
      'POST /knowledge/proposals',
      'POST /knowledge/proposals/{id}/accept',
      'POST /knowledge/proposals/{id}/reject',
      'GET /knowledge/runs/{id}',
      'POST /knowledge/runs/{id}/stop',
      'GET /knowledge/search',
      'POST /knowledge/sources',
      'POST /knowledge/sources/{id}',
      'DELETE /knowledge/sources/{id}',
      'GET /knowledge/sources/{id}/diff',
      'POST /knowledge/sources/{id}/files',
      'DELETE /knowledge/sources/{id}/files',
      'POST /knowledge/sources/{id}/roll-back',
      'POST /knowledge/sources/{id}/run',
      'GET /knowledge/sources/{id}/runs',
      'GET /knowledge/sources/{id}/versions',
      'POST /visitors/export',
      'POST /visitors/erase',
      'GET /evaluation-cases',
      'POST /evaluation-cases',
      'POST /evaluation-cases/new',
      'DELETE /evaluation-cases/{id}',
      'POST /writing-help/{id}',
      'POST /tickets/{id}/files',
      'DELETE /tickets/{id}/files',
      'GET /drafts/{id}',
      'POST /drafts/{id}',
      'DELETE /drafts/{id}',
      'GET /canned-replies',
      'POST /canned-replies',
      'POST /canned-replies/{id}',
      'DELETE /canned-replies/{id}',
      'GET /audit',
      'GET /webhooks',
      'POST /webhooks',
      'POST /webhooks/{id}',
      'DELETE /webhooks/{id}',
      'POST /webhooks/{id}/rotate-secret',
      'POST /webhooks/{id}/test',
      'GET /webhooks/{id}/deliveries',
      'POST /webhook-deliveries/{id}/send',
      'GET /feed',
      'GET /feed/set-aside',
      'POST /feed/set-aside/{id}/redeliver',
      'DELETE /feed/set-aside/{id}',
      'POST /tickets/claim',
      'POST /tickets/assign',
      'POST /tickets/resolve',
      'POST /tickets/snooze',
      'POST /tickets/mark-spam',
      'POST /tickets/restore',
      'GET /visitors/{id}/sessions',
      'DELETE /visitors/{id}/sessions',
      ...Object.keys(ticketActionSchemas).map((action) => `POST /tickets/{id}/${action}`),
    ].sort(),
  );
});

test('describes every route except its own', () => {
  const served = consoleServer.api.stack.flatMap(({ route }) =>
    route ? route.stack.map(({ method }) => `${method.toUpperCase()} ${route.path.replace(':id', '{id}')}`) : [],
  );
  expect(new Set(served)).toEqual(new Set([...operations.keys(), 'GET /openapi.json']));
});

test('every operation with session security refuses requests without a session', async () => {
  for (const [name, { security }] of operations) {
    const [method = '', path = ''] = name.split(' ');
    const url = path.replace('{id}', randomUUID());
    const { status } = await consoleServer.openPage().request(method, url, method === 'POST' ? {} : undefined);
    // The only one for anyone that needs no body.
    const open = name === 'GET /sign-in-options' ? 200 : 400;
    expect([name, status]).toEqual([name, security.length > 0 ? 401 : open]);
  }
});

test('every write with CSRF security is refused without the token', async () => {
  for (const [name, { parameters }] of operations) {
    if (!parameters.some((parameter) => parameter.name === 'x-csrf-token')) continue;
    const [method = '', path = ''] = name.split(' ');
    const url = path.replace('{id}', randomUUID());
    const answer = await page.request(method, url, {}, { 'x-csrf-token': undefined });
    expect([name, answer.status]).toEqual([name, 403]);
  }
});

test('every action on a ticket documents each status with which it can be refused', () => {
  for (const [name, { responses }] of operations)
    if (name.startsWith('POST /tickets/{id}'))
      expect(Object.keys(responses)).toEqual(['200', '400', '401', '403', '404', '409', '429', '503']);
});

/** Validates a response against the document's schema. */
function described(name: string, status: number) {
  const given = operations.get(name)?.responses[status]?.content?.['application/json'].schema;
  if (given === undefined) throw new Error(`${name} does not describe ${status}`);
  const resolved = '$ref' in given ? document.components.schemas.ApiError : given;
  return z.fromJSONSchema(resolved as Parameters<typeof z.fromJSONSchema>[0]);
}

test('responses match their documented schemas', async () => {
  const ticket = await consoleServer.openTicket();
  const change = { expectedVersion: ticket.version, idempotencyKey: randomUUID() };
  const late = { expectedVersion: ticket.version, idempotencyKey: randomUUID() };
  const steps: [name: string, body: object | undefined, status: number][] = [
    ['POST /session', { email: EMAIL, password: PASSWORD }, 200],
    ['POST /session', { email: EMAIL, password: 'wrong' }, 403],
    ['POST /session', { email: EMAIL }, 400],
    ['GET /session', undefined, 200],
    ['GET /agents', undefined, 200],
    ['GET /sessions', undefined, 200],
    ['POST /second-factor/start', {}, 200],
    ['POST /second-factor', { secret: 'A'.repeat(32), code: '000000' }, 409],
    ['POST /second-factor/remove', { code: '000000' }, 409],
    ['GET /team', undefined, 200],
    ['POST /team/invites', { email: 'new@shop.example', roles: { acme: 'viewer' } }, 201],
    ['POST /team/invites', { email: EMAIL, roles: { '*': 'viewer' } }, 409],
    ['POST /team/invites', { email: 'new@shop.example', roles: { '*': 'owner' } }, 400],
    ['POST /team/{id}', { roles: { '*': 'agent' } }, 404],
    ['POST /api-tokens', { name: 'Reports', scope: 'read', days: 30 }, 201],
    ['POST /api-tokens', { name: 'Reports', scope: 'read', sites: ['nowhere'] }, 404],
    ['GET /api-tokens', undefined, 200],
    ['GET /tickets', undefined, 200],
    ['GET /tickets?limit=0', undefined, 400],
    ['GET /ticket-tags', undefined, 200],
    ['GET /tickets/{id}', undefined, 200],
    ['GET /tickets/{id}/calls', undefined, 200],
    ['POST /tickets/{id}/claim', change, 200],
    ['POST /tickets/{id}/claim', late, 409],
    ['POST /tickets/{id}/reply', { ...late, text: '' }, 400],
    ['GET /conversations', undefined, 200],
    ['GET /conversations?from=today', undefined, 400],
    ['GET /conversations/{id}', undefined, 404],
    ['GET /conversations/{id}/calls', undefined, 404],
    ['GET /messages/search?q=parcel', undefined, 200],
    ['GET /dead-letters', undefined, 200],
    ['GET /verdicts', undefined, 200],
    ['GET /reports/response-time', undefined, 200],
    ['GET /reports/response-time?by=site', undefined, 400],
    ['GET /reports/cost', undefined, 200],
    ['GET /reports/cost?from=2026-05-20&to=2026-05-19', undefined, 400],
    ['GET /knowledge?site=acme', undefined, 200],
    ['GET /knowledge?site=nowhere', undefined, 404],
    ['GET /knowledge/articles?site=acme', undefined, 200],
    ['GET /knowledge/search?site=acme&question=Refund', undefined, 200],
    ['GET /knowledge/gaps?site=acme', undefined, 200],
    ['GET /knowledge/guidance?site=acme', undefined, 200],
    ['POST /knowledge/guidance', { site: 'acme', guidance: { tone: 'warm' }, expectedVersion: 0 }, 200],
    ['POST /knowledge/guidance', { site: 'acme', guidance: { tone: 'cold' }, expectedVersion: 0 }, 409],
    ['POST /knowledge/guidance', { site: 'acme', guidance: { maxWords: 3 }, expectedVersion: 1 }, 400],
    ['POST /knowledge/guidance/roll-back', { site: 'acme', version: 9 }, 404],
    ['POST /knowledge/guidance/preview', { site: 'acme', guidance: {}, question: 'Refund?' }, 200],
    ['POST /knowledge/sources', { site: 'acme', origin: { kind: 'upload' } }, 201],
    ['POST /knowledge/sources', { site: 'acme', origin: { kind: 'crawl', url: 'help' } }, 400],
    ['POST /knowledge/sources', { site: 'acme', origin: { kind: 'folder', path: '/etc' } }, 409],
    ['GET /knowledge/proposals?site=acme', undefined, 200],
    ['POST /knowledge/proposals', { site: 'acme', gap: 'none' }, 404],
    ['POST /knowledge/proposals', { site: 'acme' }, 400],
    ['POST /knowledge/proposals/{id}/reject', {}, 404],
    ['GET /evaluation-cases?site=acme', undefined, 200],
    ['POST /evaluation-cases', { ticketId: 'none', runId: 'none' }, 404],
    ['POST /drafts/{id}', { text: '' }, 400],
    ['POST /writing-help/{id}', { task: 'shorter', text: 'It ships today.' }, 409],
    ['POST /writing-help/{id}', { task: 'translate', text: 'It ships.', to: '?' }, 400],
    ['GET /canned-replies', undefined, 200],
    ['POST /canned-replies', { shortcut: 'hello', text: 'Hi {{visitor.name|there}}.' }, 201],
    ['POST /canned-replies', { shortcut: 'hello', text: 'Hi {{visitor.name}}.' }, 400],
    ['POST /canned-replies', { shortcut: 'hello', text: 'Hi.' }, 409],
    ['POST /canned-replies/{id}', { shortcut: 'hello', text: 'Hi.' }, 404],
    ['DELETE /canned-replies/{id}', undefined, 404],
    ['GET /budgets', undefined, 200],
    ['GET /alerts', undefined, 200],
    ['GET /alerts?state=any', undefined, 400],
    ['POST /kill-switch', { site: 'acme', stopped: true }, 400],
    ['POST /kill-switch', { site: 'acme', stopped: true, reason: 'a runaway loop' }, 200],
    ['POST /kill-switch', { site: 'nowhere', stopped: false }, 404],
    ['GET /webhooks', undefined, 200],
    ['POST /webhooks', { url: 'https://hooks.example/', types: ['ticket.created'] }, 201],
    ['POST /webhooks', { url: 'https://10.0.0.1/', types: ['ticket.created'] }, 409],
    ['POST /webhooks', { url: 'https://hooks.example/', types: ['ticket.flew'] }, 400],
    ['POST /webhooks/{id}', { enabled: false }, 404],
    ['POST /webhooks/{id}/rotate-secret', {}, 404],
    ['POST /webhooks/{id}/test', {}, 404],
    ['GET /webhooks/{id}/deliveries', undefined, 200],
    ['POST /webhook-deliveries/{id}/send', {}, 404],
    ['DELETE /webhooks/{id}', undefined, 404],
    ['GET /audit', undefined, 200],
    ['GET /audit?limit=201', undefined, 400],
    ['GET /audit?site=nowhere', undefined, 404],
    ['GET /feed', undefined, 200],
    ['GET /feed/set-aside', undefined, 200],
    ['POST /feed/set-aside/{id}/redeliver', {}, 404],
    ['DELETE /feed/set-aside/{id}', undefined, 404],
  ];
  for (const [name, body, status] of steps) {
    const [method = '', path = ''] = name.split(' ');
    const answer = await page.request(method, path.replace('{id}', ticket.id), body);
    expect([name, answer.status]).toEqual([name, status]);
    expect(described(name.replace(/\?.*/, ''), status).safeParse(answer.body).error?.issues).toBeUndefined();
    expect(answer.body).not.toEqual({});
  }
});

test('requests are validated as documented', () => {
  const claim = operations.get('POST /tickets/{id}/claim')?.requestBody?.content['application/json']?.schema;
  expect(claim).toMatchObject({
    type: 'object',
    required: ['expectedVersion', 'idempotencyKey'],
    additionalProperties: false,
  });
  const list = operations.get('GET /tickets')?.parameters.map(({ name }) => name);
  const traits = ['reason', 'topic', 'language', 'tier', 'rated', 'unsupported', 'slow', 'verified'];
  expect(list).toEqual(['view', 'q', 'site', 'state', 'urgency', 'tag', 'assignee', ...traits, 'cursor', 'limit']);
});
