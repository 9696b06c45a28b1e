import { expect, test } from 'vitest';
import { ticket } from '../test/ticket-builders.ts';
import { mergeTargets } from './merge-targets.ts';

const now = 1_750_000_000_000;

test('a ticket goes on in another open one of its site, first in those of the same address', () => {
  const own = ticket(1, now, { email: 'visitor@shop.example' });
  const stranger = ticket(2, now, {});
  const elsewhere = ticket(3, now, { siteId: 'another-site', email: 'visitor@shop.example' });
  const same = ticket(4, now, { email: 'visitor@shop.example' });
  expect(mergeTargets(own, [own, stranger, elsewhere, same])).toEqual([same, stranger]);
});

test('without an address the order of work stays', () => {
  const [own, first, second] = [ticket(1, now, {}), ticket(2, now, {}), ticket(3, now, {})];
  expect(mergeTargets(own, [first, second])).toEqual([first, second]);
});
