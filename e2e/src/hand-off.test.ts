import { closeContexts, sharedBrowser } from '@firstword/testing/browser';
import { type Product, startProduct } from '@firstword/testing/npm-start';
import { type SmtpServer, startSmtpServer } from '@firstword/testing/smtp-server';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, openPage, openWidget } from './harness/browser.ts';
import { becomeAgent, oneTimeLink } from './harness/console.ts';

const COMPLEX =
  'I was charged twice for order 48213, the desk arrived damaged for the second time and nobody answered my mails. What now?';

let browser: Browser;
let product: Product;
let smtp: SmtpServer;
beforeAll(async () => {
  smtp = await startSmtpServer();
  [browser, product] = await Promise.all([
    sharedBrowser(),
    startProduct({ DEMO_PACE: 'instant', SMTP_URL: `smtp://${smtp.host}` }),
  ]);
});
afterAll(async () => {
  await closeContexts(browser);
  await product.stop();
  await smtp.stop();
});

/** What the visitor reads in their mail. */
async function codeOf(email: string): Promise<string> {
  const find = () => smtp.mails.find((mail) => mail.includes(`To: ${email}`));
  await expect.poll(find).toBeDefined();
  return /\b\d{6}\b/.exec(find()?.split('\r\n\r\n')[1] ?? '')?.[0] ?? '';
}

test('a complex question gets an immediate first delta, an analysis, and an answer that an agent edits and approves', async () => {
  const visitor = await openPage(browser, product.url);
  await openWidget(visitor.page);
  await ask(visitor.page, COMPLEX);
  await visitor.page.locator('.answer__text').first().waitFor();
  await visitor.page.locator('.card').waitFor();
  await visitor.page.getByText('Someone from our team will look into it and reply here.').first().waitFor();
  await visitor.page.getByRole('textbox', { name: 'Where should we reply if you leave?' }).fill('visitor@shop.example');
  await visitor.page.getByRole('button', { name: 'Save' }).click();
  const code = visitor.page.getByRole('textbox', { name: /^Enter the 6-digit code/ });
  await code.fill(await codeOf('visitor@shop.example'));
  await code.press('Enter');
  await visitor.page.getByText('If you leave, we’ll reply to visitor@shop.example.').waitFor();

  const agent = await openPage(browser, oneTimeLink(product, product.output()));
  await becomeAgent(agent.page, 'First agent', 'agent@shop.example');
  await agent.page.getByRole('link', { name: /charged twice/ }).click();
  const composer = agent.page.getByRole('textbox', { name: /reply/i });
  await expect.poll(() => composer.inputValue(), { timeout: 20_000 }).not.toBe('');
  expect(await agent.page.getByText('The demo engine only quotes').count()).toBeGreaterThan(0);

  // On a busy machine the call may be hedged, so either model may have answered.
  await agent.page.getByText(/ · us-east · TTFT .* · at least \$/).click();
  await agent.page.getByText(/^Why this model: fast tier, us-east/).waitFor();

  await composer.fill('We refunded the second charge today and send a new desk top.');
  await agent.page.getByRole('button', { name: /Send edited reply/ }).click();
  await visitor.page.locator('.list').getByText('We refunded the second charge today').waitFor();
  await agent.page.locator('.message--agent').getByText('Seen').waitFor();
  await visitor.page.reload();
  await visitor.page.getByRole('dialog').waitFor();
  await visitor.page.locator('.list').getByText('We refunded the second charge today').waitFor();
  expect(await visitor.page.getByText('First agent').first().isVisible()).toBe(true);

  await agent.page.getByRole('link', { name: 'Response time' }).click();
  await agent.page.getByText(/^Half of 1 answer started within/).waitFor();
  await agent.page.getByRole('link', { name: 'Cost' }).click();
  await agent.page.getByText(/^\d+ model calls .* cost at least \$.* only the output price is known/).waitFor();
  expect([...visitor.complaints, ...agent.complaints]).toEqual([]);
});

