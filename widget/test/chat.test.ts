import { closeContexts, sharedBrowser } from '@firstword/testing/browser';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, openPanel, visit } from './browser.ts';
import { showcase } from './showcase.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await sharedBrowser();
});
afterAll(() => closeContexts(browser));

test('a page loads only the loader until the visitor shows interest, then the panel, and stores nothing', async () => {
  // Without idle time, nothing is prefetched either.
  await using shown = await visit(browser, { before: 'window.requestIdleCallback = () => 0' });
  const { page, requests, server } = shown;
  await page.locator('.launcher').waitFor();
  expect(requests).toEqual(['/', '/widget.js']);
  expect(server.handshakes).toEqual([]);
  expect(await page.evaluate(() => [localStorage.length, document.cookie])).toEqual([0, '']);
  await page.hover('.launcher');
  await expect.poll(() => server.handshakes.length).toBe(1);
  expect(requests.slice(2)).toEqual([expect.stringMatching(/^\/assets\/panel-[\w-]+\.js$/)]);
  expect(server.handshakes[0]).toMatchObject({ site: 'acme', locale: 'en-US', timeZone: expect.any(String) });
});

test('the felt TTFT of an answer that arrives at once is reported, too', async () => {
  await using shown = await visit(browser, { script: { answer: 'Yes.', pieceLength: 100, pieceMs: 0 } });
  const { page, server } = shown;
  await openPanel(page);
  const seen = server.next('first-token-seen');
  await ask(page, 'May I?');
  expect(await seen).toMatchObject({ turnId: expect.any(String), ms: expect.any(Number) });
});

test('an answer streams in, cites its sources, and violates no strict content policy', async () => {
  await using shown = await visit(browser, { script: { ...showcase, pieceMs: 1 } });
  const { page, server, complaints } = shown;
  await openPanel(page);
  const seen = server.next('first-token-seen');
  await ask(page, 'Can I send it back?');
  await page.locator('.actions').waitFor();
  expect(await page.locator('.answer__text li').allTextContents()).toContain('Drop the parcel at any pickup point.');
  expect(await page.locator('.mark a').first().getAttribute('href')).toBe(`${server.url}/articles/returns`);
  expect(await page.locator('.sources__title').first().textContent()).toBe('Returns and refunds');
  expect(await seen).toMatchObject({ turnId: expect.any(String), ms: expect.any(Number) });
  expect(complaints).toEqual([]);
});

test('the end of an answer keeps the nodes drawn while it grew', async () => {
  await using shown = await visit(browser, { script: { answer: 'One two three four five six seven.', pieceMs: 20 } });
  const { page } = shown;
  await openPanel(page);
  await ask(page, 'Count');
  const words = await page.waitForSelector('.answer__text p');
  await page.locator('.actions').waitFor();
  expect(await words.evaluate((element) => [element.isConnected, element.textContent])).toEqual([
    true,
    'One two three four five six seven.',
  ]);
});

test('lost deltas are fetched by replay, and the text is complete', async () => {
  const answer = 'One two three four five six seven eight nine ten.';
  await using shown = await visit(browser, {
    script: { answer, pieceLength: 3, pieceMs: 2, lost: new Set([2, 3, 7]) },
  });
  const { page, server } = shown;
  await openPanel(page);
  await ask(page, 'Count');
  await page.locator('.actions').waitFor();
  expect(await page.locator('.answer__text').textContent()).toBe(answer);
  expect(server.received.some(({ event }) => event === 'replay')).toBe(true);
});

test('a lost connection in the middle of an answer does not change it', async () => {
  const answer = 'A rather long answer that is cut. '.repeat(20).trim();
  await using shown = await visit(browser, { script: { answer, pieceMs: 10 } });
  const { page, server } = shown;
  await openPanel(page);
  await ask(page, 'Tell me');
  await page.locator('.answer__text').waitFor();
  server.cut();
  await page.locator('.actions').waitFor();
  expect(await page.locator('.answer__text').textContent()).toBe(answer);
  expect(server.handshakes[1]).toMatchObject({ session: 'session-token' });
});

