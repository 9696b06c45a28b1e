import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { AnalysisRun } from '@firstword/shared/analysis';
import { DONE, finishes, role, says, uses } from '@firstword/testing/completion-events';
import { freePort } from '@firstword/testing/free-port';
import { listenLocally } from '@firstword/testing/listen-locally';
import { type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import {
  answers,
  type ResponseScript,
  type ScriptedEndpoint,
  startScriptedEndpoint,
} from '@firstword/testing/scripted-endpoint';
import { databaseBeside } from '@firstword/testing/test-database';
import { createTestTickets, type TestTickets } from '@firstword/testing/test-tickets';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CallRow } from '../src/gateway/chat-call.ts';
import { createLog } from '../src/lib/log.ts';
import { connectRedis, type Redis } from '../src/lib/redis.ts';
import { openRecords, type Records } from '../src/records/records.ts';
import { RecordsError } from '../src/records/records-error.ts';
import { createConversationStore } from '../src/store/conversation-store.ts';
import { createRedisKeys } from '../src/store/keys.ts';
import { type AnalysisQueue, createAnalysisQueue } from '../src/tickets/analysis-queue.ts';
import { startWorkerApp, type WorkerApp, type WorkerAppSettings } from '../src/worker-app.ts';
import { writtenAnalysis } from './analysis-answer.ts';
import { type GivenSettings, workerSettings } from './worker-settings.ts';

const log = createLog('silent');
const PREFIX = 'faults';
const keys = createRedisKeys(PREFIX);

let server: RedisServer;
let upstream: ScriptedEndpoint;
let redis: Redis;
let queue: AnalysisQueue;
let records: Records;
let tickets: TestTickets;
let apps: WorkerApp[];
let children: ChildProcess[];

beforeEach(async () => {
  [server, upstream] = await Promise.all([startRedisServer(), startScriptedEndpoint()]);
  const { url } = await databaseBeside(server.url);
  records = await openRecords({ url, localeOf: () => 'en', log });
  redis = await connectRedis(server.url, 'commands', log);
  queue = createAnalysisQueue(redis, keys.queuePrefix());
  tickets = createTestTickets({ redis, keys, queue, store: records.tickets });
  apps = [];
  children = [];
});

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await Promise.all(apps.map((app) => app.close()));
  await queue.close();
  redis.disconnect();
  await Promise.all([server.stop(), upstream.stop(), records.close()]);
});

const given = (more: Partial<WorkerAppSettings>): Omit<GivenSettings, 'records'> => ({
  redisUrl: server.url,
  redisPrefix: PREFIX,
  endpoint: upstream.endpoint(),
  ...more,
});

async function startWorker(more: Partial<WorkerAppSettings> = {}): Promise<void> {
  apps.push(await startWorkerApp(workerSettings({ ...given(more), records })));
}

