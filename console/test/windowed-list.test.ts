/** Long lists keep only rows near the visible part in the document. */
import { expect } from 'vitest';
import { enter } from './browser.ts';
import { test as base } from './console-test.ts';
import { detail, ticket } from './ticket-builders.ts';
import { distanceOf, rowAtTop } from './windowed-list.ts';

const COUNT = 90;

const test = base.extend(
  'box',
  ({ list }) =>
    () =>
      list().locator('.list__rows'),
);

test.beforeEach(async ({ page, server, rows }) => {
  const now = Date.now();
  for (let number = 2000; number < 2000 + COUNT; number += 1) {
    // Every third row is one line higher.
    const firstLine =
      number % 3 === 0 ? 'Where is the lamp that I have ordered for the reading corner?' : 'Where is it?';
    server.tickets.add(detail(ticket(number, now, { urgency: 'low', waitingSince: now + number, firstLine }), [], []));
  }
  await enter(page, server);
  await rows().first().waitFor();
});

test('rows say which of how many they are, and follow each other without gaps wherever the list is scrolled to', async ({
  box,
  list,
  rows,
}) => {
  const positions = () =>
    list()
      .getByRole('listitem')
      .evaluateAll((items) => items.map((item) => Number(item.getAttribute('aria-posinset'))));
  expect(await list().getByRole('listitem').first().getAttribute('aria-setsize')).toBe(String(COUNT + 6));
  for (const top of [4000, 2000, 100_000, 0]) {
    await box().evaluate((element, to) => element.scrollTo({ top: to }), top);
    // Rows from the top of the box to its end.
    await expect
      .poll(() =>
        box().evaluate((element) => {
          const { x, top: from, bottom, width } = element.getBoundingClientRect();
          const places = [from + 2, (from + bottom) / 2, bottom - 2];
          return places.every((y) => document.elementFromPoint(x + width / 2, y)?.closest('.row') != null);
        }),
      )
      .toBe(true);
    const shown = await positions();
    expect(shown).toEqual(shown.map((_, at) => (shown[0] ?? 0) + at));
    expect(shown.length).toBeLessThan(60);
  }
  expect(await rows().first().textContent()).toContain('#1039');
});

test('the row that is read stays where it is when new ones are added above it', async ({
  page,
  server,
  box,
  button,
}) => {
  await box().evaluate((element) => element.scrollTo({ top: 2500 }));
  await expect.poll(() => box().evaluate(rowAtTop)).toMatch(/^t-20/);
  const id = (await box().evaluate(rowAtTop)) ?? '';
  const before = await box().evaluate(distanceOf, id);
  for (const number of [3000, 3001]) {
    const openedAt = Date.now() + 60_000;
    const added = detail(ticket(number, Date.now(), { openedAt, urgency: 'critical' }), [], []);
    server.tickets.add(added);
    server.emit('ticket-change', { ticket: added.ticket });
  }
  await button('2 new tickets').waitFor();
  await button('2 new tickets').click();
  await button('2 new tickets').waitFor({ state: 'detached' });
  await expect
    .poll(() => box().evaluate((element) => element.querySelector('li')?.getAttribute('aria-setsize')))
    .toBe(String(COUNT + 8));
  expect(await box().evaluate(rowAtTop)).toBe(id);
  expect(Math.abs(((await box().evaluate(distanceOf, id)) ?? 0) - (before ?? 0))).toBeLessThan(2);
  expect(await page.getByText('Loading more…').count()).toBe(0);
});

test('the focus stays on its row while the list is scrolled away and back, and the keyboard goes on from there', async ({
  page,
  box,
}) => {
  const focused = () => page.evaluate(() => document.activeElement?.closest('li')?.getAttribute('aria-posinset'));
  await page.keyboard.press('f');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  expect(await focused()).toBe('3');
  for (const top of [100_000, 0, 3000]) {
    await box().evaluate((element, to) => element.scrollTo({ top: to }), top);
    await expect.poll(() => box().evaluate((element) => element.querySelectorAll('li').length)).toBeLessThan(60);
    expect(await focused()).toBe('3');
  }
  await page.keyboard.press('j');
  expect(await focused()).toBe('4');
  // The focused row is scrolled into view, between its neighbours.
  await expect.poll(() => box().evaluate(rowAtTop)).not.toMatch(/^t-20/);
});

test('selected tickets stay selected while they are out of view', async ({ page, box, button }) => {
  await button('Select').click();
  const first = page.getByRole('checkbox', { name: 'Select ticket #1039' });
  await first.check();
  await box().evaluate((element) => element.scrollTo({ top: 4000 }));
  await page.getByRole('checkbox', { name: 'Select ticket #2040' }).check();
  await page.getByText('2 selected').waitFor();
  await box().evaluate((element) => element.scrollTo({ top: 0 }));
  await first.waitFor();
  expect(await first.isChecked()).toBe(true);
});

test('on a phone, the list is where it was when the agent comes back from a ticket', async ({ page, box, button }) => {
  await page.setViewportSize({ width: 375, height: 700 });
  await box().evaluate((element) => element.scrollTo({ top: 2500 }));
  await expect.poll(() => box().evaluate(rowAtTop)).toMatch(/^t-20/);
  const id = (await box().evaluate(rowAtTop)) ?? '';
  const before = await box().evaluate(distanceOf, id);
  // Not by a locator, which might scroll to the row first.
  await page.mouse.click(180, 500);
  await page.locator('.talk').waitFor();
  expect(await box().isVisible()).toBe(false);
  await button('Back to the list').click();
  await expect.poll(() => box().evaluate(distanceOf, id)).toBe(before);
});
