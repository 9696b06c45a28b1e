/** Uploads can't fill the disk, and what they contain is looked at before agents receive it. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FILE_TYPES } from '@firstword/shared/files';
import { siteSchema } from '@firstword/shared/site';
import { startClamdServer } from '@firstword/testing/clamd-server';
import { addSecurityRow } from '@firstword/testing/security-row';
import { SITE_ORIGIN, startTestServer, type TestServer, type TestSettings } from '@firstword/testing/test-server';
import { connectWidget, type WidgetClient } from '@firstword/testing/widget-client';
import { docxOf } from '@firstword/testing/zip-archive';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';

const MB = 1024 * 1024;
const ATTACKER = '203.0.113.1';
const PDF = (body: string) => `%PDF-1.7\n${body}\n%%EOF`;

let server: TestServer | undefined;
let dataDir: string;
let clients: WidgetClient[] = [];
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'firstword-uploads-'));
});
afterEach(async () => {
  for (const client of clients) client.close();
  clients = [];
  await server?.stop();
  server = undefined;
  await rm(dataDir, { recursive: true, force: true });
});

const start = async (changes: TestSettings) => {
  const uploads = { maxMb: 1, types: Object.keys(FILE_TYPES) };
  const site = siteSchema.parse({ id: 'acme', name: 'Acme', allowedOrigins: [SITE_ORIGIN], uploads });
  server = await startTestServer({ trustProxy: 1, dataDir, sites: [site], ...changes });
  return server;
};
const connect = async ({ port }: TestServer, address: string) => {
  const client = await connectWidget(port, { site: 'acme' }, SITE_ORIGIN, address);
  clients.push(client);
  return client;
};
async function send(
  { port }: TestServer,
  { start: { session } }: WidgetClient,
  name: string,
  body: string | Buffer,
  from: string,
) {
  const query = new URLSearchParams({ site: 'acme', id: randomUUID(), name });
  const response = await fetch(`http://127.0.0.1:${port}/files?${query}`, {
    method: 'POST',
    headers: { origin: SITE_ORIGIN, authorization: `Bearer ${session}`, 'x-forwarded-for': from },
    body: new Uint8Array(Buffer.from(body)),
  });
  const answer = z.object({ code: z.string().optional() }).parse(await response.json());
  return { status: response.status, ...answer };
}
const kept = async () =>
  (await readdir(join(dataDir, 'files'), { recursive: true })).filter((path) => path.includes('/'));

test('one address cannot fill the disk, with any number of sessions', async ({ task }) => {
  const app = await start({ limits: { uploadMbPerAddressDay: 5 } });
  const text = 'x'.repeat(MB - 10);
  const statuses: number[] = [];
  for (let n = 0; n < 6; n++) {
    const attacker = await connect(app, ATTACKER);
    const sent = await Promise.all([1, 2].map((file) => send(app, attacker, `${file}.txt`, text, ATTACKER)));
    statuses.push(...sent.map(({ status }) => status));
  }
  expect(statuses.filter((status) => status === 201)).toHaveLength(5);
  expect(statuses.filter((status) => status === 429)).toHaveLength(7);
  const honest = await connect(app, '198.51.100.1');
  expect(await send(app, honest, 'mine.txt', text, '198.51.100.1')).toMatchObject({ status: 201 });
  expect(await kept()).toHaveLength(6);
  addSecurityRow(task, {
    id: 'uploads',
    tried: '12 files of 1 MB from 6 sessions of one address, which may upload 5 MB a day',
    result: '5 kept, 7 refused; another address may upload',
  });
});

test('a nearly full disk accepts no file, and keeps nothing of it', async () => {
  const app = await start({ limits: { freeDiskMb: 1e9 } });
  const client = await connect(app, ATTACKER);
  expect(await send(app, client, 'a.txt', 'text', ATTACKER)).toMatchObject({ status: 503, code: 'busy' });
  expect(await kept()).toEqual([]);
});

test('files with macros, scripts or malware reach no agent', async ({ task }) => {
  const clamd = await startClamdServer('MALWARE');
  const app = await start({ clamdUrl: clamd.url });
  const client = await connect(app, ATTACKER);
  const sendOne = (name: string, body: string | Buffer) => send(app, client, name, body, ATTACKER);
  expect(await sendOne('letter.docx', docxOf({ 'word/vbaProject.bin': '' }))).toMatchObject({
    status: 415,
    code: 'unsafe',
  });
  expect(await sendOne('form.pdf', PDF('/JavaScript'))).toMatchObject({ status: 415, code: 'unsafe' });
  expect(await sendOne('note.txt', 'MALWARE')).toMatchObject({ status: 415, code: 'unsafe' });
  expect(await sendOne('letter.docx', docxOf())).toMatchObject({ status: 201 });
  expect(await sendOne('table.csv', 'a,=cmd')).toMatchObject({ status: 201 });
  await expect.poll(() => client.messages.map(({ file }) => file?.risk)).toEqual([undefined, 'formulas']);
  expect(clamd.scanned).toHaveLength(3);

  await clamd.stop();
  expect(await sendOne('late.txt', 'text')).toMatchObject({ status: 503 });
  expect(await kept()).toHaveLength(2);
  addSecurityRow(task, {
    id: 'uploads',
    tried: 'a document with macros, a PDF with a script, malware, and a file while the scanner is away',
    result: '4 of 4 refused; a table with formulas carries a warning',
  });
});