test('an unacknowledged message is sent again with the same id after a reconnect, and appears once', async () => {
  await using shown = await visit(browser, { script: { silent: { 'message-send': 1 } } });
  const { page, server } = shown;
  await openPanel(page);
  const first = server.next('message-send');
  await ask(page, 'Hello');
  await first;
  server.cut();
  await page.locator('.actions').waitFor();
  const sends = server.received.filter(({ event }) => event === 'message-send').map(({ payload }) => payload);
  expect(sends).toEqual([sends[0], sends[0]]);
  expect(await page.locator('.own').count()).toBe(1);
});

test('a message written before a reload is sent after it', async () => {
  await using shown = await visit(browser, { script: { silent: { 'message-send': 1 } } });
  const { page, server } = shown;
  await openPanel(page);
  const first = server.next('message-send');
  await ask(page, 'Hello');
  const sent = await first;
  const again = server.next('message-send');
  await page.reload();
  expect(await again).toEqual(sent);
});

test('a refused message shows the reason and can be sent again', async () => {
  await using shown = await visit(browser, {
    script: { refuse: { 'message-send': { ok: false, code: 'rate-limited', message: 'slow down' } } },
  });
  const { page, server } = shown;
  await openPanel(page);
  await ask(page, 'Hello');
  await page.getByText('You’re sending messages too quickly.').waitFor();
  server.script.refuse = {};
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.locator('.actions').waitFor();
  expect(await page.locator('.note--bad').count()).toBe(0);
});

test('stop replaces send while an answer runs and keeps its text', async () => {
  await using shown = await visit(browser, { script: { answer: 'word '.repeat(400), pieceMs: 10 } });
  const { page } = shown;
  await openPanel(page);
  await ask(page, 'Go on');
  await page.locator('.answer__text').waitFor();
  await page.getByRole('button', { name: 'Stop answering' }).click();
  await page.getByText('You stopped this answer.').waitFor();
  expect(await page.locator('.answer__text').textContent()).toContain('word');
  expect(await page.getByRole('button', { name: 'Send' }).count()).toBe(1);
});

test('an interrupted answer can be retried', async () => {
  await using shown = await visit(browser, { script: { answer: 'A whole answer.', ends: 'interrupted' } });
  const { page, server } = shown;
  await openPanel(page);
  await ask(page, 'Hello');
  await page.getByText('The answer was cut off.').waitFor();
  server.script.ends = 'done';
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.locator('.answer__text').getByText('A whole answer.').waitFor();
});

test('a failed answer is one sentence with two ways on: try again, or talk to the team', async () => {
  const sentence = 'The assistant can’t answer right now.';
  await using shown = await visit(browser, { script: { answer: sentence, ends: 'failed' } });
  const { page, server } = shown;
  await openPanel(page);
  await ask(page, 'Hello');
  const answer = page.locator('.answer');
  await answer.getByRole('button', { name: 'Talk to our team' }).waitFor();
  await answer.getByRole('button', { name: 'Try again' }).waitFor();
  expect(await page.getByText('didn’t answer').count()).toBe(0);
  const requested = server.next('person-request');
  await answer.getByRole('button', { name: 'Talk to our team' }).click();
  await requested;
  await answer.getByRole('button', { name: 'Try again' }).waitFor({ state: 'detached' });
  expect(server.received.filter(({ event }) => event === 'person-request')).toHaveLength(1);
});

test('a placeholder appears within 100 ms of a send, and later shows the progress', async () => {
  await using shown = await visit(browser, { script: { firstMs: 1500 } });
  const { page } = shown;
  await openPanel(page);
  await page.evaluate(() => {
    const root = document.querySelector('[data-firstword]')?.shadowRoot;
    const field = root?.querySelector('textarea');
    field?.addEventListener('keydown', () => {
      const from = performance.now();
      const watch = () => {
        if (root?.querySelector('.waiting')) document.title = String(performance.now() - from);
        else requestAnimationFrame(watch);
      };
      watch();
    });
  });
  await ask(page, 'Hello');
  await page.locator('.waiting__line').waitFor();
  await expect.poll(async () => Number(await page.title())).toBeLessThan(100);
  await page.getByText('Searching the help articles').waitFor();
  await page.locator('.actions').waitFor();
  expect(await page.locator('.waiting').count()).toBe(0);
});

