import type { ConversationDetail } from '@firstword/shared/conversation-records';
import { expect } from 'vitest';
import { enter } from './browser.ts';
import { test as base } from './console-test.ts';
import { LONG, LONG_ID } from './shop-conversations.ts';
import { rowAtTop, scrollToEnd } from './windowed-list.ts';

const test = base
  .extend(
    'all',
    ({ page }) =>
      () =>
        page.getByRole('region', { name: 'Conversations' }),
  )
  .extend(
    'found',
    ({ all }) =>
      () =>
        all().getByRole('link'),
  )
  .extend(
    'search',
    ({ page }) =>
      () =>
        page.getByRole('searchbox', { name: 'Search conversations' }),
  );

test.beforeEach(async ({ page, server }) => {
  await enter(page, server);
  await page.getByRole('link', { name: 'Conversations' }).click();
  await page.getByRole('link', { name: /linseed oil on the oak desk/ }).waitFor();
});

test('a row shows who wrote, what they asked first, who answered and how it was rated', async ({ found }) => {
  const rows = [await found().nth(0).textContent(), await found().nth(1).textContent()];
  for (const words of ['Ada Example', 'Can I use linseed oil', '1 min ago', 'Assistant', '5 messages', 'Rated 5 of 5'])
    expect(rows[0]).toContain(words);
  for (const words of ['Waiting for an agent', 'Ticket', '2 not helpful', 'Wendleby']) expect(rows[1]).toContain(words);
});

test('a conversation is shown as its visitor saw it, with sources, ratings, files, answers to the form, TTFT and cost', async ({
  page,
  found,
}) => {
  await found().first().click();
  await page.getByRole('heading', { level: 1, name: 'Ada Example' }).waitFor();
  await page.getByText('TTFT 184 ms').first().waitFor();
  await page.getByText('2 values masked').first().waitFor();
  const view = page.getByRole('main');
  for (const words of [
    'Answered by the assistant',
    'ada@post.example',
    'Identity verified by the site',
    'British English',
    'region eu-central',
    'Care of furniture',
    'Care for oiled wood',
    'Not in the help articles:',
    'The visitor found this answer helpful: “Just what I needed”',
    'label.png',
    'Stopped by the visitor',
    'The visitor rated this conversation 5 of 5: “Quick and clear”',
  ])
    await view.getByText(words, { exact: false }).first().waitFor();
  expect(await page.getByRole('textbox', { name: /reply/i }).count()).toBe(0);
});

test('an open conversation is live: new messages and the answer that is being written are shown without a reload', async ({
  page,
  found,
  server,
}) => {
  const [{ conversation }] = server.conversations.details as [ConversationDetail];
  const { id: conversationId, lastSeq } = conversation;
  const watched = () => server.receivedEvents.filter(({ event }) => event === 'conversation-watch');
  await found().first().click();
  await expect.poll(() => watched().at(-1)?.payload).toEqual({ conversationId, after: lastSeq });
  const question = {
    seq: lastSeq + 1,
    id: 'live-1',
    from: 'visitor' as const,
    text: 'And for the legs?',
    at: Date.now(),
  };
  server.emit('conversation-message', { conversationId, message: question });
  await page.getByText('And for the legs?', { exact: true }).waitFor();
  const running = page.locator('.message--running');
  server.emit('answer-text', { conversationId, turnId: 'live-turn', text: 'The **same** oil' });
  await running.locator('strong').getByText('same').waitFor();
  server.disconnectAll();
  await running.waitFor({ state: 'detached' });
  await expect.poll(() => watched().at(-1)?.payload).toEqual({ conversationId, after: lastSeq + 1 });
  server.emit('answer-text', { conversationId, turnId: 'live-turn', text: 'The **same** oil works.' });
  await running.getByText('oil works.').waitFor();
  const answer = {
    seq: lastSeq + 2,
    id: 'live-2',
    from: 'assistant' as const,
    text: 'The same oil works.',
    at: Date.now(),
  };
  server.emit('conversation-message', { conversationId, message: { ...answer, turnId: 'live-turn' } });
  await page.locator('.message--assistant').getByText('The same oil works.').waitFor();
  expect(await running.count()).toBe(0);
  await page.getByRole('link', { name: 'Tickets' }).click();
  await expect.poll(() => watched().at(-1)?.payload).toMatchObject({ conversationId: null });
});

