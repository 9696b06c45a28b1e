import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { phraseText } from '../lib/phrase.ts';
import type { ReadArticles } from './article.ts';
import { readArticleFile, readArticleFolder } from './read-articles.ts';

const urlOf = (id: string) => `/help/${id}`;
const inEnglish = ({ articles, skipped }: ReadArticles) => ({ articles, skipped: skipped.map(phraseText) });
const read = async (text: string | Uint8Array, path: string) =>
  inEnglish(await readArticleFile(typeof text === 'string' ? Buffer.from(text) : text, path, urlOf));
const only = async (text: string | Uint8Array, path: string) => {
  const { articles, skipped } = await read(text, path);
  expect(skipped).toEqual([]);
  expect(articles).toHaveLength(1);
  return articles[0];
};
const BODY = 'A refund takes nine days.';

describe('Markdown', () => {
  test('front matter names id, title, keywords and page', async () => {
    const source = `---\nid: refund\ntitle: "Refunds"\nkeywords: [money, back]\nurl: https://shop.example/refund\n---\n\n${BODY}\n`;
    expect(await only(source, 'a.md')).toEqual({
      id: 'refund',
      title: 'Refunds',
      category: '',
      keywords: 'money, back',
      url: 'https://shop.example/refund',
      body: BODY,
    });
  });

  test.each([
    ['without an id', '---\ntitle: Refunds\n---\n', 'returns/refund.md', 'returns/refund', 'Refunds'],
    ['without front matter', '# Refunds\n\n', 'refund.md', 'refund', 'Refunds'],
    ['with an underlined heading', 'Refunds\n=======\n\n', 'refund.md', 'refund', 'Refunds'],
    ['without any title', '', '03-refund_times.md', '03-refund_times', 'Refund times'],
    ['as MDX', '---\ntitle: Refunds\n---\n', 'refund.mdx', 'refund', 'Refunds'],
    ['as text', '', 'Refund times.txt', 'Refund-times', 'Refund times'],
    ['with TOML', '+++\nid = "refund"\ntitle = "Refunds"\n+++\n', 'a.md', 'refund', 'Refunds'],
    [
      'with a nested title',
      '---\ntitle: Refunds\nmenu:\n  docs:\n    title: Money\n---\n',
      'refund.md',
      'refund',
      'Refunds',
    ],
    ['with a folded title', '---\ntitle: >-\n  Refunds and\n  more\n---\n', 'refund.md', 'refund', 'Refunds and more'],
    ['as a README of a section', '---\ntitle: Returns\n---\n', 'returns/README.md', 'returns', 'Returns'],
    ['as an index of a section', '# Returns\n\n', 'returns/index.md', 'returns', 'Returns'],
  ])('%s', async (_name, head, path, id, title) => {
    expect(await only(`${head}${BODY}`, path)).toMatchObject({ id, title, body: BODY });
  });

  test.each([
    ['---\nid: a\ntitle: b: c\n---\nx', /^a\.md:3:\d+: the front matter is not valid YAML/],
    ['+++\ntitle = \n+++\nx', /^a\.md:2:\d+: the front matter is not valid TOML/],
    ['---\ntitle: Draft\n---', /^a\.md: has no text$/],
    ['---\ntitle: Draft\n---\n', /^a\.md: has no text$/],
    ['---\ndraft: true\n---\nx', /^a\.md: is a draft$/],
    ['---\nhidden: true\n---\nx', /^a\.md: is hidden$/],
    ['', /^a\.md: has no text$/],
  ])('%j is skipped with the reason', async (source, reason) => {
    expect(await read(source, 'a.md')).toEqual({ articles: [], skipped: [expect.stringMatching(reason)] });
  });

  test('what only a site generator understands is taken out', async () => {
    const source = `---
title: Refunds
---
import PlanNote from '@site/src/components/PlanNote';
import {
  Two,
} from "@site/two";

export const open = true;

<PlanNote plan="business" open={() => { go() }} />

<!-- a comment -->
:::note Good to know

{{< figure src="box.png" caption="The box" >}}

:::

{% hint style="info" %}
A refund takes **nine days**. See [exchanges](../exchange.md#how) or [our page](https://shop.example/x).&#x20;
{% endhint %}

!!! warning "Mind the box"
    Keep it.

<Accordion title="How long?">
Nine <b>days</b>.<br/>Then we pay.
</Accordion>

## More {#more}

> [!TIP]
> Ask \`<PlanNote />\` for <your-key>.

<style>p { color: red }</style>`;
    expect((await only(source, 'a.mdx'))?.body).toBe(`Good to know

A refund takes **nine days**. See exchanges or [our page](https://shop.example/x).

Mind the box

Keep it.

How long?

Nine days.
Then we pay.

## More

>
> Ask \`<PlanNote />\` for <your-key>.`);
  });

  const bodyOf = async (text: string) => (await only(`# Help\n\n${text}`, 'help.md'))?.body;
  const fence = (code: string, indent = '') => ['```sh', code, '```'].map((line) => `${indent}${line}`).join('\n');

  test('tabs and admonitions of MkDocs keep their titles, their texts and their code, nested ones too', async () => {
    const source = `=== "Linux"

    Run this:

${fence('# update <Package>', '    ')}

!!! warning "Careful"
    Keep the box.

    ??? note "Nested"
        Nine days.

After it.`;
    expect(await bodyOf(source)).toBe(`Linux

Run this:

${fence('# update <Package>')}

Careful

Keep the box.

Nested

Nine days.

After it.`);
  });

  test('code in a list is left as it is', async () => {
    const list = `1. Run:\n\n${fence('echo {{ x }} <Package>', '    ')}`;
    expect(await bodyOf(list)).toBe(list);
  });

  test('the titles of tabs are kept, whatever writes them', async () => {
    const source = `{% tabs %}
{% tab title="Card" %}
Nine days.
{% endtab %}
{% endtabs %}

{{< tab "Bank" >}}Three days.{{< /tab >}}

{{% tab header="Cash" %}}At once.{{% /tab %}}`;
    expect(await bodyOf(source)).toBe('Card\n\nNine days.\n\nBank\nThree days.\n\nCash\nAt once.');
  });

  test('attributes, icons, keys, included files and lists of headings are taken out', async () => {
    const source = `[[toc]]

Press ++ctrl+c++ :material-check: or [go](https://shop.example/x){ .md-button }.

## More { #more .wide }

--8<-- "includes/abbr.md"

<<< @/snippets/pay.js{2}

*[PIN]: Personal number

Nine days.`;
    expect(await bodyOf(source)).toBe('Press ctrl+c or [go](https://shop.example/x).\n\n## More\n\nNine days.');
  });

  test('the blocks of ReadMe and the cells of an HTML table become text', async () => {
    const source = `[block:callout]
{ "type": "info", "title": "Mind", "body": "Keep the box." }
[/block]

[block:image]{ "images": [] }[/block]

<table><tr><td>Card</td><td>9 days</td></tr></table>`;
    expect(await bodyOf(source)).toBe('Mind\n\nKeep the box.\n\nCard | 9 days');
  });

  test.each([
    ['a note of Jekyll', `{% include note.html content="${BODY}" %}`, BODY],
    ['an alert of Hugo', `{{% alert title="Beware" color="warning" %}}\n${BODY}\n{{% /alert %}}`, `Beware\n\n${BODY}`],
    ['a link of Notion', `[${BODY}](Refunds%201a/Old%20(2024)%202b.md)`, BODY],
  ])('the text of %s is kept', async (_name, source, body) => {
    expect(await only(source, 'a.md')).toMatchObject({ body });
  });

  test('code is left as it is', async () => {
    const code = "```sh\n# First stop the service\nimport x from 'y'\n\n<b>{{ x }}</b>\n```";
    expect((await only(`# Reset\n\nRun:\n\n${code}`, 'a.md'))?.body).toBe(`Run:\n\n${code}`);
  });
});

