import { fileURLToPath } from 'node:url';
import { closeContexts, sharedBrowser } from '@firstword/testing/browser';
import { markupAttacks } from '@firstword/testing/markup-attacks';
import { addSecurityRow } from '@firstword/testing/security-row';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { markdownPatches } from '../client-patches.ts';
import { showcase } from './showcase.ts';

let browser: Browser;
let page: Page;
const asked: string[] = [];

beforeAll(async () => {
  const entry = fileURLToPath(new URL('../src/markdown/create-markdown.ts', import.meta.url));
  const built = await build({
    configFile: false,
    logLevel: 'error',
    plugins: [markdownPatches()],
    build: { write: false, lib: { entry, formats: ['iife'], name: 'drawn' } },
  });
  const [bundle] = Array.isArray(built) ? built : [built];
  if (!bundle || !('output' in bundle)) throw new Error('nothing was built');
  browser = await sharedBrowser();
  page = await browser.newPage();
  // Resources that an answer loads would be requested here.
  await page.route('**/*', (route) => {
    asked.push(route.request().url());
    return route.abort();
  });
  page.on('dialog', (dialog) => {
    asked.push(`dialog: ${dialog.message()}`);
    return dialog.dismiss();
  });
  await page.addScriptTag({ content: bundle.output[0].code });
  await page.evaluate(`
    window.draw = (pieces, citations) => {
      const target = document.createElement('div');
      document.body.replaceChildren(target);
      const markdown = drawn.createMarkdown(target, 'https://support.example');
      for (const piece of pieces) markdown.write(piece);
      markdown.end();
      if (citations) markdown.cite(citations);
      target.normalize();
      for (const part of target.querySelectorAll('.part')) part.replaceWith(...part.childNodes);
      return target.innerHTML;
    };
    window.splitEverywhere = (text) => {
      const whole = draw([text]);
      const letters = draw([...text]);
      if (letters !== whole) return [0, letters, whole];
      for (let at = 1; at < text.length; at += 1) {
        const html = draw([text.slice(0, at), text.slice(at)]);
        if (html !== whole) return [at, html, whole];
      }
      return [];
    };
  `);
});
afterAll(() => closeContexts(browser));

const draw = (...pieces: string[]) => page.evaluate<string>(`draw(${JSON.stringify(pieces)})`);

