import { describe, expect } from 'vitest';
import { enter } from './browser.ts';
import { test } from './console-test.ts';

describe('a live conversation', () => {
  test.beforeEach(async ({ page, server, openTicket }) => {
    await enter(page, server);
    await openTicket(/charged me twice/);
  });

  test('an agent’s reply is Markdown, and URLs of a visitor are links', async ({ page, server }) => {
    const add = (from: 'agent' | 'visitor', text: string) =>
      server.emit('message', { ticketId: 't-1042', message: server.tickets.addMessage('t-1042', { from, text }) });
    add('agent', 'See **this**: https://shop.example/returns');
    add('visitor', 'I see **nothing** at https://shop.example/broken?x=1');
    await page.locator('.message--agent strong').getByText('this').waitFor();
    await page.locator('.message--agent').getByRole('link', { name: 'https://shop.example/returns' }).waitFor();
    await page.locator('.message--visitor').getByRole('link', { name: 'https://shop.example/broken?x=1' }).waitFor();
    expect(await page.locator('.message--visitor strong').count()).toBe(0);
  });

  test('typing and messages of the visitor are shown live', async ({ page, server }) => {
    server.emit('typing', { ticketId: 't-1042', on: true });
    await page.getByText('The visitor is typing').waitFor();
    server.emit('message', {
      ticketId: 't-1042',
      message: server.tickets.addMessage('t-1042', { from: 'visitor', text: 'Hello?' }),
    });
    await page.getByText('Hello?', { exact: true }).waitFor();
    expect(await page.getByText('The visitor is typing').count()).toBe(0);
  });

  test('what the assistant writes is shown as it is written, until its message has come', async ({ page, server }) => {
    const running = page.locator('.message--running');
    server.emit('answer-text', { conversationId: 'c-1042', turnId: 'turn-9', text: 'Your **refund**' });
    await running.locator('strong').getByText('refund').waitFor();
    server.emit('answer-text', { conversationId: 'c-1042', turnId: 'turn-9', text: 'Your **refund** is on its way.' });
    await running.getByText('is on its way.').waitFor();
    server.disconnectAll();
    await running.waitFor({ state: 'detached' });
    server.emit('answer-text', { conversationId: 'c-1042', turnId: 'turn-9', text: 'Your **refund** is on its way.' });
    await running.waitFor();
    server.emit('answer-end', { conversationId: 'c-1042', turnId: 'turn-9', seq: 99 });
    const message = { seq: 99, id: 'm-99', from: 'assistant' as const, text: 'Your refund is on its way.', at: 1 };
    server.emit('message', { ticketId: 't-1042', message: { ...message, turnId: 'turn-9' } });
    await page.locator('.message--assistant').getByText('Your refund is on its way.').waitFor();
    expect(await running.count()).toBe(0);
  });

  test('messages missed while disconnected are fetched after the reconnect', async ({ page, server }) => {
    server.tickets.addMessage('t-1042', { from: 'visitor', text: 'Sent while disconnected' });
    server.disconnectAll();
    await page.getByText('Sent while disconnected').waitFor();
  });

  test('the page tells the server which ticket is open and that the agent is typing', async ({ server, reply }) => {
    await reply().pressSequentially('Hi');
    await expect
      .poll(() => server.receivedEvents.filter(({ event }) => event === 'typing').map(({ payload }) => payload))
      .toContainEqual({ ticketId: 't-1042', on: true });
    expect(server.receivedEvents).toContainEqual({ event: 'ticket-watch', payload: { ticketId: 't-1042' } });
  });
});

describe('what a conversation shows', () => {
  test.beforeEach(({ page, server }) => enter(page, server));

  test('HTML in a visitor’s text stays text', async ({ page, openTicket }) => {
    await openTicket(/cracked shade/);
    await page.getByText('<img src=x onerror=alert(1)>').waitFor();
    expect(await page.locator('.talk img, .talk b').count()).toBe(0);
  });

  test('ratings of answers and of the conversation are shown', async ({ page, button, openTicket }) => {
    await button(/^Done/).click();
    await openTicket(/Where is my parcel/);
    await page.locator('.message--assistant').getByText('find this answer helpful: “It has been a week.”').waitFor();
    await page.getByText('rated this conversation 4 of 5: “In the end a person helped.”').waitFor();
  });

  test('the visitor learns what the agent who has the conversation reads, and the agent when the visitor reads', async ({
    page,
    server,
    button,
    openTicket,
  }) => {
    await button(/^Mine/).click();
    await openTicket(/Invoice with our/);
    const reads = () => server.receivedEvents.filter(({ event }) => event === 'read').map(({ payload }) => payload);
    const ticketId = 't-1031';
    await expect.poll(reads).toEqual([{ ticketId, seq: 1 }]);
    const message = server.tickets.addMessage(ticketId, { from: 'agent', text: 'I am looking into it.' });
    server.emit('message', { ticketId, message });
    server.emit('read', { ticketId, seq: message.seq, at: Date.now() });
    await page
      .locator('.message--agent')
      .getByText(/^Seen \d/)
      .waitFor();
    expect(reads()).toHaveLength(1);
  });

  test('pre-chat answers and files are shown', async ({ page, button, openTicket }) => {
    const pixel = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
      'base64',
    );
    await page.route('**/files/**', (route) => route.fulfill({ contentType: 'image/png', body: pixel }));
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

  test('the assistant’s Markdown is rendered, without HTML and unsafe links', async ({ page, server, openTicket }) => {
    await openTicket(/34 days/);
    const rendered = page.locator('.message__text--rich');
    expect(await rendered.locator('blockquote strong').textContent()).toBe('30 days');
    expect(await rendered.locator('li').allTextContents()).toEqual(['your order number', 'the returns form']);
    expect(await rendered.locator('a').getAttribute('href')).toBe('https://shop.example/returns');
    const hostile = [
      '<img src=x onerror=alert(1)>',
      '[steal](javascript:alert(1))',
      '[data](data:text/html,<script>alert(1)</script>)',
      '**<script>alert(1)</script>**',
      '> <iframe srcdoc="x"></iframe>',
      '[<b>x</b>](https://shop.example/"onmouseover="alert(1))',
      '&lt;b&gt; &#106;avascript',
    ];
    const message = server.tickets.addMessage('t-1041', { from: 'assistant', text: hostile.join('\n\n') });
    server.emit('message', { ticketId: 't-1041', message });
    await rendered.nth(1).getByText('<img src=x onerror=alert(1)>').waitFor();
    expect(await rendered.locator('img, script, iframe, b, [onmouseover], [onerror]').count()).toBe(0);
    const links = await rendered
      .locator('a')
      .evaluateAll((all) => all.map((link) => new URL((link as HTMLAnchorElement).href).protocol));
    expect(new Set(links)).toEqual(new Set(['https:']));
    await rendered.nth(1).getByText('&lt;b&gt; &#106;avascript').waitFor();
  });
});
