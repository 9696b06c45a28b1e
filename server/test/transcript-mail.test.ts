import { type SmtpServer, startSmtpServer } from '@firstword/testing/smtp-server';
import { startTestServer, type TestServer } from '@firstword/testing/test-server';
import { connectWidget, type WidgetClient } from '@firstword/testing/widget-client';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { signIdentity } from './identity-tokens.ts';

let smtp: SmtpServer;
let server: TestServer;
const clients: WidgetClient[] = [];
beforeAll(async () => {
  smtp = await startSmtpServer();
  server = await startTestServer({ mail: { smtpUrl: `smtp://${smtp.host}`, from: 'support@shop.example' } });
});
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});
afterAll(async () => {
  await server.stop();
  await smtp.stop();
});

async function ask(text: string, auth: object = {}): Promise<WidgetClient> {
  const client = await connectWidget(server.port, { site: 'acme', ...auth });
  clients.push(client);
  await client.send(text);
  await client.received(({ type }) => type === 'turn-end');
  return client;
}

test('a visitor gets the conversation by mail, at the address that the site has verified', async () => {
  server.endpoint.script({ answer: 'You have 30 days [1].' });
  const identity = await signIdentity('anna', { email: 'anna@home.example' });
  const visitor = await ask('How long may I return an item?', { identity });
  await expect.poll(() => visitor.ask('transcript-mail', {})).toEqual({ ok: true });
  await expect.poll(() => smtp.mails.at(-1)).toMatch(/^To: anna@home\.example/im);
  expect(smtp.mails.at(-1)).toMatch(/^Subject: Acme: your conversation/m);
  expect(smtp.mails.at(-1)).toContain('How long may I return an item?');
  expect(smtp.mails.at(-1)).toContain('[1] Returns: /help/returns');
});

test('without an address that is known to be the visitor’s, nothing is sent', async () => {
  const visitor = await ask('Where is my order?');
  await visitor.ask('person-request', {});
  const sent = smtp.mails.length;
  expect(await visitor.ask('contact-set', { email: 'someone@else.example' })).toEqual({ ok: true, confirm: true });
  // The code itself.
  await expect.poll(() => smtp.mails.length).toBe(sent + 1);
  expect(await visitor.ask('transcript-mail', {})).toMatchObject({ ok: false, code: 'not-found' });
  expect(smtp.mails).toHaveLength(sent + 1);
});
