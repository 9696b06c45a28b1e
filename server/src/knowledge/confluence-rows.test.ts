import { describe, expect, test } from 'vitest';
import { phraseText } from '../lib/phrase.ts';
import { readArticleFile } from './read-articles.ts';

const read = async (json: unknown, path = 'pages.json') => {
  const { articles, skipped } = await readArticleFile(Buffer.from(JSON.stringify(json)), path);
  return { articles, skipped: skipped.map(phraseText) };
};
const base = 'https://shop.example/wiki';
const links = { webui: '/spaces/HELP/pages/11/Refunds', editui: '/pages/resumedraft.action?draftId=11' };
const storage = (value: string) => ({ storage: { value, representation: 'storage' } });
const pageOf = (value: string) => ({
  id: '11',
  status: 'current',
  title: 'Refunds',
  body: storage(value),
  _links: links,
});
const bodyOf = async (value: string) => (await read({ results: [pageOf(value)] })).articles[0]?.body;

describe('what the REST API returns', () => {
  test('v1: a list of pages with their spaces, labels and addresses', async () => {
    const page = {
      ...pageOf('<p>A refund takes <strong>nine</strong> days.</p>'),
      type: 'page',
      space: { id: 7, key: 'HELP', name: 'Help centre', type: 'global' },
      metadata: { labels: { results: [{ prefix: 'global', name: 'money', id: '1', label: 'money' }], size: 1 } },
    };
    const { articles, skipped } = await read({
      results: [page],
      ...{ start: 0, limit: 25, size: 1 },
      _links: { base, context: '/wiki', self: `${base}/rest/api/content?expand=body.storage` },
    });
    expect(skipped).toEqual([]);
    expect(articles).toMatchObject([
      {
        id: '11',
        title: 'Refunds',
        body: 'A refund takes **nine** days.',
        url: `${base}/spaces/HELP/pages/11/Refunds`,
        category: 'Help centre',
        keywords: 'money',
      },
    ]);
  });

  test('v2: a list, and one page', async () => {
    const page = {
      ...pageOf('<p>Nine days.</p>'),
      spaceId: '7',
      parentId: '3',
      parentType: 'page',
      version: { number: 2 },
    };
    const url = `${base}/spaces/HELP/pages/11/Refunds`;
    const list = { results: [page], _links: { next: '/wiki/api/v2/pages?cursor=x', base } };
    expect((await read(list)).articles).toMatchObject([{ id: '11', body: 'Nine days.', url }]);
    expect((await read({ ...page, _links: { ...links, base } })).articles).toMatchObject([{ id: '11', url }]);
  });

  test('each page that is left out is named, and the others are read', async () => {
    const adf = { atlas_doc_format: { value: '{"type":"doc"}', representation: 'atlas_doc_format' } };
    const { articles, skipped } = await read({
      results: [
        pageOf('<p>Nine days.</p>'),
        { ...pageOf('<p>Soon.</p>'), id: '12', status: 'draft' },
        { ...pageOf('<p>Old.</p>'), id: '13', status: 'trashed' },
        { ...pageOf('<p>Thanks!</p>'), id: '14', type: 'comment' },
        { ...pageOf(''), id: '15', body: adf },
        { ...pageOf('<ac:structured-macro ac:name="children" />'), id: '16' },
        { id: '17', status: 'current', title: 'Without a body' },
      ],
    });
    expect(articles.map(({ id }) => id)).toEqual(['11']);
    expect(skipped).toEqual([
      'pages.json, entry 2: is a draft',
      'pages.json, entry 3: is a draft',
      'pages.json, entry 4: is of the type "comment", which is not a page',
      'pages.json, entry 5: is in the Atlassian Document Format. Export it in the storage format.',
      'pages.json, entry 6: has no text',
      'pages.json, entry 7: has no text',
    ]);
  });
});

