/** Evaluations of a site's answers as an administrator runs them over REST, in two processes of one installation. */
import type { SavedCase } from '@firstword/shared/evaluation-case';
import type { EvaluationDetail, EvaluationList, EvaluationRun } from '@firstword/shared/evaluation-run';
import type { CostReport } from '@firstword/shared/reports';
import type { Page } from '@firstword/testing/console-page';
import { expect, test } from 'vitest';
import { DEMO_ANSWER, demo, modelInstallations, pageAt, startPair } from './model-installations.ts';

modelInstallations();
type Requests = Pick<Page, 'request'>;

const addCase = async (page: Requests, question: string, more: object = {}) =>
  (await page.request<SavedCase>('POST', '/evaluation-cases/new', { site: 'acme', conversation: [question], ...more }))
    .body;
const start = (page: Requests, more: object = {}) =>
  page.request<EvaluationRun>('POST', '/evaluation-runs', { site: 'acme', maxUsd: 1, ...more });
const read = async (page: Requests, id: string) =>
  (await page.request<EvaluationDetail>('GET', `/evaluation-runs/${id}`)).body;
const ended = async (page: Requests, id: string) => {
  await expect.poll(async () => (await read(page, id)).state, { timeout: 15_000 }).not.toBe('running');
  return read(page, id);
};

test('cases are judged by what the site answers, and every process shows why one failed', async () => {
  const { admin, first, other } = await startPair();
  const otherAdmin = pageAt(other, admin);
  const right = await addCase(admin, 'Are returns free?', { facts: ['30 DAYS'], cites: ['returns'] });
  const wrong = await addCase(admin, 'How long may I return an item?', { facts: ['60 days'], absent: ['free'] });
  const { plan } = (await admin.request<EvaluationList>('GET', '/evaluation-runs?site=acme')).body;
  expect(plan?.usdPerMessage).toBeGreaterThan(0);

  const { status, body: run } = await start(admin);
  expect([status, run]).toMatchObject([201, { state: 'running', by: 'Owner', site: 'acme', cases: 2, judged: 0 }]);
  const result = await ended(otherAdmin, run.id);
  expect(result).toMatchObject({ state: 'done', cases: 2, judged: 2, passed: 1, ttft: { p50: expect.any(Number) } });
  const of = ({ id }: SavedCase) => result.results.find((found) => found.id === id);
  expect(of(right)).toMatchObject({
    ...{ conversation: ['Are returns free?'], kind: 'answered', faults: [], text: DEMO_ANSWER, citedIds: ['returns'] },
    found: expect.arrayContaining([{ id: 'returns', title: 'Returns' }]),
  });
  expect(of(wrong)?.faults).toEqual([
    { fault: 'not-said', text: '60 days' },
    { fault: 'said', text: 'free' },
  ]);

  const address = `http://localhost:${first.port}/api/v1/evaluation-runs/${run.id}?format=csv`;
  const csv = await (await fetch(address, { headers: { cookie: admin.cookie() } })).text();
  expect(csv).toContain('case,question,passed,faults,kind,answer,found,cited');
  expect(csv).toContain(`${wrong.id},How long may I return an item?,no,"does not say ""60 days""; says ""free""",`);
  const callsOf = async (purpose: string) => {
    const { lines } = (await admin.request<CostReport>('GET', '/reports/cost?by=purpose&site=acme')).body;
    return lines.find(({ key }) => key === purpose)?.totals.calls;
  };
  await expect.poll(() => callsOf('evaluation')).toBe(2);
  await expect.poll(() => callsOf('evaluation-triage')).toBe(2);

  const { body: again } = await start(admin, { caseIds: [right.id] });
  expect(await ended(admin, again.id)).toMatchObject({ cases: 1, passed: 1 });
  const runs = (await admin.request<EvaluationList>('GET', '/evaluation-runs?site=acme')).body.runs;
  expect(runs.map(({ id }) => id)).toEqual([again.id, run.id]);
});

test('of two administrators one starts a run, either stops it, and a run ends with its process', async () => {
  const { admin, first, other } = await startPair();
  const otherAdmin = pageAt(other, admin);
  await addCase(admin, 'Are returns free?');
  const release = demo.holdAfter(0);
  const both = await Promise.all([start(admin), start(otherAdmin)]);
  expect(both.map(({ status }) => status).toSorted()).toEqual([201, 409]);
  const { id } = both.find(({ status }) => status === 201)?.body ?? { id: '' };
  expect((await otherAdmin.request('POST', `/evaluation-runs/${id}/stop`, {})).status).toBe(200);
  expect(await ended(admin, id)).toMatchObject({ state: 'stopped', judged: 0, results: [] });
  expect((await admin.request('POST', `/evaluation-runs/${id}/stop`, {})).status).toBe(404);

  const { body: lost } = await start(admin);
  await first.close();
  expect(await read(otherAdmin, lost.id)).toMatchObject({ state: 'interrupted', judged: 0 });
  release();
  expect(await ended(otherAdmin, (await start(otherAdmin)).body.id)).toMatchObject({ state: 'done', passed: 1 });
});

test('what does not fit the site is refused', async () => {
  const { admin, other } = await startPair();
  expect((await start(admin)).body).toMatchObject({ code: 'not-found' }); // there is no case yet
  await addCase(admin, 'Are returns free?');
  expect((await start(admin, { site: 'nowhere' })).body).toMatchObject({ code: 'not-found' });
  expect((await start(admin, { caseIds: ['unknown'] })).body).toMatchObject({ code: 'not-found' });
  expect((await start(admin, { maxUsd: 0 })).body).toMatchObject({ code: 'bad-request' });
  for (const more of [{ cites: ['unknown'] }, { conversationId: 'unknown' }, { conversationId: 'unknown', seq: 1 }])
    expect(await addCase(admin, 'Hello?', more)).toMatchObject({ code: 'not-found' });
  for (const more of [{ facts: ['/(a+)+$/'] }, { facts: [' '] }, { conversation: [] }, { seq: 1 }])
    expect(await addCase(admin, 'Hello?', more)).toMatchObject({ code: 'bad-request' });
  const personal = await addCase(admin, 'I am anna@mail.example. Hello?', { facts: ['help@shop.example'] });
  expect(personal.conversation[0]).not.toContain('anna@mail.example');
  expect(personal.facts).toEqual(['help@shop.example']);
  await admin.request('POST', '/kill-switch', { site: 'acme', stopped: true, reason: 'a test' });
  expect((await start(admin)).body).toMatchObject({ code: 'not-allowed' });
  // The other process sees the switch within two seconds.
  await expect.poll(async () => (await start(pageAt(other, admin))).status, { timeout: 5000 }).toBe(409);
});
