/** An administrator's work with a site's guidance over REST. */
import { type AnswerPreview, type GuidanceView, NO_GUIDANCE } from '@firstword/shared/guidance';
import type { Page } from '@firstword/testing/console-page';
import { consoleServerForAllTests, consoleServer as server } from '@firstword/testing/console-server-hooks';
import { beforeAll, expect, test } from 'vitest';

let admin: Page;

consoleServerForAllTests();
beforeAll(async () => {
  admin = await server.signIn('owner@shop.example', 'admin');
});

const read = async (site: string) =>
  (await admin.request<GuidanceView>('GET', `/knowledge/guidance?site=${site}`)).body;
const save = (tone: string, expectedVersion: number) =>
  admin.request<GuidanceView>('POST', '/knowledge/guidance', { site: 'acme', guidance: { tone }, expectedVersion });

test('a save makes a version, a save of an outdated one is refused, and a roll-back makes another version', async () => {
  expect(await read('acme')).toEqual({ version: 0, guidance: NO_GUIDANCE, versions: [] });
  expect((await save('warm', 0)).body).toMatchObject({ version: 1, guidance: { tone: 'warm', maxWords: 120 } });
  expect((await save('formal', 1)).body).toMatchObject({ version: 2 });
  expect((await save('curt', 1)).status).toBe(409);
  const rolled = await admin.request('POST', '/knowledge/guidance/roll-back', { site: 'acme', version: 1 });
  expect(rolled.body).toMatchObject({
    version: 3,
    guidance: { tone: 'warm' },
    versions: [{ number: 3, by: 'owner' }, { number: 2 }, { number: 1 }],
  });
  expect(await read('other')).toMatchObject({ version: 0 });
});

test('a preview answers with guidance that is not saved', async () => {
  const body = { site: 'other', guidance: { tone: 'brisk' }, question: 'Refund?' };
  const preview = await admin.request<AnswerPreview>('POST', '/knowledge/guidance/preview', body);
  expect(preview.body.answer).toBe('brisk: Refund?');
  expect((await read('other')).version).toBe(0);
});

test('only administrators read or change guidance', async () => {
  const agent = await server.signIn('agent2@shop.example', 'agent');
  const body = { site: 'acme', guidance: {}, expectedVersion: 3 };
  expect((await agent.request('GET', '/knowledge/guidance?site=acme')).status).toBe(403);
  expect((await agent.request('POST', '/knowledge/guidance', body)).status).toBe(403);
  expect((await admin.request('GET', '/knowledge/guidance?site=nowhere')).status).toBe(404);
});