/** A worker process that can be killed and frozen. */
async function startWorkerProcess(more: Partial<WorkerAppSettings> = {}): Promise<ChildProcess> {
  const { url: databaseUrl } = await databaseBeside(server.url);
  const entry = fileURLToPath(new URL('./worker-child.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', entry, JSON.stringify({ databaseUrl, ...given(more) })], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  await once(child.stdout, 'data');
  return child;
}

async function kill(worker: ChildProcess): Promise<void> {
  worker.kill('SIGKILL');
  await once(worker, 'exit');
}

async function openTicket(of: Pick<TestTickets, 'openNow'> = tickets): Promise<string> {
  const conversationId = randomUUID();
  const text = 'My parcel is lost and I was charged twice.';
  const store = createConversationStore(redis, keys, { leaseMs: 5000, keepDeltasSeconds: 60 });
  await store.append({
    conversationId,
    siteId: 'demo',
    visitorId: 'v1',
    id: randomUUID(),
    text,
    at: Date.now(),
    turnId: randomUUID(),
  });
  const { ticket } = await of.openNow({
    siteId: 'demo',
    conversationId,
    openedBy: 'assistant',
    reason: 'complex',
    urgency: 'normal',
    firstLine: text,
    waitingSince: Date.now(),
    idempotencyKey: randomUUID(),
  });
  return ticket.id;
}

const analysis = (summary: string) =>
  JSON.stringify(
    writtenAnalysis({
      reading: { ...writtenAnalysis().reading, summary, alternatives: [], urgencyReason: '', trend: 'steady' },
    }),
  );
const answersAfter = (waitMs: number, summary: string): ResponseScript => ({
  steps: [role, { waitMs }, says(analysis(summary)), finishes(), uses(900, 300), DONE],
});
const SILENT: ResponseScript = { headersFirst: true, steps: [role, 'hang'] };

const asked = (times: number) => expect.poll(() => upstream.requests.length, { timeout: 10_000 }).toBe(times);

async function endedRuns(ticketId: string, timeout = 15_000): Promise<AnalysisRun[]> {
  await expect.poll(async () => (await tickets.runs(ticketId))[0]?.state, { timeout }).not.toMatch(/queued|running/);
  return tickets.runs(ticketId);
}

async function expectOneAnalysis(ticketId: string, summary: string): Promise<void> {
  const runs = await endedRuns(ticketId);
  expect(runs).toHaveLength(1);
  expect(runs[0]).toMatchObject({ state: 'completed', number: 1, content: { reading: { summary } } });
  expect(await tickets.get(ticketId)).toMatchObject({ state: 'needs-review', analysis: { state: 'completed' } });
  const finished = (await tickets.events(ticketId)).filter(({ action }) => action === 'finish-analysis');
  expect(finished).toHaveLength(1);
}

test('a worker killed in the middle of a job is replaced, and one analysis is stored', async () => {
  upstream.play(SILENT, answersAfter(0, 'second'));
  const [first, ticketId] = await Promise.all([startWorkerProcess(), openTicket()]);
  await asked(1);
  await kill(first);
  await startWorker();
  await expectOneAnalysis(ticketId, 'second');
  expect(upstream.requests).toHaveLength(2);
});

test('the result of a worker that was frozen longer than its lock is refused', async () => {
  upstream.play(answersAfter(500, 'of the frozen one'), answersAfter(0, 'of the other'));
  const [frozen, ticketId] = await Promise.all([startWorkerProcess(), openTicket()]);
  await asked(1);
  frozen.kill('SIGSTOP');
  await startWorker();
  await expectOneAnalysis(ticketId, 'of the other');
  frozen.kill('SIGCONT');
  frozen.kill('SIGTERM'); // it finishes its job, then exits
  await once(frozen, 'exit');
  await expectOneAnalysis(ticketId, 'of the other');
});

test('if Redis is killed during a job and returns after the answer, the result is not lost', async () => {
  upstream.play(answersAfter(300, 'after the storm'));
  const answered = new Promise<void>((resolve) => void startWorker({ onCall: () => resolve() }));
  const ticketId = await openTicket();
  await asked(1);
  await server.kill();
  await answered; // the result exists and cannot be stored yet
  await server.start();
  await expect.poll(() => redis.ping().catch(() => '')).toBe('PONG');
  await expectOneAnalysis(ticketId, 'after the storm');
});

test('if the database is away while a job begins, the analysis waits for it and is no attempt', async () => {
  upstream.play(answersAfter(0, 'after the outage'));
  let refusals = 0;
  const away: Records['tickets']['transactionOf'] = async () => {
    refusals += 1;
    throw new RecordsError('unavailable', 'The database did not answer.');
  };
  const flaky = { ...records.tickets };
  flaky.transactionOf = away;
  apps.push(
    await startWorkerApp(
      workerSettings({ ...given({}), records: { ...records, tickets: flaky }, queue: { attempts: 1 } }),
    ),
  );
  const ticketId = await openTicket();
  await expect.poll(() => refusals).toBeGreaterThan(2);
  flaky.transactionOf = records.tickets.transactionOf;
  await expectOneAnalysis(ticketId, 'after the outage');
});

test('if the database goes away before a result is stored, the result is stored when it is back', async () => {
  upstream.play(answersAfter(0, 'kept'));
  let refusals = 0;
  const flaky = { ...records.tickets };
  const onCall = () => {
    flaky.transactionOf = async () => {
      refusals += 1;
      throw new RecordsError('unavailable', 'The database did not answer.');
    };
  };
  apps.push(await startWorkerApp(workerSettings({ ...given({ onCall }), records: { ...records, tickets: flaky } })));
  const ticketId = await openTicket();
  await expect.poll(() => refusals).toBeGreaterThan(1);
  flaky.transactionOf = records.tickets.transactionOf;
  await expectOneAnalysis(ticketId, 'kept');
  expect(upstream.requests).toHaveLength(1);
});

test('twenty enqueues of one ticket run one analysis', async () => {
  upstream.play(answersAfter(0, 'once'));
  const ticketId = await openTicket();
  const [run] = await tickets.runs(ticketId);
  const job = { runId: run?.id ?? '', ticketId, siteId: 'demo' };
  const more = [...Array(10)].flatMap(() => [
    queue.add(job, { urgency: 'normal', known: false }),
    tickets.queueRun(ticketId, 'hand-off', { idempotencyKey: randomUUID() }),
  ]);
  await Promise.all([...more, startWorker()]);
  await expectOneAnalysis(ticketId, 'once');
  await queue.add(job, { urgency: 'normal', known: false });
  await expect.poll(() => queue.state(job.runId)).toBe('ended');
  expect(upstream.requests).toHaveLength(1);
});

test('a model with unusable output is asked twice, the failure is recorded, and the queue continues', async () => {
  upstream.play(answers('I am a poet.'), answers('Roses are red.'), answersAfter(0, 'the next one'));
  const poisoned = await openTicket();
  await startWorker({ worker: { concurrency: 1 } });
  const [run] = await endedRuns(poisoned);
  expect(run).toMatchObject({ state: 'failed', problem: expect.stringContaining('not valid JSON') });
  expect(await tickets.get(poisoned)).toMatchObject({ state: 'needs-review', analysis: { state: 'failed' } });
  await expectOneAnalysis(await openTicket(), 'the next one');
  expect(upstream.requests).toHaveLength(3);
  await expect.poll(() => queue.deadLetters(10)).toMatchObject([{ runId: run?.id, ticketId: poisoned, attempts: 1 }]);
});

test('an endpoint that is down is tried three times before the analysis fails', async () => {
  upstream.play({ status: 503, steps: ['busy'] });
  const ticketId = await openTicket();
  await startWorker();
  const [run] = await endedRuns(ticketId);
  expect(run).toMatchObject({ state: 'failed', problem: 'No model answered (upstream-error).' });
  await expect.poll(() => queue.deadLetters(10)).toMatchObject([{ ticketId, attempts: 3 }]);
  upstream.play(answersAfter(0, 'later'));
  await tickets.queueRun(ticketId, 'retry', { idempotencyKey: randomUUID() });
  await expect
    .poll(async () => (await tickets.runs(ticketId)).map(({ state }) => state), { timeout: 10_000 })
    .toEqual(['completed', 'failed']);
});

test('analyses of an outage wait with few requests, and run once the endpoint is back', async () => {
  const port = await freePort();
  const rows: CallRow[] = [];
  const ticketIds = await Promise.all(Array.from({ length: 12 }, () => openTicket()));
  await startWorker({
    endpoint: { id: 'gone', baseUrl: `http://127.0.0.1:${port}/v1` },
    onCall: (row) => rows.push(row),
  });
  const states = async () => {
    const runs = await Promise.all(ticketIds.map((id) => tickets.runs(id)));
    return runs.map(([run]) => run?.state);
  };
  // Each model's breaker opens after five failures. Four analyses run at the same time.
  await expect.poll(() => rows.length, { timeout: 10_000 }).toBeGreaterThanOrEqual(10);
  await expect.poll(states, { timeout: 10_000 }).toEqual(ticketIds.map(() => 'queued'));
  expect(rows.length).toBeLessThan(ticketIds.length * 2);
  expect(await queue.deadLetters(10)).toEqual([]);

  const back = createServer(async (request, response) => {
    await text(request);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end([role, says(analysis('back')), finishes(), uses(900, 300), DONE].join(''));
  });
  await listenLocally(back, port);
  await expect.poll(states, { timeout: 30_000 }).toEqual(ticketIds.map(() => 'completed'));
  back.closeAllConnections();
  back.close();
}, 60_000);

test('a job lost between ticket and queue is queued by the sweep', async () => {
  upstream.play(answersAfter(0, 'found again'));
  const forgetful = createTestTickets({ redis, keys, store: records.tickets });
  const ticketId = await openTicket(forgetful);
  expect(await queue.state((await tickets.runs(ticketId))[0]?.id ?? '')).toBe('missing');
  await startWorker();
  await expectOneAnalysis(ticketId, 'found again');
});

test('a job that kills its workers becomes a failed analysis', async () => {
  upstream.play(SILENT);
  const ticketId = await openTicket();
  const settings = { worker: { lockMs: 800, stalledCheckMs: 300, stalledMax: 1 } };
  for (const times of [1, 2]) {
    const worker = await startWorkerProcess(settings);
    await asked(times);
    await kill(worker);
  }
  await startWorker(settings);
  const [run] = await endedRuns(ticketId);
  expect(run).toMatchObject({ state: 'failed', problem: expect.stringContaining('failed after several attempts') });
  expect(await tickets.get(ticketId)).toMatchObject({ state: 'needs-review' });
});

test('a site whose daily limit is used up keeps its tickets and spends nothing more', async () => {
  upstream.play(answersAfter(0, 'paid'));
  await startWorker({ usdPerDay: (siteId) => (siteId === 'demo' ? 0.000_001 : undefined) });
  await expectOneAnalysis(await openTicket(), 'paid');
  const second = await openTicket();
  const [run] = await endedRuns(second);
  expect(run).toMatchObject({ state: 'failed', problem: expect.stringContaining('Over budget') });
  expect(await tickets.get(second)).toMatchObject({ state: 'needs-review' });
  expect(upstream.requests).toHaveLength(1);
});

test('a site whose model calls are stopped keeps its tickets and asks no model', async () => {
  await redis.hset(keys.stops(), 'demo', 'a runaway loop');
  await startWorker();
  const ticketId = await openTicket();
  const [run] = await endedRuns(ticketId);
  expect(run).toMatchObject({ state: 'failed', problem: expect.stringContaining('stopped') });
  expect(await tickets.get(ticketId)).toMatchObject({ state: 'needs-review' });
  expect(upstream.requests).toHaveLength(0);
});
