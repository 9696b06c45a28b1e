import { expect, test } from 'vitest';
import { parsePage } from './page.ts';

const read = (html: string | Uint8Array, type = 'text/html') =>
  parsePage({
    kind: 'page',
    url: 'https://help.shop.example/hc/refund',
    type,
    bytes: typeof html === 'string' ? Buffer.from(html) : html,
  });

test('links of a page keep their address on its host', async () => {
  const links = '<a href="card#how">Cards</a>, <a href="/hc/bank">banks</a>, <a href="https://bank.example/x">ours</a>';
  const { articles } = await read(`<main><h1>Refunds</h1><p>To ${links}, <a href="#more">more</a>.</p></main>`);
  expect(articles[0]?.body).toBe(
    'To [Cards](https://help.shop.example/hc/card#how), [banks](https://help.shop.example/hc/bank), [ours](https://bank.example/x), more.',
  );
});

test('a page is read in the encoding that its server names, or else in what it holds', async () => {
  const price = Buffer.from('<main><h1>Price</h1><p>5 \x80</p></main>', 'latin1');
  for (const type of ['text/html; charset=iso-8859-1', 'text/html; charset=utf-8', 'text/html'])
    expect((await read(price, type)).articles[0]?.body).toBe('5 €');
});

test('a page is a translation of those that it names, if it is among them', async () => {
  const alternate = (language: string, path: string) =>
    `<link rel="alternate" hreflang="${language}" href="https://help.shop.example${path}">`;
  const pageWith = async (...links: string[]) => {
    const { articles } = await read(`<head>${links.join('')}</head><main><h1>Refunds</h1><p>Nine days.</p></main>`);
    return articles[0]?.translation;
  };
  const others = [alternate('x-default', '/hc/'), alternate('de-de', '/de/erstattung/')];
  expect(await pageWith(alternate('en', '/hc/refund/'), ...others)).toEqual({
    group: 'https://help.shop.example/de/erstattung',
    language: 'en',
  });
  expect(await pageWith(alternate('en', '/hc/'), ...others)).toBeUndefined();
  expect(await pageWith(alternate('en', '/hc/refund'))).toBeUndefined();
});