describe('the storage format', () => {
  test('code stays as it is, with its language and title', async () => {
    const code = 'if (a < b && c) {\n  print("<p>");\n}';
    expect(
      await bodyOf(
        `<p>Run:</p><ac:structured-macro ac:name="code" ac:schema-version="1" ac:macro-id="a1"><ac:parameter ac:name="title">check.js</ac:parameter><ac:parameter ac:name="language">js</ac:parameter><ac:plain-text-body><![CDATA[${code}]]></ac:plain-text-body></ac:structured-macro><p>Done.</p>`,
      ),
    ).toBe(`Run:\n\n**check.js**\n\n\`\`\`js\n${code}\n\`\`\`\n\nDone.`);
  });

  test('panels and what unfolds keep their titles and texts, one in another', async () => {
    expect(
      await bodyOf(
        `<ac:structured-macro ac:name="warning"><ac:parameter ac:name="title">Mind the box</ac:parameter><ac:rich-text-body><p>Keep it.</p><ac:structured-macro ac:name="expand"><ac:parameter ac:name="title">Why?</ac:parameter><ac:rich-text-body><p>We check it.</p></ac:rich-text-body></ac:structured-macro></ac:rich-text-body></ac:structured-macro><ac:structured-macro ac:name="info"><ac:rich-text-body><p>Nine days.</p></ac:rich-text-body></ac:structured-macro>`,
      ),
    ).toBe('**Mind the box**\n\nKeep it.\n\n**Why?**\n\nWe check it.\n\nNine days.');
  });

  test('the columns of a layout, tasks, dates and labels are text', async () => {
    expect(
      await bodyOf(
        `<ac:layout><ac:layout-section ac:type="two_equal"><ac:layout-cell><p>Left until <time datetime="2026-03-01" />.</p></ac:layout-cell><ac:layout-cell><ac:task-list><ac:task><ac:task-id>1</ac:task-id><ac:task-uuid>u-1</ac:task-uuid><ac:task-status>incomplete</ac:task-status><ac:task-body><span class="placeholder-inline-tasks">Pack the <em>box</em></span></ac:task-body></ac:task></ac:task-list><p>It is <ac:structured-macro ac:name="status"><ac:parameter ac:name="colour">Green</ac:parameter><ac:parameter ac:name="title">FREE</ac:parameter></ac:structured-macro>.</p></ac:layout-cell></ac:layout-section></ac:layout>`,
      ),
    ).toBe('Left until 2026-03-01.\n\n- Pack the *box*\n\nIt is FREE.'.replaceAll('*box*', '_box_'));
  });

  test('links to pages become text, links to addresses stay, and mentions are left out', async () => {
    expect(
      await bodyOf(
        `<p>See <ac:link><ri:page ri:space-key="HELP" ri:content-title="Cards &amp; banks" /></ac:link>, <ac:link ac:anchor="how"><ri:page ri:content-title="Cards" /><ac:plain-text-link-body><![CDATA[how <we> pay]]></ac:plain-text-link-body></ac:link>, <ac:link><ri:attachment ri:filename="form.pdf" /><ac:link-body><strong>the form</strong></ac:link-body></ac:link> and <a href="https://shop.example/x">our page</a>. <ac:link><ri:user ri:account-id="5d1" /></ac:link></p>`,
      ),
    ).toBe('See Cards & banks, how <we> pay, **the form** and [our page](https://shop.example/x).');
  });

  test('lists of headings and pages, pictures and hints for the writer are left out', async () => {
    expect(
      await bodyOf(
        `<ac:structured-macro ac:name="toc"><ac:parameter ac:name="maxLevel">3</ac:parameter></ac:structured-macro><h2>How long</h2><p>Nine days<ac:emoticon ac:name="smile" ac:emoji-fallback="🙂" />.</p><ac:image ac:height="250" ac:alt="box.png"><ri:attachment ri:filename="box.png" /><ac:caption><p>The box</p></ac:caption></ac:image><p><ac:placeholder>Write here</ac:placeholder></p>`,
      ),
    ).toBe('## How long\n\nNine days🙂.\n\nThe box');
  });

  test('a table keeps its cells, and a block of the new editor the text for older readers', async () => {
    expect(
      await bodyOf(
        `<table data-layout="default"><tbody><tr><th><p>Plan</p></th><th><p>Price</p></th></tr><tr><td><p>Basic</p></td><td><p>5 €</p></td></tr></tbody></table><ac:adf-extension><ac:adf-node type="panel"><ac:adf-attribute key="panel-type">note</ac:adf-attribute><ac:adf-content><p>Own.</p></ac:adf-content></ac:adf-node><ac:adf-fallback><div class="panel"><p>Keep the box.</p></div></ac:adf-fallback></ac:adf-extension>`,
      ),
    ).toBe('| Plan  | Price |\n| ----- | ----- |\n| Basic | 5 €   |\n\nKeep the box.');
  });
});

test('the first page of an export of a space, which lists the others, is left out', async () => {
  const page = `<html><head><title>Help centre</title></head><body><div id="main"><h1 id="title-heading"><span id="title-text">Space Details:</span></h1>
    <div id="content"><div id="main-content" class="pageSection"><table><tr><th>Key</th><td>HELP</td></tr></table></div>
    <div class="pageSection"><div class="pageSectionHeader"><h2 class="pageSectionTitle">Available Pages:</h2></div><ul><li><a href="Refunds_11.html">Refunds</a></li></ul></div></div></div></body></html>`;
  const { articles, skipped } = await readArticleFile(Buffer.from(page), 'HELP/index.html');
  expect(articles).toEqual([]);
  expect(skipped.map(phraseText)).toEqual(['HELP/index.html: lists the pages of a Confluence space']);
});
