import { expect, test } from 'vitest';
import { textOfPages } from './pdf-text.ts';

test('lines that stand on every page are left out, with the number of the page', () => {
  const page = (number: number, ...text: string[]) => `Shop manual\n${text.join('\n')}\nPage ${number} of 3`;
  expect(textOfPages([page(1, 'Open it.', 'Wait.'), page(2, 'Turn it on.', 'Look.'), page(3, 'Turn it off.')])).toBe(
    'Open it.\nWait.\n\nTurn it on.\nLook.\n\nTurn it off.',
  );
});

test('two pages keep all of their lines', () => {
  expect(textOfPages(['Manual\nOpen it.', 'Manual\nClose it.'])).toBe('Manual\nOpen it.\n\nManual\nClose it.');
});

test('divided words and ligatures are whole again, compounds keep their hyphen', () => {
  expect(textOfPages(['A re\u00AD\nfund takes infor-\nmation of the of\uFB01ce, by e-mail or Wi-\nFi.'])).toBe(
    'A refund takes information of the office, by e-mail or Wi-\nFi.',
  );
});