test('who a visitor is, as the site states it, never looks like what a visitor typed', async ({ page, found }) => {
  const rowOf = (name: string) => found().filter({ hasText: name });
  const [verified, claimed] = [rowOf('Ada Example'), rowOf('Lin Example')];
  expect(await verified.locator('.identity').allTextContents()).toEqual(['Verified']);
  expect(await claimed.locator('.identity').allTextContents()).toEqual(['Claimed']);
  const borderOf = (row: typeof verified) =>
    row.locator('.identity').evaluate((badge) => getComputedStyle(badge).borderTopStyle);
  expect(await borderOf(verified)).not.toBe(await borderOf(claimed));
  await verified.click();
  const view = page.getByRole('main');
  for (const words of ['Customer ID 4711', 'plan pro', 'seats 4', 'trial no', 'customerSince May 1, 2024'])
    await view.getByText(words).first().waitFor();
  await view.getByRole('button', { name: 'All conversations of this visitor' }).click();
  await expect.poll(() => page.url()).toContain('q=5f1c09aa-of-the-shop');
});

test('the list loads page by page, and keeps its place while another page is shown', async ({
  page,
  all,
  found,
  server,
}) => {
  const list = all().locator('.list__rows');
  await scrollToEnd(list, all().getByText('123 conversations'));
  expect(server.conversations.requests).toHaveLength(2);
  await list.evaluate((box) => box.scrollTo({ top: 3000 }));
  const seen = () => list.evaluate(rowAtTop);
  // Drawn where the list was scrolled to, which notes its place.
  await expect.poll(seen).toMatch(/^c-plain-3/);
  const [row, top] = [await seen(), await list.evaluate((box) => box.scrollTop)];
  await page.keyboard.press('5');
  await page.getByRole('heading', { level: 1, name: 'Response time' }).waitFor();
  await page.goBack();
  await expect.poll(seen).toBe(row);
  expect(await list.evaluate((box) => box.scrollTop)).toBe(top);
  expect(server.conversations.requests).toHaveLength(2);
  expect(await found().count()).toBeLessThan(60);
});

test('a search is in the URL, marks what it found, opens at that message, and the Back button undoes it', async ({
  page,
  found,
  search,
}) => {
  await page.keyboard.press('f');
  await page.keyboard.type('warranty');
  await expect.poll(() => found().count()).toBe(1);
  expect(await found().locator('mark').textContent()).toBe('warranty');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Lin Example' }).waitFor();
  // Two pages of messages come before it.
  const mark = page.locator('.talk mark');
  await mark.waitFor();
  expect(await mark.textContent()).toBe('warranty');
  await expect
    .poll(() => mark.evaluate((element) => element.getBoundingClientRect().top))
    .toSatisfy((top: number) => top > 100 && top < 900);
  expect(page.url()).toMatch(new RegExp(`/console/conversations/${LONG_ID}\\?q=warranty$`));
  await page.reload();
  await page.locator('.talk mark').waitFor();
  await page.goBack();
  await page.getByText('No conversation selected').waitFor();
  expect(await search().inputValue()).toBe('warranty');
  await page.goBack();
  await expect.poll(() => found().count()).toBeGreaterThan(10);
  expect(await search().inputValue()).toBe('');
});

test('filters narrow the list, are kept in the link, and are cleared with one button when nothing matches', async ({
  page,
  server,
  found,
  search,
}) => {
  const filter = (name: string) => page.getByRole('combobox', { name });
  await page.getByRole('button', { name: 'Filters' }).click();
  await filter('Ticket').selectOption('With a ticket');
  await expect.poll(() => found().count()).toBe(1);
  await filter('Rating').selectOption('Rated not helpful');
  await filter('Site').selectOption('Wendleby');
  await page.getByRole('button', { name: 'Filters (3)' }).waitFor();
  expect(new URL(page.url()).search).toBe('?site=demo&ticket=with&rated=down');
  await page.reload();
  await page.getByRole('button', { name: 'Filters (3)' }).waitFor();
  await expect.poll(() => found().count()).toBe(1);
  await search().fill('no such words');
  await page.getByText('No conversations match “no such words” and these filters.').first().waitFor();
  await page.getByRole('button', { name: 'Clear search and filters' }).click();
  await expect.poll(() => found().count()).toBeGreaterThan(3);
  expect(server.conversations.requests.at(-1)).toBe('?limit=100');
});