test.each([
  ['**bold** and *soft*', '<p><strong>bold</strong> and <em>soft</em></p>'],
  ['- one\n- two', '<ul><li>one</li><li>two</li></ul>'],
  ['Set order_id and user_name_long', '<p>Set order_id and user_name_long</p>'],
  ['2*3*4=24 and 5 * 6 * 7', '<p>2*3*4=24 and 5 * 6 * 7</p>'],
  ['5*4*3=60', '<p>5*4*3=60</p>'],
  ['a*b*c, 2**3**4 and snake_case_name', '<p>a*b*c, 2**3**4 and snake_case_name</p>'],
  ['*2*3* and *see order_id*', '<p><em>2</em>3* and <em>see order_id</em></p>'],
  ['int *ptr = 0', '<p>int *ptr = 0</p>'],
  ['*ptr\n\n**/*.ts\n\n- _x\n- __init', '<p>*ptr</p><p>**/*.ts</p><ul><li>_x</li><li>__init</li></ul>'],
  ['`2*3*4` and **an *open `x`', '<p><code>2*3*4</code> and **an *open <code>x</code></p>'],
  ['**bold *nested* text** end', '<p><strong>bold <em>nested</em> text</strong> end</p>'],
  ['***both*** **Note:**text', '<p><strong><em>both</em></strong> <strong>Note:</strong>text</p>'],
  ['中文**重点**文字', '<p>中文<strong>重点</strong>文字</p>'],
  ['* * *\nafter', '<hr><p>after</p>'],
  ['_soft_ words', '<p><em>soft</em> words</p>'],
  ['`order_id`', '<p><code>order_id</code></p>'],
  ['It costs $5 or $6', '<p>It costs $5 or $6</p>'],
  ['From $a to $b, or $$c$$', '<p>From $a to $b, or $$c$$</p>'],
  ['See [the note] below', '<p>See <span>[the note]</span> below</p>'],
  ['An open [bracket', '<p>An open <span>[bracket</span></p>'],
  ['A claim.[1] More', '<p>A claim.<sup class="mark">1</sup> More</p>'],
  ['![a cat](https://tracker.example/cat.png)', '<p><span>a cat</span></p>'],
  ['# Title', '<h3>Title</h3>'],
  ['> - one\n> - two\n\nAfter', '<blockquote><ul><li>one</li><li>two</li></ul></blockquote><p>After</p>'],
  ['> 1. one\n\nAfter', '<blockquote><ol><li>one</li></ol></blockquote><p>After</p>'],
  ['- one\n\n- two', '<ul><li>one</li><li>two</li></ul>'],
  ['1. Open it\n\n   Then *wait*\n\n2. Save', '<ol><li>Open it<br>Then <em>wait</em></li><li>Save</li></ol>'],
  // Indented by four, as some models write: no code.
  ['1.  Open it\n\n    Then wait\n\n2.  Save', '<ol><li> Open it<br>Then wait</li><li> Save</li></ol>'],
  ['- Open\n\n  more\n- b\n\nAfter', '<ul><li>Open<br>more</li><li>b</li></ul><p>After</p>'],
  ['1. a\n\n   - b\n   - c\n\n2. d', '<ol><li>a<ul><li>b</li><li>c</li></ul></li><li>d</li></ol>'],
  ['1. a\n\n    - b\n\n2. c', '<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>'],
  ['1. a\n   - b\n\n   of a\n2. c', '<ol><li>a<ul><li>b</li></ul><p>of a</p></li><li>c</li></ol>'],
  [
    '1. Run:\n\n   ```\n   x\n\n     y\n   ```\n\n2. b',
    '<ol><li>Run:<pre tabindex="0"><code>x\n\n  y</code></pre></li></ol><ol start="2"><li>b</li></ol>',
  ],
  ['```\n  x\n\n  y\n```', '<pre tabindex="0"><code>  x\n\n  y</code></pre>'],
  ['Text\n\n    code', '<p>Text</p><pre tabindex="0"><code>code</code></pre>'],
  [
    '- [x] paid\n- [ ] sent\n- [X] packed',
    '<ul><li><span>☑</span> paid</li><li><span>☐</span> sent</li><li><span>☑</span> packed</li></ul>',
  ],
])('%j is rendered as %s', async (text, html) => {
  expect(await draw(text)).toBe(html);
  expect(await page.evaluate<unknown[]>(`splitEverywhere(${JSON.stringify(text)})`)).toEqual([]);
});

test('a long answer is split into parts, none of which ends with a heading', async () => {
  const blocks = Array.from({ length: 40 }, (_, at) => (at % 6 === 5 ? '## A heading' : 'Some words.'));
  const parts = await page.evaluate<string[][]>(`(() => {
    const target = document.createElement('div');
    const markdown = drawn.createMarkdown(target, 'https://support.example');
    markdown.write(${JSON.stringify(blocks.join('\n\n'))});
    markdown.end();
    return [...target.children].map((part) => [...part.children].map(({ tagName }) => tagName));
  })()`);
  expect(parts.flat()).toHaveLength(40);
  expect(Math.max(...parts.map(({ length }) => length))).toBe(7);
  expect(parts.slice(0, -1).map((part) => part.at(-1))).not.toContain('H3');
});

const mail = (address: string) =>
  `<a href="mailto:${address}" title="${address}" target="_blank" rel="noopener noreferrer nofollow">${address}</a>`;
