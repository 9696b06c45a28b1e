import { describe, expect, test } from 'vitest';
import type { Article } from './article.ts';
import { translationsOfPaths, withPathTranslation } from './path-translations.ts';

const groupsOf = (paths: readonly string[]) =>
  Object.fromEntries(
    [...translationsOfPaths(paths)].map(([path, { group, language = 'original' }]) => [path, `${group} ${language}`]),
  );

describe('files are translations of one another', () => {
  test('in folders that are named after their languages', () => {
    expect(groupsOf(['en/returns/refund.md', 'pt_BR/returns/refund.md', 'zh-hans/returns/refund.mdx'])).toEqual({
      'en/returns/refund.md': 'returns/refund en',
      'pt_BR/returns/refund.md': 'returns/refund pt-BR',
      'zh-hans/returns/refund.mdx': 'returns/refund zh-Hans',
    });
  });

  test('where the original is beside such a folder', () => {
    expect(groupsOf(['docs/refund.md', 'docs/de/refund.md', 'docs/card.md'])).toEqual({
      'docs/refund.md': 'docs/refund original',
      'docs/de/refund.md': 'docs/refund de',
    });
  });

  test('in the trees of Docusaurus', () => {
    const french = 'i18n/fr/docusaurus-plugin-content-docs/current/refund.md';
    const community = 'i18n/fr/docusaurus-plugin-content-docs-community/current/rules.md';
    expect(groupsOf(['docs/refund.md', french, 'community/rules.md', community])).toEqual({
      'docs/refund.md': 'docs/refund original',
      [french]: 'docs/refund fr',
      'community/rules.md': 'community/rules original',
      [community]: 'community/rules fr',
    });
  });

  test('by the end of their names', () => {
    expect(groupsOf(['refund.md', 'refund.de.md', 'node.js.md', 'notes.v2.md'])).toEqual({
      'refund.md': 'refund original',
      'refund.de.md': 'refund de',
    });
  });

  test('in the folder that differs, where another one has the name of a language', () => {
    expect(groupsOf(['en/it/vpn.md', 'de/it/vpn.md'])).toEqual({
      'en/it/vpn.md': 'it/vpn en',
      'de/it/vpn.md': 'it/vpn de',
    });
  });
});

test('a file in one language only, and files of the same name in other folders, are no translations', () => {
  expect(groupsOf(['en/refund.md', 'en/card.md', 'new/refund.md', 'old/refund.md', 'img/refund.md'])).toEqual({});
});

describe('the text decides whether a folder is named after its language', () => {
  const english: Article = {
    ...{ id: 'x', title: 'Access', keywords: '', category: '', url: '' },
    body: 'You can ask for the access that you need with this form.',
  };
  const read = (path: string, others: readonly string[]) => {
    const translation = translationsOfPaths([path, ...others]).get(path);
    return translation && withPathTranslation(english, translation).translation;
  };

  test('so departments are not languages', () => {
    expect(read('it/access.md', ['hr/access.md'])).toBeUndefined();
    expect(read('hr/access.md', ['it/access.md'])).toBeUndefined();
    expect(read('en/access.md', ['de/access.md'])).toEqual({ group: 'access', language: 'en' });
  });

  test('nor are countries', () => {
    expect(read('be/access.md', ['uk/access.md'])).toBeUndefined();
    expect(read('uk/access.md', ['be/access.md'])).toBeUndefined();
  });

  test('and the language of an original is that of its text', () => {
    expect(read('access.md', ['de/access.md'])).toEqual({ group: 'access', language: 'en' });
  });

  test('but Docusaurus keeps what is not translated yet in the tree of the language', () => {
    expect(read('i18n/fr/docusaurus-plugin-content-docs/current/access.md', ['docs/access.md'])).toEqual({
      group: 'docs/access',
      language: 'fr',
    });
  });
});
