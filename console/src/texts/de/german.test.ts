import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { german } from './german.ts';
import { siteDescriptions } from './site-descriptions.ts';

const here = import.meta.dirname;
/** The tests run in English, so that these are the English catalogs. */
const modules = import.meta.glob<Record<string, unknown>>('../*-texts.ts', { eager: true });
const english: Record<string, unknown> = Object.fromEntries(
  Object.values(modules).flatMap((exports) =>
    Object.entries(exports).flatMap(([name, catalog]) =>
      name.endsWith('Texts') && typeof catalog === 'object' ? [[name.slice(0, -'Texts'.length), catalog]] : [],
    ),
  ),
);

/** The same word in both languages. */
const ALIKE = new Set([
  ...['Ticket', 'Tickets', 'Spam', 'System', 'Agent', 'Team', 'Code', 'Name', 'Text', 'Status', 'Details', 'Normal'],
  ...[
    'Administrator',
    'Budgets',
    'Webhooks',
    'Sitemap',
    'Version',
    'Versions',
    'Firstword',
    'URL',
    'ID',
    'Region',
    'Filter',
  ],
  ...[
    'p50',
    'p75',
    'p95',
    'TTFT',
    'TTFT p50',
    'TTFT p95',
    'Benchmark',
    'neutral',
    'Link',
    'Text (Markdown)',
    'Online',
    'Offline',
  ],
  ...['Authorization: Bearer', 'api-key (Azure)', 'x-api-key'],
]);

/** For functions whose parameters are no numbers. */
const VALUES: Readonly<Record<string, readonly unknown[]>> = {
  'list.acted': ['claim', 12, 13],
  'ticket.urgency': ['low'],
  'status.yours': ['away'],
  'macro.tag': [['vip', 'refund']],
  'analysis.dropped': [['goal', 'policies']],
  'report.sentences.objective': [{ share: '97 %', within: '400 ms', objective: '95 %', met: true }],
  'model.banner': ['unauthorized'],
  'model.asked': [{ address: 'https://models.example', upstreamName: 'small' }],
  'visitorData.removed': [{ conversations: 12, messages: 13, files: 14, tickets: 15 }],
};
/** Functions that only put their values together. */
const COMBINED =
  /^(?:webhook\.named|ticket\.(?:ticket|happened|withComment)|call\.ttft|report\.unpriced|analysis\.promptVersion|knowledge\.version)$|id$/i;

interface Entry {
  readonly path: string;
  readonly one: unknown;
  readonly other: unknown;
}

/** Every text and every function of the English catalogs, with the German one. */
function entries(one: unknown, other: unknown, path: string): Entry[] {
  if (typeof one !== 'object' || one === null) return [{ path, one, other }];
  const others = new Map(typeof other === 'object' && other !== null ? Object.entries(other) : []);
  return Object.entries(one).flatMap(([name, value]) =>
    entries(value, others.get(name), path === '' ? name : `${path}.${name}`),
  );
}
const all = entries(english, german, '');

function textOf(value: unknown, path: string): unknown {
  if (typeof value !== 'function') return value;
  const values = VALUES[path] ?? Array.from({ length: value.length }, (_, index) => 11 + index);
  return Reflect.apply(value, undefined, values);
}

test('every module with texts has a German catalog', () => {
  const files = (folder: string) => readdirSync(folder).filter((name) => name.endsWith('-texts.ts'));
  expect(files(here)).toEqual(files(join(here, '..')));
  expect(Object.keys(german).toSorted()).toEqual(Object.keys(english).toSorted());
});

test('every text is translated', () => {
  expect(all.length).toBeGreaterThan(700);
  const missing = all.filter(({ one, other }) => typeof one !== typeof other || (one !== '' && other === ''));
  expect(missing.map(({ path }) => path)).toEqual([]);
});

test('no German text is the English one, except for words that are the same', () => {
  const alike = all.filter(({ path, one, other }) => {
    const text = textOf(one, path);
    if (typeof text !== 'string' || text === '' || text !== textOf(other, path)) return false;
    return typeof one === 'function' ? !COMBINED.test(path) : !ALIKE.has(text);
  });
  expect(alike.map(({ path, one }) => `${path}: ${one}`)).toEqual([]);
});

test('a text with values has each of them in German, too', () => {
  const functions = all.filter(({ one }) => typeof one === 'function');
  expect(functions.length).toBeGreaterThan(100);
  for (const { path, one, other } of functions) {
    const [text, translation] = [String(textOf(one, path)), String(textOf(other, path))];
    expect(translation, path).not.toMatch(/undefined|NaN|\[object/);
    for (const value of text.match(/\d{2,}/g) ?? []) expect(translation, path).toContain(value);
  }
});

test('quotation marks, dots and dashes are German', () => {
  for (const { path, other } of all) {
    const text = String(typeof other === 'function' ? textOf(other, path) : other);
    expect(text, path).not.toMatch(/["“][^„]*”|’s |\w…| - (?!und)/);
  }
});

test('the German catalogs import nothing of the console but types, because its first script waits for them', () => {
  for (const name of readdirSync(here).filter((file) => !file.includes('.test.'))) {
    const imports = readFileSync(join(here, name), 'utf8').match(/^import (?!type ).*$/gm) ?? [];
    for (const line of imports) expect(line, name).toMatch(/ from '\.\/[\w-]+\.ts';$/);
  }
});

test('every setting of a site is described in German', () => {
  const reference: unknown = JSON.parse(readFileSync(join(here, '../../../../firstword.config.schema.json'), 'utf8'));
  const texts = entries(reference, undefined, '').filter(({ path }) =>
    /^properties\.(?:sites\.items|budgets\.properties\.sites\.additionalProperties)\.properties\..*description$/.test(
      path,
    ),
  );
  expect(texts.length).toBeGreaterThan(60);
  const missing = texts.filter(({ one }) => !Object.hasOwn(siteDescriptions, String(one)));
  expect(missing.map(({ path, one }) => `${path}: ${one}`)).toEqual([]);
});
