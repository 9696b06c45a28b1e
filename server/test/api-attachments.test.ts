/** Files that agents attach to replies. */
import { randomUUID } from 'node:crypto';
import { apiErrorSchema, attachedFileSchema } from '@firstword/shared/console-wire';
import type { Page } from '@firstword/testing/console-page';
import { consoleServer } from '@firstword/testing/console-server-hooks';
import { expect, test } from 'vitest';
import { openTicketForEachTest, page, textsOf, ticket } from './open-ticket.ts';

const PDF = '%PDF-1.7\n%%EOF';
openTicketForEachTest();

const upload = (name: string, content: string, by: Page = page, to = ticket) =>
  by.request('POST', `/tickets/${to.id}/files?${new URLSearchParams({ name })}`, content, {
    'content-type': 'application/octet-stream',
  });
async function attached(name: string, content: string, by: Page = page, to = ticket) {
  const { status, body } = await upload(name, content, by, to);
  expect(status).toBe(200);
  return attachedFileSchema.parse(body).file;
}
const codeOf = ({ body }: { body: unknown }) => apiErrorSchema.parse(body).code;
const sentFiles = async () => (await consoleServer.files.list(ticket.conversationId)).map(({ file }) => file.name);

test('a reply carries files, each as a message of its own after the text', async () => {
  const [bill, steps] = [await attached('bill.pdf', PDF), await attached('steps.txt', 'First, unplug it.')];
  expect(await sentFiles()).toEqual([]);
  const { body } = await page.act(ticket, 'reply', { text: 'Here is your bill.', attachments: [bill.id, steps.id] });
  expect(textsOf(body).slice(1)).toEqual([
    'agent: Here is your bill.',
    'agent: [file: bill.pdf, application/pdf, 1 KB]',
    'agent: [file: steps.txt, text/plain, 1 KB]',
  ]);
  expect(consoleServer.published.map(({ file }) => file)).toEqual([undefined, bill, steps]);
  expect(await sentFiles()).toEqual(expect.arrayContaining(['bill.pdf', 'steps.txt']));
  expect(body.uploads).toEqual({ maxMb: 1, types: ['png', 'pdf', 'txt'] });
});

test('a reply may be files alone, but not nothing', async () => {
  const { id } = await attached('bill.pdf', PDF);
  expect((await page.act(ticket, 'reply', { text: ' ' })).status).toBe(400);
  const { status, body } = await page.act(ticket, 'reply', { text: '', attachments: [id] });
  expect([status, body.ticket.state]).toEqual([200, 'waiting-visitor']);
  expect(textsOf(body).at(-1)).toBe('agent: [file: bill.pdf, application/pdf, 1 KB]');
});

test('a repeated reply sends its files once', async () => {
  const { id } = await attached('bill.pdf', PDF);
  const reply = { text: 'Here.', attachments: [id], idempotencyKey: randomUUID() };
  await page.act(ticket, 'reply', reply);
  const { status, body } = await page.act(ticket, 'reply', reply);
  expect([status, body.messages.length]).toEqual([200, 3]);
});

test('a file is sent only by the agent who uploaded it, to the visitor whose ticket it was uploaded for, and once', async () => {
  const second = await consoleServer.signIn('second-agent@shop.example');
  const other = await consoleServer.openTicket();
  const { id } = await attached('bill.pdf', PDF);
  const reply = { text: 'Here.', attachments: [id] };
  for (const refused of [
    await second.act(ticket, 'reply', reply),
    await page.act(other, 'reply', reply),
    await page.act(ticket, 'reply', { text: 'Here.', attachments: [randomUUID()] }),
  ]) {
    expect([refused.status, codeOf(refused)]).toEqual([409, 'not-allowed']);
  }
  expect(consoleServer.published).toEqual([]);
  const sent = await page.act(ticket, 'reply', reply);
  expect(sent.status).toBe(200);
  expect(codeOf(await page.act(sent.body.ticket, 'reply', reply))).toBe('not-allowed');
});

test('before it is sent, its agent alone can delete a file, and afterwards no one', async () => {
  const second = await consoleServer.signIn('second-agent@shop.example');
  const remove = async (id: string, by: Page = page) =>
    (await by.request('DELETE', `/tickets/${ticket.id}/files?file=${id}`)).status;
  const [bill, steps] = [await attached('bill.pdf', PDF), await attached('steps.txt', 'First, unplug it.')];
  expect(await remove(bill.id, second)).toBe(404);
  expect(await remove(bill.id)).toBe(204);
  expect(codeOf(await page.act(ticket, 'reply', { text: 'Here.', attachments: [bill.id] }))).toBe('not-allowed');
  expect((await page.act(ticket, 'reply', { text: 'Here.', attachments: [steps.id] })).status).toBe(200);
  expect(await remove(steps.id)).toBe(404);
});

test.each([
  ['page.html', '<html>', 400, 'type'],
  ['bill.pdf', 'no bill', 400, 'content'],
  ['empty.txt', '', 400, 'content'],
  ['long.txt', 'x'.repeat(1024 * 1024 + 1), 400, 'too-large'],
])('%s is refused with its reason', async (name, content, status, fileFault) => {
  const refused = await upload(name, content);
  expect([refused.status, apiErrorSchema.parse(refused.body).fileFault]).toEqual([status, fileFault]);
});

test('a site without uploads and a viewer are refused', async () => {
  const elsewhere = await consoleServer.openTicket('other');
  expect(codeOf(await upload('steps.txt', 'Unplug it.', page, elsewhere))).toBe('not-allowed');
  const viewer = await consoleServer.signIn('viewer@shop.example', 'viewer');
  expect((await upload('steps.txt', 'Unplug it.', viewer)).status).toBe(403);
});

test('a draft keeps its files', async () => {
  const file = await attached('bill.pdf', PDF);
  const path = `/drafts/${ticket.id}`;
  expect((await page.request('POST', path, { text: '', attachments: [file] })).status).toBe(204);
  expect((await page.request('GET', path)).body).toEqual({ draft: { text: '', attachments: [file] } });
});

test('a program attaches files, too', async () => {
  const { token } = await consoleServer.apiTokens.add('shop', 'write');
  const headers = { authorization: `Bearer ${token}`, origin: undefined };
  const program = consoleServer.openPage();
  const { body } = await program.request('POST', `/tickets/${ticket.id}/files?name=bill.pdf`, PDF, {
    ...headers,
    'content-type': 'application/octet-stream',
  });
  const attachments = [attachedFileSchema.parse(body).file.id];
  const change = { expectedVersion: ticket.version, idempotencyKey: randomUUID() };
  const reply = { ...change, text: 'Here is your bill.', attachments };
  expect((await program.request('POST', `/tickets/${ticket.id}/reply`, reply, headers)).status).toBe(200);
  expect(await sentFiles()).toEqual(['bill.pdf']);
});