test('earlier messages are loaded as the agent scrolls up, without moving what is read', async ({ page, found }) => {
  await found().filter({ hasText: 'Lin Example' }).click();
  const talk = page.locator('.talk');
  await talk.getByText(`Answer ${LONG / 2} about`).waitFor();
  const seqs = () => talk.locator('[data-seq]').evaluateAll((all) => all.map((each) => each.getAttribute('data-seq')));
  await expect.poll(seqs).toHaveLength(50);
  expect((await seqs())[0]).toBe('81');
  const top = () =>
    talk.locator('[data-seq="84"]').evaluate((message) => Math.round(message.getBoundingClientRect().top));
  await talk.evaluate((box) => box.scrollTo({ top: 10 }));
  const before = await top();
  await expect.poll(async () => (await seqs()).length).toBeGreaterThan(50);
  expect(Math.abs((await top()) - before)).toBeLessThan(3);
  await expect
    .poll(async () => {
      await talk.evaluate((box) => box.scrollTo({ top: 0 }));
      return seqs();
    })
    .toHaveLength(LONG);
});

test('a change shows in its row and where the conversation is open, and a new conversation comes first, without a refresh', async ({
  page,
  server,
  found,
}) => {
  const [changed, ...others] = server.conversations.details;
  if (changed === undefined) throw new Error('There is no conversation.');
  const { conversation, messages } = changed;
  await found().first().click();
  await page.getByRole('heading', { level: 1, name: 'Ada Example' }).waitFor();
  const seq = conversation.lastSeq + 1;
  server.conversations.details = [
    { ...changed, conversation: { ...conversation, id: 'new', name: 'Grace Example' } },
    {
      ...changed,
      conversation: { ...conversation, lastSeq: seq },
      messages: [
        ...messages,
        { seq, id: 'said', from: 'visitor', text: 'One more question.', at: conversation.lastAt },
      ],
    },
    ...others,
  ];
  server.emit('conversations-change', { conversationIds: [conversation.id, 'new'] });
  await page.getByRole('main').getByText('One more question.').waitFor();
  await expect.poll(() => found().first().textContent()).toContain('Grace Example');
  expect(await found().nth(1).textContent()).toContain(`${seq} messages`);
});

test('while the database is away, the page says what it can’t show and that chat goes on, and recovers on request', async ({
  page,
  server,
  button,
  found,
}) => {
  server.conversations.away = true;
  await page.reload();
  await page
    .getByRole('alert')
    .getByText(/the database may not be responding. Visitors can still chat/)
    .waitFor();
  server.conversations.away = false;
  await button('Try again').click();
  await expect.poll(() => found().count()).toBeGreaterThan(10);

  server.conversations.away = true;
  await button('Refresh list').click();
  await page.getByRole('alert').waitFor();
  expect(await found().count()).toBeGreaterThan(10);
  await page.getByRole('link', { name: /linseed oil on the oak desk/ }).click();
  await page.getByText('Couldn’t load the conversation').waitFor();
  server.conversations.away = false;
  await button('Try again').last().click();
  await page.getByRole('heading', { level: 1, name: 'Ada Example' }).waitFor();
});

test('a new message is shown after Refresh, and a conversation with a ticket leads to it', async ({
  page,
  server,
  button,
  found,
}) => {
  await found().nth(1).click();
  await page.getByRole('heading', { level: 1, name: 'visitor@post.example' }).waitFor();
  const known = server.conversations.details[1];
  known?.messages.push({ seq: 2, id: 'late', from: 'assistant', text: 'I have asked our team.', at: Date.now() });
  await button('Refresh conversation').click();
  await page.getByText('I have asked our team.').waitFor();
  await page.getByRole('link', { name: 'Open ticket' }).click();
  await page.getByRole('heading', { level: 1, name: /charged me twice/ }).waitFor();
});