describe('other kinds', () => {
  test('HTML gives its main part', async () => {
    const page = `<!doctype html><html><head><title>Refunds | Shop</title><link rel="canonical" href="https://shop.example/refund"></head>
      <body><nav>Home</nav><main><h1>Refunds</h1><p>A refund takes <b>nine days</b>.</p><ul><li>Card</li></ul></main><footer>2026</footer></body></html>`;
    expect(await only(page, 'help/refund.html')).toMatchObject({
      id: 'help/refund',
      title: 'Refunds',
      url: 'https://shop.example/refund',
      body: 'A refund takes **nine days**.\n\n- Card',
    });
  });

  const bodyOf = async (main: string) => (await only(`<html><body>${main}</body></html>`, 'help.html'))?.body;

  test('the answers of an accordion are kept, folded or not, and their headings', async () => {
    expect(
      await bodyOf(`<main><h1>Help</h1>
        <h3><button aria-expanded="false">How long?</button></h3><div role="region" hidden><p>Nine days.</p></div>
        <h3><button aria-expanded="false">To where?</button></h3><div class="panel" aria-hidden="true"><p>To your card.</p></div>
        <p>Ask.<span aria-hidden="true">→</span></p><button>Copy</button></main>`),
    ).toBe('### How long?\n\nNine days.\n\n### To where?\n\nTo your card.\n\nAsk.');
  });

  test('notes beside the text are kept, other boxes are not', async () => {
    expect(
      await bodyOf(`<main><h1>Help</h1><p>Nine days.</p><aside class="starlight-aside--caution"><p>Keep the box.</p></aside>
        <aside class="related"><p>Read more</p></aside></main>`),
    ).toBe('Nine days.\n\nKeep the box.');
  });

  test('cookie banners and what help desks add below an article are left out', async () => {
    expect(
      await bodyOf(`<div id="onetrust-consent-sdk"><p>We use cookies.</p></div><main><h1>Help</h1><p>Nine days.</p>
        <div class="cookie-banner"><p>Accept all</p></div><div class="article-votes"><p>Was this article helpful?</p></div>
        <section class="related-articles"><h2>Related</h2></section></main>`),
    ).toBe('Nine days.');
    expect(await bodyOf('<div class="has-cookie-banner"><h1>Help</h1><p>Nine days.</p></div>')).toBe('Nine days.');
  });

  test('a page whose form holds all of it, and one of several short articles, are read whole', async () => {
    expect(await bodyOf('<form id="aspnetForm"><h1>Help</h1><p>Nine days.</p><input value="x"></form>')).toBe(
      'Nine days.',
    );
    expect(
      await bodyOf(
        '<main><h1>Help</h1><article><h2>How long?</h2><p>Nine days.</p></article><article><h2>To where?</h2><p>To your card.</p></article></main>',
      ),
    ).toBe('## How long?\n\nNine days.\n\n## To where?\n\nTo your card.');
    expect(
      await bodyOf(
        '<article><h1>Help</h1><p>Nine days.</p></article><article><h2>Another</h2><p>Read it.</p></article>',
      ),
    ).toBe('Nine days.');
  });

  test("a page of Confluence's export has its own title and its text, without the space and the list of headings", async () => {
    const page = `<html><head><title>Help : Refunds</title></head><body><div id="main">
      <h1 id="title-heading"><span id="title-text">Help : Refunds</span></h1>
      <div id="main-content"><div class="toc-macro"><ul><li><a href="#a">How long</a></li></ul></div>
      <h1 id="a">How long</h1><p>${BODY}</p></div></div></body></html>`;
    expect(await only(page, 'Refunds_12.html')).toMatchObject({ title: 'Refunds', body: `# How long\n\n${BODY}` });
  });

  test('the lines of a cell stay apart, and a heading has no sign for its link', async () => {
    expect(
      await bodyOf(`<main><h1>Help</h1><h2>Plans<a class="headerlink" href="#plans">¶</a></h2>
        <table><tr><th>Plan</th><th>Price</th></tr><tr><td>Basic<br>monthly</td><td><p>5 €</p><p>per seat</p></td></tr></table></main>`),
    ).toBe(
      '## Plans\n\n| Plan          | Price        |\n| ------------- | ------------ |\n| Basic monthly | 5 € per seat |',
    );
  });

  test('a PDF gives its text', async () => {
    expect(await only(pdfOf(BODY), 'manual.pdf')).toMatchObject({ id: 'manual', title: 'Manual', body: BODY });
  });

  test('a PDF that is none is skipped', async () => {
    expect((await read('%PDF-1.4 not text', 'manual.pdf')).skipped).toEqual([
      expect.stringMatching(/^manual\.pdf: is not a readable PDF/),
    ]);
  });

  const zendesk = {
    id: 360012345678,
    html_url: 'https://shop.example/hc/360012345678',
    title: 'Refunds',
    body: '<h2>How long</h2><p>A refund takes <strong>nine days</strong>.</p>',
    label_names: ['money'],
    draft: false,
    url: null,
  };
  const asArticle = {
    id: '360012345678',
    title: 'Refunds',
    url: 'https://shop.example/hc/360012345678',
    keywords: 'money',
    body: '## How long\n\nA refund takes **nine days**.',
  };

  test.each([
    ["Zendesk's export", 'articles.json', JSON.stringify({ count: 1, articles: [zendesk] })],
    ['one line of it', 'articles.jsonl', JSON.stringify(zendesk)],
    ['a list', 'articles.json', JSON.stringify([zendesk], null, 2)],
  ])('%s is read', async (_name, path, source) => {
    expect(await only(source, path)).toMatchObject(asArticle);
  });

  test("Intercom's export is read, without drafts", async () => {
    const data = [
      {
        type: 'article',
        id: '7',
        title: 'Refunds',
        body: `<p>${BODY}</p>`,
        state: 'published',
        url: 'https://x.example/7',
      },
      { type: 'article', id: '8', title: 'Later', body: '<p>x</p>', state: 'draft' },
    ];
    const { articles, skipped } = await read(JSON.stringify({ type: 'list', data }), 'a.json');
    expect(articles).toMatchObject([{ id: '7', title: 'Refunds', body: BODY, url: 'https://x.example/7' }]);
    expect(skipped).toEqual(['a.json, entry 2: is a draft']);
  });

  test('a table of questions and answers is read', async () => {
    const { articles, skipped } = await read(`Question;Answer\nHow long?;"${BODY}"\nEmpty;`, 'faq.csv');
    expect(articles).toMatchObject([{ id: 'How-long?', title: 'How long?', body: BODY }]);
    expect(skipped).toEqual(['faq.csv, row 3: has no text']);
  });

  test.each([
    ['with a line of Excel that names its delimiter', `sep=;\r\nTitle;Body\r\nHow long?;"Nine; days"`, 'Nine; days'],
    ['with bars', 'title|body\nHow long?|Nine, days', 'Nine, days'],
    ['with semicolons, and a comma in a name', '"Title";"Body, long";Answer\nHow long?;;Nine days', 'Nine days'],
    [
      'with names that say what the row is',
      'Article ID,Article Title,Article Body\n7,How long?,Nine days',
      'Nine days',
    ],
    ['with names in German', 'Frage;Antwort\nHow long?;Nine, or ten days', 'Nine, or ten days'],
    ['with names in French', 'Question\tRéponse\nHow long?\tNine days', 'Nine days'],
  ])('a table %s is read', async (_name, source, body) => {
    expect(await only(source, 'faq.csv')).toMatchObject({ title: 'How long?', body });
  });

  test("WordPress' and Help Scout's exports are read, without what is not published", async () => {
    const post = (id: number, status: string) => ({
      id,
      status,
      link: `https://shop.example/${id}`,
      title: { rendered: 'Cards &#038; banks' },
      content: { rendered: `<p>${BODY}</p>` },
    });
    const wordPress = await read(JSON.stringify([post(1, 'publish'), post(2, 'private')]), 'posts.json');
    expect(wordPress.articles).toMatchObject([
      { id: '1', title: 'Cards & banks', body: BODY, url: 'https://shop.example/1' },
    ]);
    expect(wordPress.skipped).toEqual(['posts.json, entry 2: is a draft']);
    const items = ['published', 'notpublished'].map((status) => ({
      id: status,
      name: 'Refunds',
      text: BODY,
      status,
      publicUrl: 'https://shop.example/r',
    }));
    const helpScout = await read(JSON.stringify({ articles: { page: 1, items } }), 'docs/articles.json');
    expect(helpScout.articles).toMatchObject([{ id: 'published', title: 'Refunds', url: 'https://shop.example/r' }]);
    expect(helpScout.skipped).toEqual(['docs/articles.json, entry 2: is a draft']);
  });

  const inFrench = { title: 'Remboursements', body: '<p>Neuf jours.</p>' };

  test.each([
    [
      'Intercom, with those in draft left out',
      {
        id: '7',
        title: 'Refunds',
        body: `<p>${BODY}</p>`,
        default_locale: 'en',
        state: 'published',
        url: 'https://x.example/en/7',
        translated_content: {
          type: 'article_translated_content',
          en: { type: 'article_content', title: 'Refunds', body: `<p>${BODY}</p>`, state: 'published' },
          fr: { ...inFrench, state: 'published', url: 'https://x.example/fr/7' },
          de: { title: 'Erstattung', body: '<p>Neun Tage.</p>', state: 'draft' },
        },
      },
      'https://x.example/fr/7',
      ['a.json, de: is a draft'],
    ],
    [
      'Zendesk, beside the article',
      {
        id: 7,
        title: 'Refunds',
        body: `<p>${BODY}</p>`,
        locale: 'en-us',
        source_locale: 'en-us',
        html_url: 'https://x.example/en/7',
        translations: [
          { id: 1, source_id: 7, locale: 'en-us', title: 'Refunds', body: `<p>${BODY}</p>` },
          { id: 2, source_id: 7, locale: 'fr', ...inFrench, html_url: 'https://x.example/fr/7' },
        ],
      },
      'https://x.example/fr/7',
      [],
    ],
    [
      'HelpDocs, which repeats the article among them',
      {
        article_id: '7',
        title: 'Refunds',
        body: `<p>${BODY}</p>`,
        is_published: true,
        url: 'https://x.example/en/7',
        multilingual: [
          { language_code: 'en', title: 'Refunds', body: `<p>${BODY}</p>` },
          { language_code: 'fr', ...inFrench },
        ],
      },
      '/help/7-fr',
      [],
    ],
  ])('the translations of an article are articles: %s', async (_name, row, frenchUrl, leftOut) => {
    const { articles, skipped } = await read(JSON.stringify({ articles: [row] }), 'a.json');
    expect(articles).toMatchObject([
      {
        ...{ id: '7', title: 'Refunds', body: BODY, url: 'https://x.example/en/7' },
        translation: { group: '7', language: expect.stringMatching(/^en/) },
      },
      {
        ...{ id: '7-fr', title: 'Remboursements', body: 'Neuf jours.', url: frenchUrl },
        translation: { group: '7', language: 'fr' },
      },
    ]);
    expect(skipped).toEqual(leftOut);
  });

  test('an article that Zendesk lists once in each language keeps both', async () => {
    const french = { ...zendesk, ...inFrench, locale: 'fr', source_locale: 'en-us' };
    const english = { ...zendesk, locale: 'en-us', source_locale: 'en-us' };
    const { articles } = await read(JSON.stringify({ articles: [english, french] }), 'a.json');
    expect(articles).toMatchObject([asArticle, { id: '360012345678-fr', body: 'Neuf jours.' }]);
    expect(articles.map(({ translation }) => translation)).toEqual([
      { group: '360012345678', language: 'en-US' },
      { group: '360012345678', language: 'fr' },
    ]);
    const nested = await read(JSON.stringify([{ ...french, translations: [english, french] }]), 'a.json');
    expect(nested.articles.map(({ id, title }) => [id, title])).toEqual([
      ['360012345678-fr', 'Remboursements'],
      ['360012345678', 'Refunds'],
    ]);
  });

  test('an id that is too long for a group is cut, and its articles are kept', async () => {
    const row = {
      id: 'i'.repeat(600),
      title: 'Refunds',
      body: BODY,
      multilingual: { fr: { title: 'R', body: 'Neuf.' } },
    };
    const { articles, skipped } = await read(JSON.stringify([row]), 'a.json');
    expect(skipped).toEqual([]);
    expect(articles.map(({ translation }) => translation?.group.length)).toEqual([500, 500]);
  });

  test('a table with one id for all languages keeps each of them', async () => {
    const { articles, skipped } = await read(
      'id,language,title,body\n7,en,Refunds,Nine\n7,fr,Remboursements,Neuf\n8,en,Cards,Yes',
      'faq.csv',
    );
    expect(skipped).toEqual([]);
    expect(articles).toMatchObject([
      { id: '7', translation: { group: '7', language: 'en' } },
      { id: '7-fr', translation: { group: '7', language: 'fr' } },
      { id: '8' },
    ]);
    expect(articles[2]).not.toHaveProperty('translation');
  });

  test.each([
    ['Polylang', { lang: 'de', translations: { en: 12, de: 34 } }],
    ['WPML', { wpml_current_locale: 'de_DE', wpml_translations: [{ locale: 'en_US', id: 12, href: 'x' }] }],
  ])('posts of WordPress know their translations by %s', async (_name, links) => {
    const post = {
      id: 34,
      status: 'publish',
      title: { rendered: 'Karten' },
      content: { rendered: '<p>Ja.</p>' },
      ...links,
    };
    expect((await read(JSON.stringify([post]), 'posts.json')).articles).toMatchObject([
      { id: '34', translation: { group: '12', language: expect.stringMatching(/^de/) } },
    ]);
  });

  test("Gorgias' article is read from its translation, Freshdesk's without its numbered drafts", async () => {
    const translation = { id: 3, article_id: 9, title: 'Refunds', content: `<p>${BODY}</p>`, locale: 'en-US' };
    const data = ['PUBLIC', 'UNLISTED'].map((visibility_status, at) => ({
      id: at,
      translation: { ...translation, visibility_status },
    }));
    const gorgias = await read(JSON.stringify({ data }), 'a.json');
    expect(gorgias.articles).toMatchObject([{ id: '0', title: 'Refunds', body: BODY }]);
    expect(gorgias.skipped).toEqual(['a.json, entry 2: is a draft']);
    const solution = (id: number, status: number) => ({
      id,
      status,
      folder_id: 4,
      title: 'Refunds',
      description: BODY,
    });
    const freshdesk = await read(JSON.stringify([solution(1, 1), solution(2, 2)]), 'a.json');
    expect(freshdesk.articles).toMatchObject([{ id: '2', body: BODY }]);
    expect(freshdesk.skipped).toEqual(['a.json, entry 1: is a draft']);
  });

  test('each bad line of JSON lines is named, and the others are read', async () => {
    const lines = [`{"id":"a","title":"A","body":"x"}`, '{"id":', '[]', '{"id":"b","title":"","body":"x"}'];
    const { articles, skipped } = await read(lines.join('\r\n'), 'help.jsonl');
    expect(articles.map(({ id }) => id)).toEqual(['a']);
    expect(skipped).toEqual([
      'help.jsonl:2: expected a JSON object',
      'help.jsonl:3: expected a JSON object',
      'help.jsonl:4: "title" must not be empty',
    ]);
  });

  test.each([
    ['UTF-16', Buffer.from(`\ufeff# Rückgabe\n\nÄ.`, 'utf16le')],
    ['Windows-1252', Buffer.from('# Rückgabe\n\nÄ.', 'latin1')],
    ['UTF-8 with a mark', Buffer.from('\ufeff# Rückgabe\n\nÄ.')],
  ])('%s is decoded', async (_name, bytes) => {
    expect(await only(bytes, 'a.md')).toMatchObject({ title: 'Rückgabe', body: 'Ä.' });
  });
});

