import { describe, expect, test } from 'vitest';
import { type PdfRun, rowsOfPage } from './pdf-rows.ts';
import { textOfPages } from './pdf-text.ts';

const LINE = 12;
const LETTER = 5;
const TOP = 700;
interface Placed {
  readonly x?: number;
  readonly y?: number;
  readonly size?: number;
  readonly font?: string;
}
const run = (text: string, { x = 50, y = TOP, size = 10, font = 'text' }: Placed = {}): PdfRun => ({
  text,
  x,
  right: x + text.length * LETTER,
  y,
  size,
  font,
  isRightToLeft: false,
});
/** Lines below each other; an empty one leaves its place free. */
const lines = (texts: readonly string[], placed: Placed = {}) =>
  texts.flatMap((text, at) => (text === '' ? [] : [run(text, { ...placed, y: (placed.y ?? TOP) - at * LINE })]));
const textOf = (...pages: (readonly PdfRun[])[]) => textOfPages(pages.map(rowsOfPage));

describe('pages', () => {
  test('lines that stand on every page are left out, with the number of the page', () => {
    const page = (number: number, ...text: string[]) => lines(['Shop manual', '', ...text, '', `Page ${number} of 3`]);
    expect(textOf(page(1, 'Open it and wait.'), page(2, 'Turn it on.'), page(3, 'Turn it off.'))).toBe(
      'Open it and wait.\n\nTurn it on.\n\nTurn it off.',
    );
  });

  test('running heads of left and right pages are left out, too', () => {
    const page = (head: string, text: string) => lines([head, '', text, 'More of it.']);
    expect(
      textOf(page('Manual', 'One.'), page('Lamps', 'Two.'), page('Manual', 'Three.'), page('Lamps', 'Four.')),
    ).not.toMatch(/Manual|Lamps/);
  });

  test('two pages keep all of their lines, except for page numbers', () => {
    expect(textOf(lines(['Manual', 'Open it.', '– 1 –']), lines(['Manual', 'Close it.', '– 2 –']))).toBe(
      'Manual Open it.\n\nManual Close it.',
    );
  });

  test('a sentence goes on over the end of a page', () => {
    expect(textOf(lines(['A refund takes']), lines(['nine days. We write', 'to you.']))).toBe(
      'A refund takes nine days. We write to you.',
    );
  });
});

describe('words', () => {
  test('divided words and ligatures are whole again, compounds keep their hyphen', () => {
    expect(
      textOf(
        lines([
          'A re\u00AD',
          'fund takes infor-',
          'mation of the of\uFB01ce, by e-mail or Wi-',
          'Fi, and an e-',
          'mail.',
        ]),
      ),
    ).toBe('A refund takes information of the office, by e-mail or Wi-Fi, and an e-mail.');
  });

  test('runs of one line are joined with a space where they leave room for one', () => {
    expect(textOf([run('Nine', { x: 50 }), run('ty', { x: 70 }), run('days', { x: 83 })])).toBe('Ninety days');
  });
});

describe('what is on a page', () => {
  const column = [
    'The first column begins',
    'here and fills its lines',
    'with words that belong',
    'together until its end',
  ];
  const other = [
    'and the second column',
    'goes on with the sentence',
    'that the first one has',
    'begun at the other side.',
  ];

  test('two columns are read one after the other, below what is above both', () => {
    expect(
      textOf([
        ...lines(['A line above both columns that is as wide as the page is, or wider.'], { y: TOP + 20 }),
        ...lines(column),
        ...lines(other, { x: 200 }),
      ]),
    ).toBe(`A line above both columns that is as wide as the page is, or wider.\n\n${[...column, ...other].join(' ')}`);
  });

  test('rows of cells are a table, a cell may have two lines', () => {
    const row = (y: number, ...cells: string[]) => cells.map((text, at) => run(text, { x: 50 + at * 100, y }));
    expect(
      textOf([
        ...row(700, 'Plan', 'Price'),
        ...row(680, 'Basic', '5 euros for'),
        run('each user', { x: 150, y: 668 }),
        ...row(648, 'Pro', '9 euros'),
      ]),
    ).toBe('| Plan | Price |\n| --- | --- |\n| Basic | 5 euros for each user |\n| Pro | 9 euros |');
  });

  test('large lines and short ones in a font of their own are headings', () => {
    expect(
      textOf([
        run('Refunds', { size: 16 }),
        ...lines(['A refund takes nine days and is', 'sent to the card.'], { y: 670 }),
        run('To another card', { font: 'bold', y: 630 }),
        ...lines(['That is not possible, because', 'cards expire.'], { y: 615 }),
      ]),
    ).toBe(
      '## Refunds\n\nA refund takes nine days and is sent to the card.\n\n## To another card\n\nThat is not possible, because cards expire.',
    );
  });

  test('items of lists are lines of their own', () => {
    expect(textOf(lines(['Do this:', '• Open it.', '• Press the button', 'and wait.', '1. Close it.']))).toBe(
      'Do this:\n\n- Open it.\n- Press the button and wait.\n1. Close it.',
    );
  });

  test('a list of contents is left out', () => {
    expect(textOf(lines(['Refunds . . . . . . . . 4', 'A refund takes nine days.']))).toBe('A refund takes nine days.');
  });
});
