import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPhraseFinder } from './hand-off-phrases.ts';

const find = (phrase: string, text: string, sets: Record<string, string> = {}) =>
  createPhraseFinder([{ sets, phrases: { found: [phrase] } }]).find(text).length > 0;

/** Any code units, also lone surrogates and combining marks without a letter. */
const anyText = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 500 })
  .map((units) => String.fromCharCode(...units));

test('words are compared without case, accents, width or apostrophes of contractions', () => {
  expect(find('cafe dont', 'CAFÉ, don’t!')).toBe(true);
  expect(find('agent', 'l’agent')).toBe(true);
  expect(find('agent', 'ａｇｅｎｔ')).toBe(true);
});

test('a gap skips up to its number of words and never crosses the end of a sentence', () => {
  expect(find('want ..2 agent', 'want to an agent')).toBe(true);
  expect(find('want ..2 agent', 'want one two three agent')).toBe(false);
  expect(find('want ..2 agent', 'That is what I want. An agent of chaos')).toBe(false);
});

test('edges match the start and end of a sentence', () => {
  expect(find('^ agent please? $', 'No idea. Agent please!')).toBe(true);
  expect(find('^ agent please? $', 'my agent please')).toBe(false);
});

test('sets and choices may contain entries of several words', () => {
  const sets = { human: 'person, human being' };
  expect(find('a {human}', 'a human being', sets)).toBe(true);
  expect(find('in small_claims|court', 'in small claims')).toBe(true);
});

test('a choice matches as many words as it can', () => {
  const finder = createPhraseFinder([{ sets: { courtesy: '好, 好的' }, phrases: { found: ['{courtesy}'] } }]);
  expect(finder.find('好的')).toEqual([{ name: 'found', phrase: '{courtesy}', from: 0, to: 2 }]);
});

test('beginnings, endings after clitics, numbers and typing slips match', () => {
  expect(find('authori*', 'authorised')).toBe(true);
  expect(find('*נציג', 'לנציג')).toBe(true);
  expect(find('took #', 'took $300')).toBe(true);
  expect(find('person~', 'eprson')).toBe(true);
  expect(find('person~', 'persson')).toBe(true);
  expect(find('person~', 'reason')).toBe(false);
});

test('Chinese and Japanese match character by character', () => {
  expect(find('转 ..2 人工', '请帮我转接人工服务')).toBe(true);
  expect(find('オペレーター', '今すぐオペレーターを')).toBe(true);
});

test('the error for a phrase that cannot be read names the phrase', () => {
  expect(() => find('a {team}', '', { human: 'person' })).toThrow(
    'phrase "a {team}": unknown set "team"; known are human',
  );
  expect(() => find('.. agent', '')).toThrow('a phrase must begin with a word, not with a gap');
});

test('no text makes the finder throw', () => {
  const finder = createPhraseFinder([
    {
      sets: { human: 'person~, human being' },
      phrases: { found: ['want ..3 {human}', '*gent ..2 #|$x', '^ 人 ..4 $'] },
    },
  ]);
  fc.assert(fc.property(anyText, (text) => Array.isArray(finder.find(text))));
});

test('an explanation names the phrase and the words that matched it', () => {
  const finder = createPhraseFinder([{ sets: { human: 'person~' }, phrases: { found: ['want ..2 {human}'] } }]);
  expect(finder.explain('I want a Persn!')).toEqual([
    { name: 'found', phrase: 'want ..2 {human}', words: 'want a persn' },
  ]);
});