test.each([
  [
    'At <https://shop.example/a> or <https://shop.example/b>.',
    '<p>At <a href="https://shop.example/a" title="shop.example" target="_blank" rel="noopener noreferrer nofollow">https://shop.example/a</a> or <a href="https://shop.example/b" title="shop.example" target="_blank" rel="noopener noreferrer nofollow">https://shop.example/b</a>.</p>',
  ],
  ['Write to <help@shop.example>.', `<p>Write to ${mail('help@shop.example')}.</p>`],
  [
    'mailto:help@shop.example, or **a_b@shop.example**',
    `<p>${mail('help@shop.example')}, or <strong>${mail('a_b@shop.example')}</strong></p>`,
  ],
  [
    '- help@shop.example\n- `code@shop.example`',
    `<ul><li>${mail('help@shop.example')}</li><li><code>code@shop.example</code></li></ul>`,
  ],
])('addresses in %j are links', async (text, html) => {
  expect(await draw(text)).toBe(html);
  expect(await page.evaluate<unknown[]>(`splitEverywhere(${JSON.stringify(text)})`)).toEqual([]);
});

test('a bare address becomes a link without the full stop that ends the sentence', async () => {
  expect(await draw('Go to https://shop.example/a_b. Then wait')).toBe(
    '<p>Go to <a href="https://shop.example/a_b" title="shop.example" target="_blank" rel="noopener noreferrer nofollow">https://shop.example/a_b</a>. Then wait</p>',
  );
});

test('a citation mark becomes a link if its source is known, and otherwise stays a number', async () => {
  const html = await page.evaluate<string>(
    `draw(['One.[1] Two.[2]'], [{ n: 1, title: 'Returns', url: '/articles/returns' }, { n: 2, title: 'Bad', url: 'javascript:alert(1)' }])`,
  );
  expect(html).toContain('href="https://support.example/articles/returns"');
  expect(html).toContain('<sup class="mark">2</sup>');
});

test('marks count their sources from 1, in the order in which they appear', async () => {
  const html = await page.evaluate<string>(
    `draw(['One.[5] Two.[2] Three.[5]'], [{ n: 5, title: 'Returns', url: '/articles/returns' }, { n: 2, title: 'Delivery', url: '/articles/delivery' }])`,
  );
  expect([...html.matchAll(/<sup class="mark"><a href="([^"]*)"[^>]*>(\d)</g)].map(([, url, n]) => [n, url])).toEqual([
    ['1', 'https://support.example/articles/returns'],
    ['2', 'https://support.example/articles/delivery'],
    ['1', 'https://support.example/articles/returns'],
  ]);
});

const payloads = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg onload=alert(1)>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<a href="javascript:alert(1)">x</a>',
  '<style>*{background:url(https://canary.example/s)}</style>',
  '<link rel=stylesheet href=https://canary.example/l>',
  '<base href=https://canary.example>',
  '<form action=https://canary.example><button>x</button></form>',
  '<math><mtext></mtext><mglyph><style><img src=x onerror=alert(1)>',
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x](java\tscript:alert(1))',
  '[x](data:text/html,<script>alert(1)</script>)',
  '[x](vbscript:msgbox(1))',
  '[x](https://shop.example" onmouseover="alert(1))',
  '[x](https://shop.example@evil.example)',
  '![x](https://canary.example/i.png)',
  '![x](javascript:alert(1))',
  '![a](https://canary.example/a)![b](https://canary.example/b)',
  '[![x](https://canary.example/n.png)](javascript:alert(1))',
  '[ref]: https://canary.example/r\n![y][ref]',
  '<https://canary.example/auto>',
  'javascript:alert(1)',
  '```html\n<script>alert(1)</script>\n```',
  '```" onload="alert(1)\nx\n```',
  '`<img src=x onerror=alert(1)>`',
  '| <img src=x onerror=alert(1)> |\n|---|\n| [x](javascript:alert(1)) |',
  '> <script>alert(1)</script>',
  '# <img src=x onerror=alert(1)>',
  '- [ ] <img src=x onerror=alert(1)>',
  '$$\n<img src=x onerror=alert(1)>\n$$',
  '\\[\n<script>alert(1)</script>\n\\]',
  '<br onclick=alert(1)>',
  '**<b onclick=alert(1)>**',
  '\u202e[x](javascript:alert(1))',
  '[1](javascript:alert(1))',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
];

