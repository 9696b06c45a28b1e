import { expect, test } from 'vitest';
import { amountsIn, statesAmount } from './amounts.ts';

const written = (text: string) =>
  amountsIn(text).map(({ value, unit }) => (unit === undefined ? value : `${value} ${unit}`));

test.each([
  ['costs €5.90 and takes 2–4 working days', ['5.9 money', '2–4 day']],
  ['1.500 € und 1,500.50', ['1500 money', '1500.5']],
  ['from 9:00 to 17:30', ['9–17:30']],
  ['within thirty days', ['30 day']],
  ['10 to 30 percent', ['10–30 percent']],
  ['no number', []],
])('reads %j', (text, amounts) => {
  expect(written(text)).toEqual(amounts);
});

const states = (article: string, claim: string) =>
  amountsIn(claim).every((amount) => statesAmount(amountsIn(article), amount));

test('an amount is stated by the same number of the same unit, or as an end of a range', () => {
  expect(states('within 30 days', 'thirty days')).toBe(true);
  expect(states('takes 2–4 working days', 'up to 4 days')).toBe(true);
  expect(states('takes 2–4 working days', '1–2 days')).toBe(false);
  expect(states('2 years', '2 weeks')).toBe(false);
  expect(states('€20', '20 percent')).toBe(false);
});
