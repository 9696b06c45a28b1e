import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  BudgetReport,
  CostReport,
  DeadLetterList,
  ResponseTimeReport,
  VerdictReport,
} from '@firstword/shared/reports';
import type { Ticket } from '@firstword/shared/ticket';
import type { Page } from '@firstword/testing/console-page';
import { consoleServer, consoleServerForEachTest } from '@firstword/testing/console-server-hooks';
import { answers, startScriptedEndpoint } from '@firstword/testing/scripted-endpoint';
import { createTestLedger } from '@firstword/testing/test-ledger';
import { beforeEach, expect, test } from 'vitest';
import { runEvalCommand } from '../src/cli/eval-command.ts';
import { defaultConfig } from '../src/config/config.ts';
import { createPriceTable } from '../src/ledger/price-table.ts';
import type { ModelCall } from '../src/records/ledger-row.ts';

const NOON = Date.parse('2026-05-20T12:00:00Z');
let admin: Page;

consoleServerForEachTest({ now: () => NOON, budgets: { siteDay: { usd: 0.001 } } });
beforeEach(async () => {
  admin = await consoleServer.signIn('admin@shop.example', 'admin');
});

async function readAnswer<Body>(path: string): Promise<Body> {
  const { status, body } = await admin.request<Body>('GET', path);
  expect([path, status]).toEqual([path, 200]);
  return body;
}

async function waited(...times: number[]): Promise<void> {
  for (const ms of times)
    consoleServer.felt.record({
      turnId: randomUUID(),
      siteId: 'acme',
      region: 'us-east',
      tier: 'fast',
      modelId: 'quick',
      ms,
    });
  await consoleServer.felt.flush();
  await consoleServer.transfer.run();
}

async function spent(modelId: string, purpose = 'answer', more: Partial<ModelCall> = {}): Promise<void> {
  const prices = createPriceTable([
    ['quick', { inputUsdPerMillion: 1, outputUsdPerMillion: 2 }],
    ['half', { outputUsdPerMillion: 2 }],
  ]);
  const { redis, keys, records } = consoleServer;
  const ledger = createTestLedger({ redis, keys, usage: records.usage, prices });
  ledger.record({
    callId: randomUUID(),
    purpose,
    owner: { siteId: 'acme' },
    tier: 'fast',
    region: 'us-east',
    modelId,
    endpointId: 'main',
    startedAt: NOON,
    totalMs: 300,
    usage: { promptTokens: 100, completionTokens: 200, estimated: false },
    outcome: 'done',
    ...more,
  });
  await ledger.close();
}

test('without measurements, every part of the report is empty', async () => {
  const report = await readAnswer<ResponseTimeReport>('/reports/response-time');
  expect(report).toMatchObject({
    site: 'acme',
    from: '2026-05-14',
    to: '2026-05-20',
    total: { ttft: { kind: 'no-data' } },
    burn: { hour: { kind: 'no-data' }, day: { kind: 'no-data' } },
    lines: [],
  });
  expect(report.completion.map(({ visits, share }) => [visits, share])).toEqual(Array(5).fill([0, undefined]));
});

test('measurements come with sample counts, bands and the objective', async () => {
  await waited(100, 150, 300, 900);
  const report = await readAnswer<ResponseTimeReport>('/reports/response-time?by=model&from=2026-05-20');
  expect(report.lines).toMatchObject([{ key: 'quick', figures: { ttft: { kind: 'measured', samples: 4 } } }]);
  expect(report.total.bands).toMatchObject({ instant: { samples: 2, share: 0.5 }, slow: { samples: 1, share: 0.25 } });
  expect(report.objective).toEqual({ withinMs: 400, share: 0.95 });
  expect(report.burn.day).toMatchObject({ kind: 'measured', withinShare: 0.75, met: false });
  expect((await readAnswer<ResponseTimeReport>('/reports/response-time?site=other')).total).toEqual({
    ttft: { kind: 'no-data' },
  });
});