test('the visitor can ask for an agent, whose replies show their name', async () => {
  await using shown = await visit(browser);
  const { page, server } = shown;
  await openPanel(page);
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('menuitem', { name: 'Talk to our team' }).click();
  await page.getByText('Someone will reply within a few minutes.').waitFor();
  server.setResponder({ responder: 'agent' });
  server.sendMessage({ from: 'agent', text: 'Good morning.', agent: { name: 'The night shift' } });
  await page.getByText('Good morning.').first().waitFor();
  expect(await page.locator('.header__who').textContent()).toContain('Chatting with The night shift');
});

test('a failed rating is reverted and shows an error', async () => {
  await using shown = await visit(browser, {
    script: { refuse: { 'rating-set': { ok: false, code: 'unavailable', message: 'no' } } },
  });
  const { page, server } = shown;
  await openPanel(page);
  await ask(page, 'Hello');
  await page.getByRole('button', { name: 'Helpful', exact: true }).click();
  await page.getByText('That didn’t work.').waitFor();
  expect(await page.locator('[aria-pressed="true"]').count()).toBe(0);
  server.script.refuse = {};
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.locator('[aria-pressed="true"]').waitFor();
});

test('a message that is too long cannot be sent and shows by how much', async () => {
  await using shown = await visit(browser);
  const { page, server } = shown;
  await openPanel(page);
  await page.fill('textarea', 'x'.repeat(3900));
  await page.getByText('100 characters left').waitFor();
  await page.fill('textarea', 'x'.repeat(4001));
  await page.press('textarea', 'Enter');
  expect(await page.getByRole('button', { name: 'Send' }).isDisabled()).toBe(true);
  expect(server.received.filter(({ event }) => event === 'message-send')).toEqual([]);
});

test('a refused connection is explained', async () => {
  await using shown = await visit(browser, { script: { refuseConnection: { code: 'origin-refused' } } });
  const { page } = shown;
  await page.click('.launcher');
  await page.locator('.banner').getByText('Chat isn’t available on this page.').waitFor();
});

test('an expired session is replaced without a notice', async () => {
  await using shown = await visit(browser, {
    before: "localStorage.setItem('firstword:acme', localStorage.getItem('firstword:acme') ?? 'old-token')",
    script: { refuseConnection: { code: 'session-expired' } },
  });
  const { page, server } = shown;
  await page.locator('.launcher').waitFor();
  server.script.refuseConnection = undefined;
  await page.reload();
  await openPanel(page);
  expect(await page.evaluate(() => localStorage.getItem('firstword:acme'))).toBe('session-token');
});

test('after a drain the widget reconnects by itself', async () => {
  await using shown = await visit(browser);
  const { page, server } = shown;
  await openPanel(page);
  server.emit('drain', { afterMs: 10 });
  await expect.poll(() => server.handshakes.length).toBe(2);
});

test('a visitor who scrolled up stays there and sees a button for new messages', async () => {
  await using shown = await visit(browser, {
    script: { answer: 'A line of the answer.\n\n'.repeat(60), pieceLength: 60 },
  });
  const { page, server } = shown;
  await openPanel(page);
  await ask(page, 'Tell me everything');
  await page.locator('.actions').waitFor();
  const box = page.locator('.scroll__box');
  const fromEnd = () =>
    box.evaluate(({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight);
  await expect.poll(fromEnd).toBeLessThan(2);
  await box.hover();
  await page.mouse.wheel(0, -5000);
  await expect.poll(() => box.evaluate((element) => element.scrollTop)).toBe(0);
  server.sendMessage({ from: 'agent', text: 'One more thing.', agent: { name: 'An agent' } });
  await page.locator('.new-messages').click();
  await expect.poll(fromEnd).toBeLessThan(2);
  expect(await page.locator('.new-messages').count()).toBe(0);
});

test('a source shows a preview on hover and on keyboard focus', async () => {
  await using shown = await visit(browser, { script: showcase });
  const { page } = shown;
  await openPanel(page);
  await ask(page, 'Can I send it back?');
  const source = page.getByRole('link', { name: /Returns and refunds/ }).last();
  const look = page.getByText('Unopened bags come back within 30 days');
  await source.waitFor();
  expect(await look.isVisible()).toBe(false);
  await source.hover();
  await look.waitFor();
  await page.mouse.move(0, 0);
  await look.waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Copy' }).focus();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Shift+Tab');
  await look.waitFor();
});
