import { describe, expect } from 'vitest';
import { enter } from './browser.ts';
import { test } from './console-test.ts';

describe('a live conversation', () => {
  test.beforeEach(async ({ page, server, openTicket }) => {
    await enter(page, server);
    await openTicket(/charged me twice/);
  });

  test('an agent’s reply is rich text, and a visitor’s address is a link', async ({ page, server }) => {
    const said = (from: 'agent' | 'visitor', text: string) =>
      server.emit('message', { ticketId: 't-1042', message: server.tickets.say('t-1042', { from, text }) });
    said('agent', 'See **this**: https://shop.example/returns');
    said('visitor', 'I see **nothing** at https://shop.example/broken?x=1');
    await page.locator('.message--agent strong').getByText('this').waitFor();
    await page.locator('.message--agent').getByRole('link', { name: 'https://shop.example/returns' }).waitFor();
    await page.locator('.message--visitor').getByRole('link', { name: 'https://shop.example/broken?x=1' }).waitFor();
    expect(await page.locator('.message--visitor strong').count()).toBe(0);
  });

  test('the visitor is heard at once', async ({ page, server }) => {
    server.emit('typing', { ticketId: 't-1042', on: true });
    await page.getByText('The visitor is typing').waitFor();
    server.emit('message', {
      ticketId: 't-1042',
      message: server.tickets.say('t-1042', { from: 'visitor', text: 'Hello?' }),
    });
    await page.getByText('Hello?', { exact: true }).waitFor();
    expect(await page.getByText('The visitor is typing').count()).toBe(0);
  });

  test('what was missed while the line was cut is read after it is back', async ({ page, server }) => {
    server.tickets.say('t-1042', { from: 'visitor', text: 'Said while nobody listened' });
    server.cut();
    await page.getByText('Said while nobody listened').waitFor();
  });

  test('the server learns which ticket is looked at and that somebody types', async ({ server, reply }) => {
    await reply().pressSequentially('Hi');
    await expect
      .poll(() => server.heard.filter(({ event }) => event === 'typing').map(({ payload }) => payload))
      .toContainEqual({ ticketId: 't-1042', on: true });
    expect(server.heard).toContainEqual({ event: 'ticket-watch', payload: { ticketId: 't-1042' } });
  });
});

describe('what a conversation shows', () => {
  test.beforeEach(({ page, server }) => enter(page, server));

  test('markup in a visitor’s text stays text', async ({ page, openTicket }) => {
    await openTicket(/cracked shade/);
    await page.getByText('<img src=x onerror=alert(1)>').waitFor();
    expect(await page.locator('.talk img, .talk b').count()).toBe(0);
  });

  test('what the visitor said of the answers and of the whole stands where it belongs', async ({
    page,
    button,
    openTicket,
  }) => {
    await button(/^Done/).click();
    await openTicket(/Where is my parcel/);
    await page.locator('.message--assistant').getByText('find this answer helpful: “It has been a week.”').waitFor();
    await page.getByText('rated this conversation 4 of 5: “In the end a person helped.”').waitFor();
  });

  test('what the visitor said before the chat, and the files they sent, stand where agents look', async ({
    page,
    button,
    openTicket,
  }) => {
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

  test('what the assistant wrote reads as it was meant, and nothing in it becomes markup or leads astray', async ({
    page,
    server,
    openTicket,
  }) => {
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
});