test('known, partial and unknown costs are reported separately', async () => {
  for (const modelId of ['quick', 'half', 'unheard-of']) await spent(modelId);
  const report = await readAnswer<CostReport>('/reports/cost?by=model');
  expect(report.total.cost).toEqual({
    fullUsd: 0.0005,
    fullCalls: 1,
    outputOnlyUsd: 0.0004,
    outputOnlyCalls: 1,
    unknownCalls: 1,
  });
  expect(report.lines.map(({ key }) => key)).toEqual(['half', 'quick', 'unheard-of']);
});

test('the cost report derives the blended price, answers by tier, and what speculation saved', async () => {
  await spent('quick');
  await spent('quick', 'answer', { tier: 'instant' });
  await spent('quick', 'answer', { outcome: 'aborted', reason: 'speculation-dropped' });
  for (const ttftMs of [100, 200]) await spent('quick', 'triage', { tier: 'instant', ttftMs });
  await spent('quick', 'router');
  const { figures, lines } = await readAnswer<CostReport>('/reports/cost?by=purpose');
  expect(figures.blended).toEqual({ usdPerMillion: expect.closeTo(0.0005 / 0.0003, 6), isLowerBound: false });
  expect(figures.answers.map(({ tier, answers, share }) => [tier, answers, share]).sort()).toEqual([
    ['fast', 1, 0.5],
    ['instant', 1, 0.5],
  ]);
  expect(figures.speculation).toEqual({ kind: 'measured', shown: 2, dropped: 1, hitRate: 2 / 3, savedMs: 300 });
  expect(lines.map(({ key, share }) => [key, share])).toEqual([
    ['answer', 0.5],
    ['router', 1 / 6],
    ['triage', 1 / 3],
  ]);
});

test('an unknown site and invalid days are refused', async () => {
  const statusOf = async (path: string) => (await admin.request('GET', path)).status;
  expect(await statusOf('/reports/response-time?site=nowhere')).toBe(404);
  expect(await statusOf('/reports/cost?site=nowhere')).toBe(404);
  expect(await statusOf('/reports/cost?from=2026-13-01')).toBe(400);
  expect(await statusOf('/reports/cost?from=2020-01-01')).toBe(400);
  for (const days of ['to=0000-01-01', 'from=0000-01-01&to=0000-02-01'])
    expect(await statusOf(`/reports/cost?${days}`)).toBe(400);
});

test('the budget of a site shows what is spent and what is left', async () => {
  await spent('quick');
  await spent('quick');
  const { sites } = await readAnswer<BudgetReport>('/budgets');
  expect(sites).toEqual([
    {
      id: 'acme',
      name: 'Acme',
      verdict: 'hand-off',
      spent: { usd: 0.001, tokens: 600 },
      limit: { usd: 0.001 },
      usedShare: 1,
    },
    { id: 'other', name: 'Other', verdict: 'ok', spent: { usd: 0, tokens: 0 }, limit: { usd: 0.001 }, usedShare: 0 },
  ]);
});

test('an administrator stops one site or all, with a reason and a name, and resumes them', async () => {
  const turn = async (body: object) => (await admin.request<BudgetReport>('POST', '/kill-switch', body)).body;
  const stopped = await turn({ site: 'acme', stopped: true, reason: 'A runaway loop' });
  expect(stopped.sites[0]).toMatchObject({
    verdict: 'stopped',
    stopped: { by: 'site', reason: 'A runaway loop (admin)' },
  });
  expect([consoleServer.killSwitch.isStopped('acme'), consoleServer.killSwitch.isStopped('other')]).toEqual([
    true,
    false,
  ]);
  const all = await turn({ site: 'all', stopped: true, reason: 'Endpoint under attack' });
  expect(all.everySite).toEqual({ reason: 'Endpoint under attack (admin)' });
  expect(all.sites[1]?.stopped?.by).toBe('all');
  await turn({ site: 'all', stopped: false });
  expect(await turn({ site: 'acme', stopped: false })).not.toHaveProperty('everySite');
  expect(consoleServer.killSwitch.isStopped('acme')).toBe(false);
});

