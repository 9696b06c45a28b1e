import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parsePdfArticle } from './pdf-article.ts';

/** Files as Chromium prints them, and as Ghostscript, PDFKit and cairo write them. */
async function read(name: string) {
  const bytes = readFileSync(new URL(`../../test-data/pdf/${name}.pdf`, import.meta.url));
  const { articles, skipped } = await parsePdfArticle(bytes, `${name}.pdf`, (id) => `/help/${id}`);
  expect(skipped).toEqual([]);
  return { title: articles[0]?.title, body: articles[0]?.body ?? '' };
}

describe('Chromium', () => {
  test('columns, a table and divided words are read, what each page repeats is not', async () => {
    const { title, body } = await read('chromium');
    expect(title).toBe('Corrin coffee machine');
    expect(body).toContain('or when the orange lamp is lit. Use a well-known descaler without vinegar');
    expect(body).toContain(
      'because vinegar attacks the seals. The programme takes 25 minutes and cannot be interrupted.',
    );
    expect(body).toContain('| Orange | Descaling is due | Start the programme within two weeks |');
    expect(body).toContain('## Warranty\n\nThe machine has');
    expect(body).not.toMatch(/Instructions for use|\d \/ \d/);
  });
});

describe('Ghostscript', () => {
  test('two columns with hyphens are running text under their headings', async () => {
    const { title, body } = await read('ghostscript');
    expect(title).toBe('Resident parking permits');
    expect(body).toContain(
      '## Conditions\n\nThe permit is not valid on market days between 6:00 and 15:00. Vehicles with a height of more than two metres cannot',
    );
    expect(body).toContain(
      'the office needs their confirmation. A replacement is sent by post within five working days',
    );
    expect(body).not.toMatch(/\p{Ll}- \p{Ll}|[\uFB00-\uFB06]/u);
  });
});

describe('PDFKit', () => {
  test('bold lines are headings, rows are a table, and page numbers are left out', async () => {
    const { title, body } = await read('pdfkit');
    expect(title).toBe('Mobile plans in 2026');
    expect(body).toContain('| Max | €34.99 | 100 GB | EU and Switzerland |');
    expect(body).toContain('## Moving house\n\nTell us your new address');
    expect(body).not.toMatch(/Page \d|Price list/);
  });
});

describe('cairo', () => {
  test('large lines are headings, and accents are kept', async () => {
    const { title, body } = await read('cairo');
    expect(title).toBe('Umtausch und Erstattung');
    expect(body).toContain('## Erstattung\n\nDas Geld kommt innerhalb von fünf Werktagen zurück.');
    expect(body).toContain('Häufig genügt ein Anruf');
  });
});
