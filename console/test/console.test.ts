import { launchBrowser } from '@firstword/testing/browser';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { enter, openPage, signIn } from './browser.ts';
import { FIRST_RUN_TOKEN, type ScriptedServer, startScriptedServer } from './scripted-server.ts';
import { shopTickets } from './shop-tickets.ts';
import { colleague, detail, ticket } from './ticket-builders.ts';

let browser: Browser;
let server: ScriptedServer;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  await build({ configFile: new URL('../vite.config.ts', import.meta.url).pathname });
  browser = await launchBrowser();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  server = await startScriptedServer(shopTickets(Date.now()));
  ({ page, complaints } = await openPage(browser));
});
afterEach(async () => {
  await page.context().close();
  await server.close();
  expect(complaints).toEqual([]);
});

const list = () => page.getByRole('region', { name: 'Tickets' });
const rows = () => list().getByRole('link');
const reply = () => page.getByRole('textbox', { name: /reply/i });
const button = (name: string | RegExp) => page.getByRole('button', { name });
async function openTicket(words: RegExp) {
  await rows().filter({ hasText: words }).click();
  await page.getByRole('heading', { level: 1, name: words }).waitFor();
}

describe('the way in', () => {
  test('the one-time link makes the first agent, and its token leaves the address at once', async () => {
    await page.goto(`${server.url}/console/first-run#token=${FIRST_RUN_TOKEN}`);
    await page.getByLabel('Your name').fill('First Agent');
    expect(page.url()).toBe(`${server.url}/console/first-run`);
    await page.getByLabel('E-mail address').fill('agent@wendleby.example');
    await page.getByLabel('Password').fill('a long enough one');
    await button('Create account').click();
    await list().waitFor();
    expect(page.url()).toBe(`${server.url}/console`);
  });

  test('a used link says so', async () => {
    await page.goto(`${server.url}/console/first-run#token=this-token-was-used-before`);
    await page.getByLabel('Your name').fill('First Agent');
    await page.getByLabel('E-mail address').fill('agent@wendleby.example');
    await page.getByLabel('Password').fill('a long enough one');
    await button('Create account').click();
    await page.getByText('This link has expired').waitFor();
  });

  test('a wrong password is told, a right one opens the work', async () => {
    await page.goto(`${server.url}/console`);
    await page.getByLabel('E-mail address').fill('agent@wendleby.example');
    await page.getByLabel('Password').fill('a wrong password');
    await button('Sign in').click();
    await page.getByText('Incorrect e-mail address or password').waitFor();
    await signIn(page, server);
    await expect.poll(() => rows().count()).toBe(6);
  });

  test('a session that ends leads back to the sign-in, and what was typed is kept', async () => {
    await signIn(page, server, '/console/tickets/t-1040');
    await reply().fill('Linseed oil is fine, thinned by half.');
    server.signOutEverybody();
    server.cut();
    await page.getByText('You’ve been signed out').waitFor();
    await signIn(page, server, '/console/tickets/t-1040');
    expect(await reply().inputValue()).toBe('Linseed oil is fine, thinned by half.');
  });
});

describe('the list', () => {
  beforeEach(() => enter(page, server));

  test('shows number, reason, words, urgency and waiting time, most urgent first', async () => {
    const first = await rows().first().textContent();
    for (const words of ['#1039', 'Legal matter', 'My lawyer will write', 'Critical', '52 min'])
      expect(first).toContain(words);
  });

  test('views show other tickets', async () => {
    await button(/^Mine/).click();
    await rows().filter({ hasText: 'VAT number' }).waitFor();
    expect(await rows().count()).toBe(1);
  });

  test('new tickets are announced above the list and move nothing until asked for', async () => {
    const added = detail(
      ticket(1050, Date.now(), {
        openedAt: Date.now() + 60_000,
        urgency: 'critical',
        firstLine: 'Smoke comes out of the lamp',
      }),
      [],
      [],
    );
    server.tickets.add(added);
    server.emit('ticket-change', { ticket: added.ticket });
    await button('1 new ticket').waitFor();
    expect(await rows().first().textContent()).toContain('#1039');
    await button('1 new ticket').click();
    await rows().filter({ hasText: 'Smoke' }).waitFor();
    expect(await rows().count()).toBe(7);
  });

  test('a row that changes elsewhere keeps its place until the next interaction', async () => {
    const changed = server.tickets.change('t-1039', { state: 'in-progress', assignee: colleague });
    server.emit('ticket-change', { ticket: changed });
    await rows().first().getByText('In progress').waitFor();
    await openTicket(/charged me twice/);
    await expect.poll(() => rows().count()).toBe(5);
  });

  test('shows who else is looking', async () => {
    server.emit('presence', [{ ticketId: 't-1042', agents: [colleague] }]);
    await rows().filter({ hasText: '#1042' }).getByText('Second Agent is viewing').waitFor({ state: 'attached' });
  });
});