test('the list is walked through with the keyboard, also beyond its first page', async ({ page, found, server }) => {
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-conversation'));
  await page.keyboard.press('j');
  await page.keyboard.press('ArrowDown');
  expect(await focused()).toBe('c-1042');
  await page.keyboard.press('k');
  expect(await focused()).toBe('c-oil');
  for (let row = 1; row < 100; row += 1) await page.keyboard.press('j');
  await expect.poll(() => server.conversations.requests.length).toBe(2);
  await expect.poll(() => found().last().getAttribute('data-conversation')).toMatch(/^c-plain-1\d\d$/);
  await page.keyboard.press('j');
  expect(await focused()).toBe('c-plain-97');
});

test('on a phone, one pane is shown at a time, and the way back leads to the same row', async ({
  page,
  all,
  found,
  button,
}) => {
  await page.setViewportSize({ width: 375, height: 700 });
  await found().nth(5).click();
  await page.locator('.talk').waitFor();
  expect(await all().isVisible()).toBe(false);
  await button('Back to the list').click();
  await all().waitFor();
  expect(await page.evaluate(() => document.activeElement?.getAttribute('data-conversation'))).toBe('c-plain-2');
});

test('a conversation that does not exist says so', async ({ page, server }) => {
  await page.goto(`${server.url}/console/conversations/gone`);
  await page.getByText('Conversation not found').waitFor();
});

test('an administrator exports what is stored of a visitor, and deletes it after a confirmation', async ({
  page,
  server,
  found,
  button,
}) => {
  await found().first().click();
  await button('Visitor data').click();
  const dialog = page.getByRole('dialog', { name: 'Data of this visitor' });
  const downloads = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Export as JSON' }).click();
  expect((await downloads).suggestedFilename()).toMatch(/^visitor-.+\.json$/);
  await dialog.getByRole('button', { name: 'Delete data' }).click();
  expect(server.erasures).toEqual([]); // not confirmed
  await dialog.getByRole('checkbox').check();
  await dialog.getByRole('button', { name: 'Delete data' }).click();
  await dialog.getByText('Deleted: 1 conversation, 5 messages, 0 files, 0 tickets.').waitFor();
  expect(server.erasures).toEqual([{ site: 'demo', visitorId: expect.any(String) }]);
});

test('an agent who isn’t an administrator is not offered a visitor’s data', async ({ page, server, found, button }) => {
  server.tickets.session.agent = { ...server.tickets.session.agent, roles: { '*': 'agent' } };
  await page.reload();
  await found().first().click();
  await page.getByRole('heading', { level: 1, name: 'Ada Example' }).waitFor();
  expect(await button('Visitor data').count()).toBe(0);
});

test('an owner sees what a test case of a message stores before it is added, replaces it, and undoes that', async ({
  page,
  server,
  found,
}) => {
  await found().first().click();
  const add = page.getByRole('button', { name: 'Add to test cases, message 1', exact: true });
  await add.click();
  const dialog = page.getByRole('dialog', { name: 'Add to test cases' });
  expect(await dialog.getByLabel('Messages of the visitor').inputValue()).toMatch(/^Can I use linseed oil/);
  expect(await dialog.getByLabel('The answer cites').inputValue()).toBe('care');
  await dialog.getByRole('region', { name: 'What the visitor got' }).waitFor();
  await dialog.getByLabel('The answer says').fill('a thin layer');
  await dialog.getByRole('button', { name: 'Add test case' }).click();
  await page.getByRole('status').getByText('Added to test cases.').waitFor();
  const [saved] = server.evaluations.cases;
  expect(saved).toMatchObject({ facts: ['a thin layer'], cites: ['care'], kind: 'answered', siteId: 'demo' });
  expect(saved?.id).toBe(`${saved?.conversationId}.1`);

  await add.click();
  await dialog.getByText('This message is already a test case, saved by First Agent.').waitFor();
  expect(await dialog.getByLabel('The answer says').inputValue()).toBe('a thin layer');
  await dialog.getByLabel('The answer says').fill('two layers');
  await dialog.getByRole('button', { name: 'Replace test case' }).click();
  await page.getByText('Test case replaced.').waitFor();
  expect(server.evaluations.cases[0]?.facts).toEqual(['two layers']);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('The earlier test case is back.').waitFor();
  expect(server.evaluations.cases[0]).toEqual({ ...saved, savedAt: expect.any(Number) });
});