/** Elements, attributes and schemes of links that no answer may have. */
const foreignMarkup = () =>
  page.evaluate<string[]>(`[...document.body.querySelectorAll('*')].flatMap((element) => {
      const allowed = ['div','p','br','hr','h3','em','strong','s','code','pre','ul','ol','li','blockquote','table','thead','tbody','tr','th','td','a','sup','span'];
      const attributes = element.getAttributeNames().filter((name) => !['href','title','target','rel','class','tabindex','start'].includes(name));
      const link = element.tagName === 'A' && !/^(https?:|mailto:|tel:)/.test(element.href) ? [element.href] : [];
      return [...(allowed.includes(element.localName) ? [] : [element.localName]), ...attributes, ...link];
    })`);

test.each([
  ...payloads,
  showcase.answer,
  'Grüße 👋🏽 aus [Köln](https://köln.example) – _gut_ **so**[1]\n1. a\n   - b',
])('split at each offset, %j renders the same, and only allowed elements', async (text) => {
  expect(await page.evaluate<unknown[]>(`splitEverywhere(${JSON.stringify(text)})`)).toEqual([]);
  expect(await foreignMarkup()).toEqual([]);
  expect(asked).toEqual([]);
});

test('generated attacks, split at each offset, render the same, and only allowed elements', async ({ task }) => {
  const attacks = markupAttacks().filter((_, at) => at % 3 === 0);
  for (const text of attacks) {
    expect(await page.evaluate<unknown[]>(`splitEverywhere(${JSON.stringify(text)})`)).toEqual([]);
    expect(await foreignMarkup(), text).toEqual([]);
  }
  expect(asked).toEqual([]);
  const splits = attacks.reduce((sum, { length }) => sum + length, 0);
  addSecurityRow(task, {
    id: 'S13',
    tried: `${attacks.length} answers with markup, split at every offset (${splits} splits), through the widget’s renderer in Chromium`,
    result: `${asked.length} dialogs and requests, 0 foreign elements, 0 scripts`,
  });
});

test('no text is lost between citation marks', async () => {
  const text = await page.evaluate<string>(`draw([${JSON.stringify(showcase.answer)}]) && document.body.textContent`);
  for (const word of [
    'unopened',
    'replacement',
    'order_id',
    '4711',
    'Grinders',
    '60 days',
    'Refunds',
    'help@shop.example',
    'FW-4711',
  ])
    expect(text).toContain(word);
});

test.each([
  ['nested quotes', '>'.repeat(4000)],
  ['open brackets', '['.repeat(16_000)],
  ['open emphasis', '*a '.repeat(10_000)],
  ['open strong and quotes', '**_~~`'.repeat(5000)],
  ['a link that never ends', `[x](${'a'.repeat(30_000)}`],
  ['an address that never ends', `https://${'a'.repeat(30_000)}`],
  ['a table that never ends', '| a '.repeat(8000)],
  ['lists in lists', Array.from({ length: 400 }, (_, depth) => `${' '.repeat(depth)}- x`).join('\n')],
])('%s, as long as an answer can be, are rendered within seconds', async (_, text) => {
  const [ms, depth] = await page.evaluate<[number, number]>(`(() => {
    const pieces = ${JSON.stringify(text.slice(0, 32_000))}.match(/[\\s\\S]{1,8}/g);
    const from = performance.now();
    draw(pieces);
    const depth = (element) => 1 + Math.max(0, ...[...element.children].map(depth));
    return [performance.now() - from, depth(document.body)];
  })()`);
  expect(ms).toBeLessThan(10_000);
  expect(depth).toBeLessThan(30);
});
