import { describe, expect, test } from 'vitest';
import { phraseText } from '../lib/phrase.ts';
import { readArticleFile } from './read-articles.ts';

const read = async (source: unknown, path: string) => {
  const text = typeof source === 'string' ? source : JSON.stringify(source);
  const { articles, skipped } = await readArticleFile(Buffer.from(text), path);
  return { articles, skipped: skipped.map(phraseText) };
};

describe("Document360's export", () => {
  const head = (more = '') =>
    `## Metadata_Start \n## code: en\n## title: Refunds: how long \n## slug: refunds \n## seoTitle: Refunds \n## description:  \n## contentType: Markdown \n${more}## Metadata_End`;

  test('as Markdown: the head is no text, callouts keep their titles, and internal notes are left out', async () => {
    const { articles, skipped } = await read(
      `${head()}
A refund takes nine days. See [our page](https://shop.example/x){target=\`_blank\`} about a {{glossary.payout}}.

:::(Info) (Info)
Keep the box.
:::

:::(Warning) (**No cash**)
We pay to your card.
:::

:::(Internal) (Private notes)
Ask Ada first.
:::

After it.`,
      'v1/articles/refunds.md',
    );
    expect(skipped).toEqual([]);
    expect(articles).toEqual([
      {
        ...{ id: 'v1/articles/refunds', title: 'Refunds: how long', category: '', keywords: '', url: '' },
        body: `A refund takes nine days. See [our page](https://shop.example/x) about a payout.

Keep the box.

**No cash**
We pay to your card.

After it.`,
        translation: { group: 'v1/articles/refunds', language: 'en' },
      },
    ]);
  });

  test('as HTML: the head is in a comment', async () => {
    const html = `<!-- ${head('## tags: money\n')} -->\n<p>Nine <strong>days</strong>.</p><section class="internal-notes"><p>Ask Ada first.</p></section><div class="infoBox"><p>Keep the box.</p></div>`;
    const { articles } = await read(html, 'v1/articles/refunds.html');
    expect(articles).toMatchObject([
      { title: 'Refunds: how long', keywords: 'money', body: 'Nine **days**.\n\nKeep the box.' },
    ]);
  });

  test('a translation has the slug of its original, and a hidden article is named', async () => {
    const german = head().replace('code: en', 'code: de');
    const { articles } = await read(`${german}\nNeun Tage.`, 'v1/articles/refunds(1).md');
    expect(articles).toMatchObject([
      { id: 'v1/articles/refunds(1)', translation: { group: 'v1/articles/refunds', language: 'de' } },
    ]);
    const hidden = await read(`${head('## hidden: True\n')}\nSoon.`, 'v1/articles/soon.md');
    expect(hidden).toEqual({ articles: [], skipped: ['v1/articles/soon.md: is hidden'] });
  });

  test('as JSON: a file has all languages of an article, and one without text is named', async () => {
    const language = (Code: string, Title: string, Content: string | null) => ({
      ...{ Code, Title, Slug: 'refunds', Content, SeoTitle: null, Description: null },
    });
    const { articles, skipped } = await read(
      [
        language('en', 'Refunds', '<p>Nine days.</p>'),
        language('es-mx', 'Reembolsos', '<p>Nueve días.</p>'),
        language('th', 'x', null),
      ],
      'v1/articles/refunds.json',
    );
    expect(articles).toMatchObject([
      { id: 'v1/articles/refunds', body: 'Nine days.', translation: { language: 'en' } },
      { id: 'v1/articles/refunds-es-mx', body: 'Nueve días.', translation: { language: 'es-MX' } },
    ]);
    expect(new Set(articles.map(({ translation }) => translation?.group)).size).toBe(1);
    expect(skipped).toEqual(['v1/articles/refunds.json, th: has no text']);
  });

  test('as JSON: the page of a category is an article, and a category without one is named', async () => {
    const category = (Content: string | null) => ({
      ...{
        Id: 'c1',
        Title: 'Money',
        Path: 'money.json',
        SubCategories: [],
        Articles: [{ Id: 'a1', Path: 'refunds.json' }],
      },
      Languages: [{ Code: 'en', Title: 'Money', Slug: 'money', Content }],
    });
    expect((await read(category('<p>All about money.</p>'), 'v1/categories/money.json')).articles).toMatchObject([
      { id: 'v1/categories/money', title: 'Money', body: 'All about money.' },
    ]);
    expect((await read(category(null), 'v1/categories/money.json')).skipped).toEqual([
      'v1/categories/money.json, en: has no text',
    ]);
  });
});

describe("Document360's API", () => {
  const article = (id: string, more: object = {}) => ({
    ...{ id, title: 'Refunds', content: 'Nine days.', html_content: null, category_id: 'c1', project_version_id: 'v1' },
    ...{ version_number: 2, public_version: 2, latest_version: 2, hidden: false, status: 3, slug: 'refunds' },
    ...{ is_fall_back_content: false, content_type: 0, url: 'https://help.shop.example/docs/refunds' },
    ...more,
  });

  test('an article in its envelope, by its HTML where there is some', async () => {
    const html = { html_content: '<p>Nine <em>days</em>.</p>', content: null, content_type: 1 };
    const { articles } = await read(
      { data: article('a1', html), extension_data: null, success: true, errors: [], warnings: [], information: [] },
      'article.json',
    );
    expect(articles).toMatchObject([
      { id: 'a1', title: 'Refunds', body: 'Nine _days_.', url: 'https://help.shop.example/docs/refunds' },
    ]);
  });

  test('articles beside their categories, without drafts, hidden and protected ones', async () => {
    const { articles, skipped } = await read(
      {
        categories: [{ id: 'c1', name: 'Money' }],
        articles: [
          article('a1'),
          article('a2', { status: 0 }),
          article('a3', { hidden: true }),
          article('a4', { security_visibility: 1 }),
        ],
      },
      'all.json',
    );
    expect(articles).toMatchObject([{ id: 'a1', category: 'Money' }]);
    expect(skipped).toEqual([2, 3, 4].map((entry) => `all.json, entry ${entry}: is a draft`));
  });

  test('a tree of categories with their articles', async () => {
    const tree = [
      {
        ...{ id: 'c1', name: 'Money', articles: [article('a1')], category_type: 0 },
        child_categories: [
          { id: 'c2', name: 'Cards', articles: [article('a2'), { id: 'a3', title: 'x' }], child_categories: [] },
        ],
      },
    ];
    const { articles, skipped } = await read({ data: tree, success: true }, 'tree.json');
    expect(articles).toMatchObject([
      { id: 'a1', category: 'Money' },
      { id: 'a2', category: 'Cards' },
    ]);
    expect(skipped).toEqual(['tree.json, entry 3: has no text']);
  });

  test('an article once in each language, without what is not translated', async () => {
    const { articles, skipped } = await read(
      {
        data: [
          article('a1', { language_code: 'en' }),
          article('a1', { language_code: 'de', title: 'Erstattung', content: 'Neun Tage.' }),
          article('a1', { language_code: 'fr', is_fall_back_content: true }),
        ],
      },
      'all.json',
    );
    expect(articles).toMatchObject([
      { id: 'a1', translation: { group: 'a1', language: 'en' } },
      { id: 'a1-de', body: 'Neun Tage.', translation: { group: 'a1', language: 'de' } },
    ]);
    expect(skipped).toEqual(['all.json, entry 3: is not translated']);
  });
});