test('agents and API tokens can neither use the kill switch nor read dead letters', async () => {
  const agent = await consoleServer.signIn('other@shop.example');
  const body = { site: 'all', stopped: true, reason: 'Because' };
  expect((await agent.request('POST', '/kill-switch', body)).status).toBe(403);
  expect((await agent.request('GET', '/dead-letters')).status).toBe(403);
  expect((await agent.request('GET', '/budgets')).status).toBe(200);
  const { token } = await consoleServer.apiTokens.add('Importer', 'write');
  const asProgram = { authorization: `Bearer ${token}` };
  expect((await consoleServer.openPage().request('GET', '/dead-letters', undefined, asProgram)).status).toBe(401);
  expect((await consoleServer.openPage().request('POST', '/kill-switch', body, asProgram)).status).toBe(401);
  expect(await consoleServer.killSwitch.read()).toEqual(new Map());
});

/** A ticket whose analysis has failed for good. */
async function givenUp(): Promise<Ticket> {
  const ticket = await consoleServer.openTicket();
  const queued = await consoleServer.tickets.queueRun(ticket.id, 'hand-off', { idempotencyKey: randomUUID() });
  const runId = queued?.run.id ?? '';
  await consoleServer.tickets.failRun(runId, { wording: 'No model answered.', values: [] });
  consoleServer.deadLetters.push({
    runId,
    ticketId: ticket.id,
    siteId: 'acme',
    reason: 'no model',
    attempts: 3,
    failedAt: NOON,
  });
  return ticket;
}

test('a failed analysis is a dead letter until it is requested again', async () => {
  const [first, second] = [await givenUp(), await givenUp()];
  const idsOf = async () =>
    (await readAnswer<DeadLetterList>('/dead-letters')).deadLetters.map(({ ticket }) => ticket.id);
  expect(await idsOf()).toEqual([first.id, second.id]);
  expect((await admin.act(first, 'rerun')).status).toBe(200);
  expect(await idsOf()).toEqual([second.id]);
  expect((await admin.act((await consoleServer.tickets.get(second.id)) ?? second, 'mark-spam')).status).toBe(200);
  expect(await idsOf()).toEqual([]);
});

test('corrections are returned as a confusion matrix and as cases for the evaluation', async () => {
  const ticket = await consoleServer.openTicket();
  await admin.act(ticket, 'correct-verdict', { handling: 'agent' });
  expect(await readAnswer<VerdictReport>('/verdicts')).toEqual({
    confusion: [{ from: 'complex', to: 'agent', count: 1 }],
  });
  const response = await fetch(`${consoleServer.url}/verdicts?format=jsonl`, { headers: { cookie: admin.cookie() } });
  expect(response.headers.get('content-type')).toContain('application/jsonl');
  const lines = await response.text();
  const [line = ''] = lines.split('\n');
  expect(JSON.parse(line)).toEqual({
    text: 'Where is my lamp?',
    handling: 'agent',
    was: 'complex',
    site: 'acme',
    ticket: ticket.number,
  });

  const folder = mkdtempSync(join(tmpdir(), 'firstword-cases-'));
  const upstream = await startScriptedEndpoint();
  upstream.play(answers('person'));
  writeFileSync(join(folder, 'cases.jsonl'), lines);
  const output: string[] = [];
  await runEvalCommand(
    ['intents', '--file', join(folder, 'cases.jsonl'), '--endpoint', upstream.endpoint().baseUrl, '--json'],
    {
      ownCases: '',
      shop: { cases: '', kb: [] },
      startDemoEngine: () => Promise.reject(new Error('an endpoint is named')),
      config: defaultConfig,
      say: (text) => output.push(text),
      onProgress: () => {},
    },
  );
  expect(JSON.parse(output.join(''))).toMatchObject({ texts: 1, accuracy: 1 });
  await upstream.stop();
  rmSync(folder, { recursive: true });
});
