import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { portOf } from '@firstword/server/lib/port-of';
import express from 'express';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readArticles } from './article-files.ts';
import { createDemoSite } from './demo-site.ts';

const content = join(import.meta.dirname, '../content');
const articles = await readArticles(join(content, 'articles'));
const site = createDemoSite({
  articles,
  assetsDir: join(content, 'site'),
  widgetSrc: '/widget.js',
  siteId: 'demo',
  engineLabel: () => 'demo <engine>',
  consoleUrl: '/console',
});
const server = createServer(express().use(site));
let url = '';

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${portOf(server)}`;
});
afterAll(() => server.close());

const read = async (path: string) => {
  const response = await fetch(url + path);
  return { response, text: await response.text() };
};
const paths = ['/', '/?q=refund', '/?q=zzzz', '/help/delivery-times', '/help/nowhere'];

describe.each(paths)('the page %s', (path) => {
  test('has one main heading and the landmarks for screen readers', async () => {
    const { text } = await read(path);
    for (const tag of ['h1', 'header', 'main', 'footer']) {
      expect(text.match(new RegExp(`<${tag}[ >]`, 'g')), tag).toHaveLength(1);
    }
    expect(text).toContain('href="#main"');
  });

  test('has no inline scripts or styles, so it works under its strict policy', async () => {
    const { text, response } = await read(path);
    expect(response.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(text).not.toMatch(/<style|<script(?![^>]* src=)| style="| on[a-z]+="/);
  });

  test('loads the widget, says that this is a demo and what answers, and links to the console', async () => {
    const { text } = await read(path);
    expect(text).toMatch(/<script async src="\.{1,2}\/widget\.js" data-site="demo" data-accent="#1f6f5c"><\/script>/);
    expect(text).toContain('demo &lt;engine&gt;');
    expect(text).toMatch(/href="\.{1,2}\/console"/);
  });

  test('links relative to itself, so that it works below any path', async () => {
    const { text } = await read(path);
    expect(text).not.toMatch(/(href|src|action)="\//);
    const links = [...text.matchAll(/(?:href|src)="(\.[^"#]*)"/g)].map(([, link = '']) => new URL(link, url + path));
    for (const { pathname } of links) expect(pathname).toMatch(/^\/($|help\/|site\/|console$|widget\.js$)/);
  });
});

test('the home page lists every article', async () => {
  const { text } = await read('/');
  for (const { id } of articles) expect(text).toContain(`href="./help/${id}"`);
});

test.each([
  ['refund', 'refunds'],
  ['lamp bulb', 'lamps-and-bulbs'],
  ['pasword', 'password'],
  ['where is my order', 'track-order'],
])('searching for "%s" finds %s first or second', async (query, id) => {
  const { text } = await read(`/?q=${encodeURIComponent(query)}`);
  const results = [...text.matchAll(/<li><a href="\.\/help\/([a-z-]+)">/g)].map(([, found]) => found);
  expect(results.slice(0, 2)).toContain(id);
});

test('a search query is escaped', async () => {
  const { text } = await read(`/?q=${encodeURIComponent('"><img src=x onerror=1>')}`);
  expect(text).not.toContain('<img');
  expect(text).toContain('&quot;&gt;&lt;img');
});

test('every link between articles leads to an existing article', async () => {
  for (const { id } of articles) {
    const { text, response } = await read(`/help/${id}`);
    expect(response.status).toBe(200);
    for (const [, linked] of text.matchAll(/href="\/help\/([^"]+)"/g)) {
      expect(articles.map((article) => article.id)).toContain(linked);
    }
    // An unlinked title in quotation marks names an article that does not exist.
    expect(text).not.toMatch(/see &quot;/);
  }
});

test('an unknown article gets 404, and other paths go to the next handler', async () => {
  expect((await read('/help/nowhere')).response.status).toBe(404);
  const { response, text } = await read('/console');
  expect(response.status).toBe(404);
  expect(text).not.toContain('Wendleby');
});

test('serves its style sheet and script, and no other files', async () => {
  expect((await read('/site/help.css')).response.headers.get('content-type')).toContain('text/css');
  expect((await read('/site/help.js')).response.status).toBe(200);
  expect((await read('/site/../articles/returns.md')).response.status).toBe(404);
  expect((await read('/site/%2e%2e/articles/returns.md')).response.status).not.toBe(200);
});
