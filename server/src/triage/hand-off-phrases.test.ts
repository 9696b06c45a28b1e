import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPhraseFinder } from './hand-off-phrases.ts';

const find = (phrase: string, text: string, sets: Record<string, string> = {}) =>
  createPhraseFinder([{ sets, phrases: { found: [phrase] } }])(text).length > 0;

/** Any code units, so lone halves of signs and marks without a letter too. */
const anyText = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 500 })
  .map((units) => String.fromCharCode(...units));

test('words are compared without case, accents, width or apostrophes of contractions', () => {
  expect(find('cafe dont', 'CAFÉ, don’t!')).toBe(true);
  expect(find('agent', 'l’agent')).toBe(true);
  expect(find('agent', 'ａｇｅｎｔ')).toBe(true);
});

test('a gap reaches as far as it says and never over the end of a sentence', () => {
  expect(find('want ..2 agent', 'want to an agent')).toBe(true);
  expect(find('want ..2 agent', 'want one two three agent')).toBe(false);
  expect(find('want ..2 agent', 'That is what I want. An agent of chaos')).toBe(false);
});

test('edges hold a phrase to a whole sentence', () => {
  expect(find('^ agent please? $', 'No idea. Agent please!')).toBe(true);
  expect(find('^ agent please? $', 'my agent please')).toBe(false);
});

test('sets may hold entries of several words, and choices may too', () => {
  const sets = { human: 'person, human being' };
  expect(find('a {human}', 'a human being', sets)).toBe(true);
  expect(find('in small_claims|court', 'in small claims')).toBe(true);
});

test('beginnings, ends with clitics, numbers and slips of the keyboard are told apart', () => {
  expect(find('authori*', 'authorised')).toBe(true);
  expect(find('*נציג', 'לנציג')).toBe(true);
  expect(find('took #', 'took $300')).toBe(true);
  expect(find('person~', 'eprson')).toBe(true);
  expect(find('person~', 'persson')).toBe(true);
  expect(find('person~', 'reason')).toBe(false);
});

test('Chinese and Japanese are compared sign by sign', () => {
  expect(find('转 ..2 人工', '请帮我转接人工服务')).toBe(true);
  expect(find('オペレーター', '今すぐオペレーターを')).toBe(true);
});

test('a phrase that cannot be read names itself', () => {
  expect(() => find('a {nobody}', '')).toThrow('phrase "a {nobody}": there is no set "nobody"');
  expect(() => find('.. agent', '')).toThrow('a phrase must begin with a word');
});

test('no text makes the finder throw', () => {
  const finder = createPhraseFinder([
    {
      sets: { human: 'person~, human being' },
      phrases: { found: ['want ..3 {human}', '*gent ..2 #|$x', '^ 人 ..4 $'] },
    },
  ]);
  fc.assert(fc.property(anyText, (text) => Array.isArray(finder(text))));
});
