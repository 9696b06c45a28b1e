import { expect, test } from 'vitest';
import { refusalText } from './site-texts.ts';

test('a fault names a setting as its field does', () => {
  const settingFaults = [
    { setting: 'allowedOrigins[0]', code: 'against-rule', text: '"x" is not an origin.' },
    { setting: 'hours.open[1].from', code: 'against-rule', text: '"25:00" is not a time.' },
    { setting: 'id', code: 'taken-id', text: '"shop" is already the id of a site.' },
  ] as const;
  expect(refusalText({ message: 'Refused.', settingFaults: [...settingFaults] }).split('\n')).toEqual([
    'Pages that may show the widget: "x" is not an origin.',
    'Opening hours, Periods, Opens: "25:00" is not a time.',
    'ID: "shop" is already the id of a site.',
  ]);
});

test('a refusal that is not about a setting is shown as it is', () => {
  expect(refusalText({ message: 'There is no site "shop".' })).toBe('There is no site "shop".');
});
