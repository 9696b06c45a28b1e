import { expect, test } from 'vitest';
import { siteFaultText } from './site-texts.ts';

test('a fault names a setting as its field does', () => {
  expect(siteFaultText('allowedOrigins[0]: "x" is not an origin.\nhours.open[1].from: 25:00 is not a time.')).toBe(
    'Pages that may show the widget: "x" is not an origin.\nOpening hours, Periods, Opens: 25:00 is not a time.',
  );
  expect(siteFaultText('id: "shop" is already the id of a site.')).toBe('Id: "shop" is already the id of a site.');
  expect(siteFaultText('The site was changed: read it again.')).toBe('The site was changed: read it again.');
});
