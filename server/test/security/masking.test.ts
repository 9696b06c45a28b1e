import { siteSchema } from '@firstword/shared/site';
import { PERSONAL_DATA } from '@firstword/testing/personal-data';
import { addSecurityRow } from '@firstword/testing/security-row';
import { recordsBeside } from '@firstword/testing/test-records';
import { SITE_ORIGIN, startTestServer, type TestServer } from '@firstword/testing/test-server';
import { connectWidget, type WidgetClient } from '@firstword/testing/widget-client';
import { OpenAI } from 'openai';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createApiTokens } from '../../src/agents/api-tokens.ts';
import type { Log } from '../../src/lib/log.ts';
import { createTokenHash } from '../../src/lib/tokens.ts';
import { createFullMask } from '../../src/masking/mask-policy.ts';

const APP_SECRET = 'a secret of this test alone, long enough';
const SAMPLES = Object.values(PERSONAL_DATA).flat();
const site = (id: string, more: object) => siteSchema.parse({ id, name: id, allowedOrigins: [SITE_ORIGIN], ...more });
const lines: string[] = [];
const write = (...line: unknown[]) => void lines.push(JSON.stringify(line));
const log: Log = { debug: write, info: write, warn: write, error: write };

let server: TestServer;
const clients: WidgetClient[] = [];

beforeAll(async () => {
  server = await startTestServer({
    log,
    appSecret: APP_SECRET,
    sites: [
      site('strict', { maskPersonalData: 'all', answerWhileTyping: 'answer' }),
      site('usual', {}),
      site('discreet', { maskPersonalData: 'all', revealMasked: false }),
    ],
    modelApi: { maskPersonalData: 'all', maskSecrets: 'all', revealMasked: true },
  });
});
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
  server.endpoint.reset();
  server.endpoint.requests.length = 0;
});
afterAll(() => server.stop());

async function connect(siteId: string) {
  const client = await connectWidget(server.port, { site: siteId });
  clients.push(client);
  return client;
}
async function ask(client: WidgetClient, text: string) {
  const ack = await client.send(text);
  const turnId = ack.ok ? ack.turnId : undefined;
  await client.received((event) => event.type === 'turn-end' && event.turnId === turnId);
  return turnId === undefined ? '' : client.text(turnId);
}
const prompts = () => server.endpoint.requests.map(({ body }) => JSON.stringify(body.messages));
/** What a sample gives away. */
function secretOf(text: string): string {
  const mask = createFullMask();
  const [placeholder = ''] = /\[[a-z-]+-1\]/.exec(mask.hide(text)) ?? [];
  return JSON.stringify(mask.reveal(placeholder)).slice(1, -1);
}

test('no model and no log line gets personal data that a site hides, by whichever way it is asked', async ({
  task,
}) => {
  const perConversation = 8;
  let drafts = 0;
  for (let from = 0; from < SAMPLES.length; from += perConversation) {
    const client = await connect('strict');
    for (const text of SAMPLES.slice(from, from + perConversation)) {
      const answer = await client.ask<{ prepared: boolean }>('draft', { text: `${text}?` });
      if (answer.ok && answer.prepared) drafts += 1;
      await ask(client, text);
    }
  }
  const asked = prompts();
  const token = (
    await createApiTokens(recordsBeside(server.redis.url).apiTokens, createTokenHash(APP_SECRET)).add('Shop', 'models')
  ).token;
  const api = new OpenAI({ apiKey: token, baseURL: `http://127.0.0.1:${server.port}/v1`, maxRetries: 0 });
  for (const text of SAMPLES)
    await api.chat.completions.create({ model: 'chat', messages: [{ role: 'user', content: text }] });
  const seen = prompts();
  const leaked = SAMPLES.map(secretOf).filter((value) => [...seen, ...lines].some((text) => text.includes(value)));
  expect(leaked).toEqual([]);
  expect(drafts).toBe(0);
  expect(asked.length).toBeGreaterThan(2 * SAMPLES.length - 10); // triage and answer, unless a rule hands over
  addSecurityRow(task, {
    id: 'S32',
    tried: `${SAMPLES.length} samples of personal data and secrets in messages, history, drafts and the model API; ${seen.length} prompts`,
    result: `${leaked.length} of ${SAMPLES.length} reached a model or a log line`,
  });
});

test('an answer that quotes what was hidden shows the original, also while it streams', async () => {
  const client = await connect('strict');
  server.endpoint.script({ answer: 'We write to [email-1] and call [phone-2].' });
  expect(await ask(client, 'I am visitor@mail.example, call +49 30 1234567.')).toBe(
    'We write to visitor@mail.example and call +49 30 1234567.',
  );
});

test('an answer keeps the placeholders where the site says so', async () => {
  server.endpoint.script({ answer: 'We write to [email-1].' });
  expect(await ask(await connect('discreet'), 'I am visitor@mail.example')).toBe('We write to [email-1].');
});

test('by default, a card number is hidden and an e-mail address is not', async () => {
  const client = await connect('usual');
  server.endpoint.script({ answer: 'The card [card-1] was refused.' });
  expect(await ask(client, 'visitor@mail.example: my card 4111 1111 1111 1111 does not work')).toBe(
    'The card 4111 1111 1111 1111 was refused.',
  );
  expect(prompts().every((prompt) => prompt.includes('visitor@mail.example: my card [card-1]'))).toBe(true);
  await expect
    .poll(async () =>
      (await recordsBeside(server.redis.url).usage.callsOf(client.start.conversationId, 10)).map(
        ({ masked }) => masked,
      ),
    )
    .toEqual([1, 1]);
});
