/** The widget beyond the first limits of its address, on a page with a strict Content Security Policy. */
import { readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { defaultConfig } from '@firstword/server/config/config';
import { FIRST_TRIES } from '@firstword/server/limits/fair-share';
import { PROOF_NUMBERS } from '@firstword/shared/proof-of-work';
import { siteSchema } from '@firstword/shared/site';
import { sharedBrowser } from '@firstword/testing/browser';
import { listenLocally } from '@firstword/testing/listen-locally';
import { addSecurityRow } from '@firstword/testing/security-row';
import { startTestServer } from '@firstword/testing/test-server';
import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';

const dist = (workspace: string) => join(import.meta.dirname, '../..', workspace, 'dist');
const middle = (figures: readonly number[]) => figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? 0;

/** Milliseconds in which a processor that is slower by this factor solves challenges of the first difficulty. */
async function solvingMs(page: Page, solver: string, slower: number): Promise<number> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slower });
  const times: number[] = [];
  for (let n = 0; n < 5; n++) {
    const challenge = { token: `${'x'.repeat(80)}${n}`, tries: FIRST_TRIES, numbers: PROOF_NUMBERS };
    // As text: the test's own modules are rewritten, so an import in a function would not be the browser's.
    times.push(
      await page.evaluate<number>(`import(${JSON.stringify(solver)}).then(async ({ prove }) => {
        const from = performance.now();
        await prove(${JSON.stringify(challenge)}, undefined);
        return performance.now() - from;
      })`),
    );
  }
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  return middle(times);
}

test('a visitor whose address is beyond its first limits chats as usual', async ({ task }) => {
  const page = await (await sharedBrowser()).newPage();
  onTestFinished(() => page.close());
  const errors: string[] = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  const sent: string[] = [];
  const received: string[] = [];
  page.on('websocket', (socket) => {
    socket.on('framesent', ({ payload }) => sent.push(String(payload)));
    socket.on('framereceived', ({ payload }) => received.push(String(payload)));
  });

  let policy = '';
  let tag = '';
  const host = createServer((_request, response) =>
    response
      .setHeader('content-type', 'text/html')
      .setHeader('content-security-policy', policy)
      .end(`<!doctype html><title>A page</title>${tag}`),
  );
  const origin = `http://127.0.0.1:${await listenLocally(host)}`;
  onTestFinished(() => void host.close());
  const { limits } = defaultConfig();
  const { address } = limits.perMinute;
  const always = { challengeAbove: 0 };
  const server = await startTestServer({
    folders: { widget: dist('widget'), console: dist('console') },
    sites: [siteSchema.parse({ id: 'acme', name: 'Acme', allowedOrigins: [origin] })],
    limits: {
      perMinute: {
        ...limits.perMinute,
        address: {
          ...address,
          sessions: { ...address.sessions, ...always },
          messages: { ...address.messages, ...always },
        },
      },
    },
  });
  onTestFinished(() => server.stop());
  server.endpoint.script({ answer: 'You have 30 days.' });
  const product = `http://127.0.0.1:${server.port}`;
  policy = `default-src 'none'; script-src ${product}; connect-src ${product} ${product.replace('http', 'ws')}; img-src data:`;
  tag = `<script async src="${product}/widget.js" data-site="acme" data-open></script>`;

  await page.goto(origin);
  await page.getByRole('textbox').fill('How long may I return an item?');
  await page.keyboard.press('Enter');
  await page.getByRole('log').getByText('You have 30 days.').waitFor();
  const challenges = received.filter((packet) => packet.includes('"challenge"')).length;
  const proofs = sent.filter((packet) => packet.includes('"proof"')).length;
  expect({ challenges, proofs }).toEqual({ challenges: 2, proofs: 2 });
  expect(await page.getByRole('alert').allTextContents()).toEqual([]);
  expect(errors).toEqual([]);

  const solver = readdirSync(join(dist('widget'), 'assets')).find((name) => /^prove-.*\.js$/.test(name));
  const ms = async (slower: number) => (await solvingMs(page, `${product}/assets/${solver}`, slower)).toFixed(0);
  addSecurityRow(task, {
    id: 'challenge',
    tried: `a visitor beyond the first limits at connecting and at sending, on a page with a strict policy`,
    result: `answered, nothing shown; the first difficulty takes ${await ms(1)} ms here, ${await ms(4)} ms on a processor 4 times slower, ${await ms(6)} ms on one 6 times slower`,
  });
});