describe('a ticket', () => {
  beforeEach(async () => {
    await enter(page, server);
    await openTicket(/charged me twice/);
  });

  test('a quote leads to the words it quotes', async () => {
    await button(/Both lines say booked/).click();
    const mark = page.locator('mark');
    await mark.waitFor();
    expect(await mark.textContent()).toBe('Both lines say booked, not pending');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-seq'))).toBe('3');
  });

  test('a quote that stands nowhere is marked and leads nowhere', async () => {
    await page.getByText('Quote not found in the source').waitFor();
    expect(await button(/it is only reserved/).count()).toBe(0);
  });

  test('an unsupported sentence is underlined and explained, and can be selected', async () => {
    expect(await page.locator('.unsupported').textContent()).toBe('As an apology we add a voucher of €20.');
    await button(/No article promises a voucher/).click();
    expect(await page.evaluate(() => window.getSelection()?.toString())).toContain('voucher of €20');
  });

  test('an answer tells its model, wait and cost, and why that model gave it', async () => {
    const calls = page.locator('.message--assistant .calls');
    await calls.getByText('Step-3.5-Flash · us-east · TTFT 124 ms · at least $0.000016').click();
    await calls.getByText('Why this model: fast tier, us-east: deepseek-v4-flash').waitFor();
    await calls.getByRole('row', { name: /^Answer DeepSeek V4 Flash .* another request was faster/ }).waitFor();
    await calls.getByRole('row', { name: /^Answer, hedge request Step-3.5-Flash .* Completed/ }).waitFor();
    const part = page.getByRole('region', { name: 'Analysis', exact: true });
    await part.getByText('Conversation cost: at least $0.00071 and 1 call with unknown price').waitFor();
    await part.getByText('Analysis cost:').waitFor();
    await part.getByText('All calls (5)').click();
    await part
      .getByRole('row', { name: /^Analysis DeepSeek V4 Pro/ })
      .first()
      .waitFor();
  });

  test('the proposal is approved as it is', async () => {
    const text = await reply().inputValue();
    await button('Approve and send').click();
    await page.locator('.message--agent').waitFor();
    expect(server.actions).toMatchObject([
      { id: 't-1042', action: 'approve', body: { expectedVersion: 3, runId: 't-1042-run-2', text } },
    ]);
    expect(await reply().inputValue()).toBe('');
  });

  test('an approval by a single key can be undone, and is then never sent', async () => {
    await page.keyboard.press('a');
    await page.getByText(/Sending in \d s/).waitFor();
    await page.keyboard.press('Escape');
    await page.getByText(/Sending in/).waitFor({ state: 'detached' });
    await page.keyboard.press('a');
    await button('Undo').click();
    await page.getByText(/Sending in/).waitFor({ state: 'detached' });
    await reply().fill('My own words');
    await button('Send edited reply').click();
    await page.locator('.message--agent').waitFor();
    expect(server.actions.map(({ body }) => body['text'])).toEqual(['My own words']);
  });

  test('leaving the ticket sends a delayed reply at once', async () => {
    await page.keyboard.press('a');
    await page.getByText(/Sending in/).waitFor();
    await openTicket(/linseed oil/);
    await expect.poll(() => server.actions.map(({ id, action }) => [id, action])).toEqual([['t-1042', 'approve']]);
  });

  test('writing an own reply keeps an edited draft', async () => {
    await reply().fill('Half a reply');
    await reply().press('Escape');
    await page.keyboard.press('t');
    await page.getByText('assigned to you').waitFor();
    expect(await reply().inputValue()).toBe('Half a reply');
  });

  test('the proposed reply replaces a draft only when asked, and the draft can be brought back', async () => {
    await button('Write your own reply').click();
    await reply().fill('My own words');
    await button('Use the proposed reply').click();
    await expect.poll(() => reply().inputValue()).toContain('voucher of €20');
    await button('Undo').click();
    expect(await reply().inputValue()).toBe('My own words');
  });

  test('shows which other agent is writing, until they stop or leave', async () => {
    const agentTyping = (on: boolean) => server.emit('agent-typing', { ticketId: 't-1042', agent: colleague, on });
    const line = page.getByText('Second Agent is writing');
    server.emit('presence', [{ ticketId: 't-1042', agents: [colleague] }]);
    agentTyping(true);
    await line.waitFor();
    agentTyping(false);
    await line.waitFor({ state: 'detached' });
    agentTyping(true);
    await line.waitFor();
    server.emit('presence', []);
    await line.waitFor({ state: 'detached' });
  });

  test('a draft survives a closed tab and is in a second one', async () => {
    await reply().fill('A long answer, half written');
    const second = await page.context().newPage();
    await page.close();
    page = second;
    await enter(page, server, '/console/tickets/t-1042');
    await expect.poll(() => reply().inputValue()).toBe('A long answer, half written');
  });

  test('an agent’s reply is rich text, and a visitor’s address is a link', async () => {
    const said = (from: 'agent' | 'visitor', text: string) =>
      server.emit('message', { ticketId: 't-1042', message: server.tickets.say('t-1042', { from, text }) });
    said('agent', 'See **this**: https://shop.example/returns');
    said('visitor', 'I see **nothing** at https://shop.example/broken?x=1');
    await page.locator('.message--agent strong').getByText('this').waitFor();
    await page.locator('.message--agent').getByRole('link', { name: 'https://shop.example/returns' }).waitFor();
    await page.locator('.message--visitor').getByRole('link', { name: 'https://shop.example/broken?x=1' }).waitFor();
    expect(await page.locator('.message--visitor strong').count()).toBe(0);
  });

  test('a reply of another agent in between must be confirmed', async () => {
    await reply().fill('My own words');
    const message = server.tickets.say('t-1042', { from: 'agent', text: 'I took care of it.' });
    server.emit('message', { ticketId: 't-1042', message: { ...message, agent: { name: colleague.name } } });
    await page.getByText('I took care of it.').waitFor();
    await button('Send edited reply').click();
    await page.getByText('Another agent replied while you were typing.').waitFor();
    expect(server.actions).toEqual([]);
    await button('Send anyway').click();
    await expect.poll(() => server.actions.length).toBe(1);
  });

  test('an edited proposal is sent as edited', async () => {
    await reply().fill('I am sorry. Please send me your order number.');
    await button('Send edited reply').click();
    await page.locator('.message--agent').waitFor();
    expect(server.actions[0]).toMatchObject({
      action: 'approve',
      body: { runId: 't-1042-run-2', text: 'I am sorry. Please send me your order number.' },
    });
  });

  test('a proposal is rejected with a reason', async () => {
    await button('Reject').click();
    await page.getByLabel('Against our policy').check();
    await page.getByLabel('Note (optional)').fill('We give no vouchers.');
    await page.getByRole('dialog').getByRole('button', { name: 'Reject' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(server.actions[0]).toMatchObject({
      action: 'reject',
      body: { runId: 't-1042-run-2', reason: 'not-our-policy', note: 'We give no vouchers.', rerun: true },
    });
    expect(await button('Approve and send').count()).toBe(0);
  });

  test('is given to a colleague', async () => {
    await page.keyboard.press('i');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Second Agent').check();
    await dialog.getByRole('button', { name: 'Assign' }).click();
    await page.getByText('assigned to Second Agent').waitFor();
    expect(server.actions[0]).toMatchObject({ action: 'assign', body: { agentId: colleague.id } });
  });

  test('is merged into another, which is one click away', async () => {
    await page.keyboard.press('m');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('#1039').check();
    await dialog.getByRole('button', { name: 'Merge' }).click();
    await button('Undo merge').first().waitFor();
    expect(server.actions[0]).toMatchObject({ action: 'merge', body: { intoTicketId: 't-1039' } });
    await button('into #1039').click();
    await page.getByRole('heading', { level: 1, name: '#1039' }).waitFor();
  });

  test('another run may be asked from any model that the server knows', async () => {
    await button('Run again').click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByRole('option').allTextContents()).toEqual([
      'Default',
      'DeepSeek V4 Pro',
      'Kimi K2.5',
      'house-model-7',
    ]);
    await dialog.getByLabel('Model').selectOption('house-model-7');
    await dialog.getByRole('button', { name: 'Run again' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(server.actions[0]).toMatchObject({ action: 'rerun', body: { modelId: 'house-model-7' } });
  });

  test('when somebody was quicker, the ticket is shown as it is now and the text is kept', async () => {
    await reply().fill('My words');
    server.tickets.change('t-1042', { state: 'in-progress', assignee: colleague });
    await button('Send edited reply').click();
    await page.getByText('Someone else changed this ticket first').waitFor();
    await page.getByText('assigned to Second Agent').waitFor();
    expect(await reply().inputValue()).toBe('My words');
  });

  test('an answer that is lost is asked for again with the same key and has one effect', async () => {
    server.loseAnswers = 1;
    await button('Claim').click();
    await page.getByText('assigned to you').waitFor();
    const keys = server.actions.map(({ body }) => body['idempotencyKey']);
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
  });

  test('own words can be written beside the proposal', async () => {
    await button('Write your own reply').click();
    await page.getByText('assigned to you').waitFor();
    await reply().fill('My own words');
    await button('Send reply').click();
    await page.locator('.message--agent').waitFor();
    expect(server.actions.map(({ action }) => action)).toEqual(['claim', 'reply']);
  });

  test('older runs stay readable', async () => {
    await button('Run 1').click();
    await page.getByText('Rejected by Second Agent: Wrong facts').waitFor();
    await page.getByText('The visitor asks about a reservation on the card.').waitFor();
    await button('Approve and send').waitFor();
  });

  test('two runs are compared side by side, and the better reply is taken', async () => {
    await page.keyboard.press('v');
    const dialog = page.getByRole('dialog');
    const [older, newer] = [dialog.locator('.compare__run').first(), dialog.locator('.compare__run').last()];
    await older.getByText('Rejected by Second Agent: Wrong facts').waitFor();
    await newer.getByText('3 of 4 quotes found · 1 unsupported sentence').waitFor();
    expect(await newer.locator('.unsupported').textContent()).toBe('As an apology we add a voucher of €20.');
    const text = await older.locator('.compare__reply').textContent();
    await older.getByRole('button', { name: 'Use this reply' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await reply().inputValue()).toBe(text);
  });

  test('the visitor is heard at once', async () => {
    server.emit('typing', { ticketId: 't-1042', on: true });
    await page.getByText('The visitor is typing').waitFor();
    server.emit('message', {
      ticketId: 't-1042',
      message: server.tickets.say('t-1042', { from: 'visitor', text: 'Hello?' }),
    });
    await page.getByText('Hello?', { exact: true }).waitFor();
    expect(await page.getByText('The visitor is typing').count()).toBe(0);
  });

  test('what was missed while the line was cut is read after it is back', async () => {
    server.tickets.say('t-1042', { from: 'visitor', text: 'Said while nobody listened' });
    server.cut();
    await page.getByText('Said while nobody listened').waitFor();
  });

  test('the server learns which ticket is looked at and that somebody types', async () => {
    await reply().pressSequentially('Hi');
    await expect
      .poll(() => server.heard.filter(({ event }) => event === 'typing').map(({ payload }) => payload))
      .toContainEqual({ ticketId: 't-1042', on: true });
    expect(server.heard).toContainEqual({ event: 'ticket-watch', payload: { ticketId: 't-1042' } });
  });
});

describe('an analysis that is not there', () => {
  beforeEach(() => enter(page, server));

  test('a failed one says so, and people can answer all the same', async () => {
    await openTicket(/linseed oil/);
    await page.getByText('No model answered within 60 seconds.').waitFor();
    await reply().fill('Yes, thinned by half.');
    await reply().press('Control+Enter');
    await page.locator('.message--agent').waitFor();
    expect(server.actions[0]).toMatchObject({ action: 'reply', body: { text: 'Yes, thinned by half.' } });
  });

  test('a running one says so', async () => {
    await openTicket(/einem Menschen/);
    await page.getByText('Analysis in progress').waitFor();
  });

  test('an unknown price is said, never shown as zero', async () => {
    await openTicket(/My lawyer/);
    const foot = page.locator('.run-foot');
    await foot.getByText('price unknown').waitFor();
    await foot.getByText('house-model-7').waitFor();
  });

  test('markup in a visitor’s text stays text', async () => {
    await openTicket(/cracked shade/);
    await page.getByText('<img src=x onerror=alert(1)>').waitFor();
    expect(await page.locator('.talk img, .talk b').count()).toBe(0);
  });
});

test('what the visitor said of the answers and of the whole stands where it belongs', async () => {
  await enter(page, server);
  await button(/^Done/).click();
  await openTicket(/Where is my parcel/);
  await page.locator('.message--assistant').getByText('find this answer helpful: “It has been a week.”').waitFor();
  await page.getByText('rated this conversation 4 of 5: “In the end a person helped.”').waitFor();
});

test('what the visitor said before the chat, and the files they sent, stand where agents look', async () => {
  const pixel = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
    'base64',
  );
  await page.route('**/files/**', (route) => route.fulfill({ contentType: 'image/png', body: pixel }));
  await enter(page, server);
  await button(/^Done/).click();
  await openTicket(/Where is my parcel/);
  const facts = page.locator('.facts');
  for (const fact of ['A visitor', 'visitor@shop.example', 'Order number? 48213'])
    await facts.getByText(fact).waitFor();
  const picture = page.getByRole('link', { name: 'label.png' });
  await expect.poll(() => picture.locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1);
  const paper = page.getByRole('link', { name: 'label.pdf' });
  expect(await paper.getAttribute('download')).toBe('label.pdf');
  expect(await paper.getAttribute('href')).toMatch(/^\/files\/[^/]+\/label\.pdf$/);
  await page.getByText('12 KB', { exact: true }).first().waitFor();
});

test('what the assistant wrote reads as it was meant, and nothing in it becomes markup or leads astray', async () => {
  await enter(page, server);
  await openTicket(/34 days/);
  const said = page.locator('.message__text--rich');
  expect(await said.locator('blockquote strong').textContent()).toBe('30 days');
  expect(await said.locator('li').allTextContents()).toEqual(['your order number', 'the returns form']);
  expect(await said.locator('a').getAttribute('href')).toBe('https://shop.example/returns');
  const hostile = [
    '<img src=x onerror=alert(1)>',
    '[steal](javascript:alert(1))',
    '[data](data:text/html,<script>alert(1)</script>)',
    '**<script>alert(1)</script>**',
    '> <iframe srcdoc="x"></iframe>',
    '[<b>x</b>](https://shop.example/"onmouseover="alert(1))',
    '&lt;b&gt; &#106;avascript',
  ];
  const message = server.tickets.say('t-1041', { from: 'assistant', text: hostile.join('\n\n') });
  server.emit('message', { ticketId: 't-1041', message });
  await said.nth(1).getByText('<img src=x onerror=alert(1)>').waitFor();
  expect(await said.locator('img, script, iframe, b, [onmouseover], [onerror]').count()).toBe(0);
  const links = await said
    .locator('a')
    .evaluateAll((all) => all.map((link) => new URL((link as HTMLAnchorElement).href).protocol));
  expect(new Set(links)).toEqual(new Set(['https:']));
  await said.nth(1).getByText('&lt;b&gt; &#106;avascript').waitFor();
});

test('a ticket is found, claimed, answered and resolved with the keyboard alone', async () => {
  await enter(page, server);
  await page.keyboard.press('/');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: /charged me twice/ }).waitFor();
  await page.keyboard.press('c');
  await page.getByText('assigned to you').waitFor();
  await page.keyboard.press('e');
  await page.keyboard.press('Control+End');
  await page.keyboard.type(' jkx?');
  await page.keyboard.press('Control+Enter');
  await page.locator('.message--agent').waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('x');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.locator('.head').getByText('Resolved').waitFor();
  expect(server.actions.map(({ action }) => action)).toEqual(['claim', 'approve', 'resolve']);
  expect(server.actions[1]?.body['text']).toMatch(/refund today\. jkx\?$/);
  expect(server.actions[2]?.body['code']).toBe('solved');
});

test('keys that come faster than the screen is painted act where the ones before have led', async () => {
  await enter(page, server);
  const standing = await page.evaluate(async () => {
    const later = () => new Promise((resolve) => setTimeout(resolve));
    const press = (key: string) =>
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    press('/');
    await later();
    press('j');
    await later();
    const row = document.activeElement?.getAttribute('data-ticket');
    if (document.activeElement instanceof HTMLElement) document.activeElement.click();
    while (document.querySelector('.composer textarea') === null) await later();
    press('e');
    await later();
    return [row, document.activeElement?.tagName];
  });
  expect(standing).toEqual(['t-1042', 'TEXTAREA']);
});

test('the palette finds a command by its name', async () => {
  await enter(page, server);
  await openTicket(/charged me twice/);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('note');
  await page.keyboard.press('Enter');
  await page.getByLabel('Note', { exact: true }).fill('Ask for the bank line.');
  await page.keyboard.press('Control+Enter');
  await page.getByText('Ask for the bank line.').waitFor();
  expect(server.actions[0]).toMatchObject({ action: 'note', body: { text: 'Ask for the bank line.' } });
});

test('on a phone one pane shows at a time, with a way back', async () => {
  await page.setViewportSize({ width: 375, height: 700 });
  await enter(page, server);
  await openTicket(/charged me twice/);
  expect(await list().isVisible()).toBe(false);
  await button('Analysis').click();
  expect(await reply().isVisible()).toBe(false);
  await button(/Both lines say booked/).click();
  await page.locator('mark').waitFor();
  await button('Back to the list').click();
  await list().waitFor();
  expect(await page.evaluate(() => document.activeElement?.getAttribute('data-ticket'))).toBe('t-1042');
});
