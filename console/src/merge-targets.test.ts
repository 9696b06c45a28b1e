import { expect, test } from 'vitest';
import { ticket } from '../test/ticket-builders.ts';
import { mergeTargets } from './merge-targets.ts';

const now = 1_750_000_000_000;

test('merge targets are open tickets of the same site, those of the same e-mail address first', () => {
  const own = ticket(1, now, { email: 'visitor@shop.example' });
  const stranger = ticket(2, now, {});
  const elsewhere = ticket(3, now, { siteId: 'another-site', email: 'visitor@shop.example' });
  const same = ticket(4, now, { email: 'visitor@shop.example' });
  expect(mergeTargets(own, [own, stranger, elsewhere, same])).toEqual([same, stranger]);
});

test('without an e-mail address, the order is kept', () => {
  const [own, first, second] = [ticket(1, now, {}), ticket(2, now, {}), ticket(3, now, {})];
  expect(mergeTargets(own, [first, second])).toEqual([first, second]);
});
