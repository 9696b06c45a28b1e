import { expect, test } from 'vitest';
import { amountsIn, statesAmount } from './amounts.ts';

const written = (text: string) =>
  amountsIn(text).map(({ value, unit }) => (unit === undefined ? value : `${value} ${unit}`));

test.each([
  ['costs €5.90 and takes 2–4 working days', ['5.9 euro', '2–4 day']],
  ['1.500 € und 1,500.50', ['1500 euro', '1500.5']],
  ['from 9:00 to 17:30', ['9–17:30']],
  ['within thirty days', ['30 day']],
  ['10 to 30 percent', ['10–30 percent']],
  ['from 9 am to 5:30 p.m.', ['9–17:30']],
  ['10 MB or 10 GB', ['10 megabyte', '10 gigabyte']],
  ['Monday to Friday, and 1 May', ['1–5 weekday', '1', '5 month name']],
  ['in one working day', ['1 day']],
  ['周一至周五，七天内，三十元', ['1–5 weekday', '7 day', '30 yen']],
  ['土曜日、二時間以内', ['6 weekday', '2 hour']],
  ['خلال ١٤ يوما أو يومين', ['14 day', '2 day']],
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
  expect(states('€20', '$20')).toBe(false);
});

test.each([
  ['14 days', 'two weeks'],
  ['2 years', '24 months'],
  ['24 hours', 'one day'],
  ['1.5 kg', '1500 g'],
  ['Monday to Friday', 'on Wednesday'],
])('%j states %j', (article, claim) => {
  expect(states(article, claim)).toBe(true);
});

test('a limit is read with its number', () => {
  const boundOf = (text: string) => amountsIn(text).map(({ bound }) => bound);
  expect(boundOf('up to 5 items')).toEqual(['most']);
  expect(boundOf('no more than €5')).toEqual(['most']);
  expect(boundOf('more than 5 items')).toEqual(['least']);
  expect(boundOf('mindestens 5 Artikel')).toEqual(['least']);
  expect(boundOf('5 items')).toEqual([undefined]);
});
