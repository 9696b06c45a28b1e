import { expect, test } from 'vitest';
import { filterChoices } from './pick-filter.ts';

const choices = [
  { label: '#12 The lamp flickers', aside: 'visitor@shop.example' },
  { label: '#13 Where is my lamp?' },
  { label: '#121 A refund' },
];
const found = (query: string) => filterChoices(choices, query).map(({ label }) => label.split(' ')[0]);

test.each([
  ['', ['#12', '#13', '#121']],
  ['  ', ['#12', '#13', '#121']],
  ['LAMP', ['#12', '#13']],
  ['lamp where', ['#13']],
  ['#12', ['#12', '#121']],
  ['visitor@shop', ['#12']],
  ['desk', []],
])('%j finds %j', (query, numbers) => {
  expect(found(query)).toEqual(numbers);
});