describe('a folder', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'firstword-folder-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function put(path: string, text: string): void {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }

  test('is read with its folders; a bad file is named and left out', async () => {
    put('start.md', '# Start\n\nx');
    put('returns/refund.mdx', '# Refunds\n\nx');
    put('returns/README.md', '# Returns\n\nx');
    put('bad.md', '---\ntitle: [\n---\nx');
    put('README.md', 'How this repository works.');
    put('.git/notes.md', 'x');
    put('node_modules/a/readme.md', 'x');
    put('img/box.png', 'x');
    put('package.json', '{"name":"docs","description":"x"}');
    const { articles, skipped } = inEnglish(await readArticleFolder(folder, urlOf));
    expect(articles.map(({ id }) => id)).toEqual(['returns', 'returns/refund', 'start']);
    expect(skipped).toEqual([
      'README.md: is about the folder. Give it front matter to import it.',
      expect.stringMatching(/^bad\.md:\d+:\d+: the front matter is not valid YAML/),
      '2 other files: not .md, .mdx, .html, .pdf, .txt, .csv, .json or .jsonl',
    ]);
  });

  test('of a Docusaurus site, its languages are read, and its former versions are named', async () => {
    const french = 'i18n/fr/docusaurus-plugin-content-docs';
    put('docs/refund.md', '# Refunds\n\nx');
    put('docs/_category_.json', '{"label":"Start","link":{"title":"x","description":"x"}}');
    put('versioned_docs/version-1.0/refund.md', '# Refunds\n\nold');
    put(`${french}/current/refund.md`, '# Remboursements\n\nx');
    put(`${french}/version-1.0/refund.md`, '# Remboursements\n\nold');
    put('i18n/fr/code.json', '{"title":"x","description":"x"}');
    const { articles, skipped } = await readArticleFolder(folder, urlOf);
    expect(articles.map(({ id, translation }) => [id, translation?.group, translation?.language])).toEqual([
      ['docs/refund', 'docs/refund', 'und'],
      [`${french}/current/refund`, 'docs/refund', 'fr'],
    ]);
    expect(skipped.map(phraseText)).toEqual([
      `${french}/version-1.0/refund.md: is of another version. To answer from it, import its folder.`,
      'versioned_docs/version-1.0/refund.md: is of another version. To answer from it, import its folder.',
      expect.stringMatching(/^2 other files/),
    ]);
  });
});

/** The smallest PDF with one line of text. */
function pdfOf(text: string): Buffer {
  const content = `BT /F1 12 Tf 72 720 Td (${text}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let file = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const at = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(at).padStart(10, '0')} 00000 n \n`;
  });
  const xref = file.length;
  file += `xref\n0 6\n0000000000 65535 f \n${offsets.join('')}trailer << /Size 6 /Root 1 0 R >>\nstartxref\n${xref}\n%%EOF`;
  return Buffer.from(file, 'latin1');
}