test('of two agents who claim one ticket, one wins; who has written meanwhile is asked before a second reply is sent', async () => {
  const visitor = await openPage(browser, product.url);
  await openWidget(visitor.page);
  await ask(visitor.page, 'I want to talk to a real person, please');
  await visitor.page.locator('.card').waitFor();

  const agents = await Promise.all(
    ['Second', 'Third'].map(async (name) => {
      const email = `${name.toLowerCase()}@shop.example`;
      const printed = await product.run('server/src/cli/agent.ts', 'add', email);
      const { page } = await openPage(browser, oneTimeLink(product, printed));
      await becomeAgent(page, `${name} agent`, email);
      await page.getByRole('link', { name: /real person/ }).click();
      await page.getByRole('heading', { level: 1, name: /real person/ }).waitFor();
      return page;
    }),
  );
  // Both claims are held until both are sent: otherwise the second page gets the update first and no longer offers the claim.
  const bothClaimed = gateFor(agents.length);
  for (const page of agents)
    await page.route('**/claim', async (route) => {
      await bothClaimed();
      await route.continue();
    });
  await Promise.all(agents.map((page) => page.getByRole('button', { name: 'Claim' }).click()));
  const outcomes = await Promise.all(
    agents.map((page) =>
      Promise.race([
        page
          .getByText('Ticket claimed.')
          .first()
          .waitFor()
          .then(() => 'won'),
        page
          .getByText(/Someone else changed this ticket first/)
          .first()
          .waitFor()
          .then(() => 'notified'),
      ]),
    ),
  );
  expect(outcomes.toSorted()).toEqual(['notified', 'won']);
  await visitor.page
    .getByText(/(Second|Third) agent/)
    .first()
    .waitFor();

  const [one, two] = agents;
  if (one === undefined || two === undefined) throw new Error('two agents have the ticket open');
  const sendButton = (page: Page) => page.getByRole('button', { name: /^Send (edited )?reply/ });
  await one.getByRole('textbox', { name: /reply/i }).fill('How can we help you?');
  await two.getByText('Second agent is writing').waitFor();
  await two.getByRole('textbox', { name: /reply/i }).fill('I will call you at once.');
  await sendButton(two).click();
  await one.locator('.message--agent').getByText('I will call you at once.').waitFor();
  await sendButton(one).click();
  await one.getByText('Another agent replied while you were typing.').waitFor();
  expect(await visitor.page.getByText('How can we help you?').count()).toBe(0);
  await one.reload();
  await sendButton(one).click();
  await one.getByRole('button', { name: 'Send anyway' }).click();
  await visitor.page.locator('.list').getByText('How can we help you?').waitFor();
});

/** Releases all callers once the last one has arrived. */
function gateFor(count: number): () => Promise<void> {
  let open: () => void = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  let arrived = 0;
  return () => {
    arrived += 1;
    if (arrived === count) open();
    return opened;
  };
}

test('after an agent has resolved, thanks reopens nothing and the assistant answers the next question', async () => {
  const visitor = await openPage(browser, product.url);
  await openWidget(visitor.page);
  await ask(visitor.page, 'Let me talk to a human about the blue lamp, please');
  await visitor.page.locator('.card').waitFor();

  const token = (await product.run('server/src/cli/agent.ts', 'token-add', 'Helper', '--scope', 'write')).trim();
  const call = async (method: string, path: string, body?: object) => {
    const response = await fetch(`${product.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    expect(response.status).toBe(200);
    return response.json();
  };
  const { tickets } = await call('GET', '/tickets?view=open');
  const { id } = tickets.find(({ firstLine }: { firstLine: string }) => firstLine.includes('blue lamp'));
  const stateOf = async () => (await call('GET', `/tickets/${id}`)).ticket;
  const act = async (action: string, body: object) =>
    call('POST', `/tickets/${id}/${action}`, {
      ...body,
      expectedVersion: (await stateOf()).version,
      idempotencyKey: crypto.randomUUID(),
    });
  await act('reply', { text: 'The blue lamp is back in stock.' });
  await visitor.page.locator('.list').getByText('The blue lamp is back in stock.').waitFor();
  await act('resolve', { code: 'answered' });
  const answers = visitor.page.locator('.answer[aria-busy=false]');
  const before = await answers.count();
  await ask(visitor.page, 'Thanks!');
  await answers.nth(before).waitFor();
  await ask(visitor.page, 'How long do I have to return a lamp?');
  await answers.nth(before + 1).waitFor();
  await visitor.page.locator('.sources a').first().waitFor();
  expect(await stateOf()).toMatchObject({ state: 'resolved', reopened: 0 });
  expect(visitor.complaints).toEqual([]);
});
