import { expect, test } from 'vitest';
import { readFailure } from '../api-failure.ts';
import { phraseText, saidText } from './phrase-texts.ts';

test('a phrase with phrases in it is one sentence', () => {
  const reason = {
    wording: 'redirects to {0}, {1}',
    values: ['https://b.example', { wording: 'which is excluded', values: [] }],
  };
  expect(phraseText({ wording: '{0}: {1}', values: ['https://a.example', reason] })).toBe(
    'https://a.example: redirects to https://b.example, which is excluded',
  );
});

test('a value that reads like a place for another one is shown as it is', () => {
  expect(phraseText({ wording: 'There is no site "{0}".', values: ['{0}{1}'] })).toBe('There is no site "{0}{1}".');
});

test('what an earlier version has stored without a phrase is shown as it was written', () => {
  expect(saidText(undefined, 'The receiver is gone.')).toBe('The receiver is gone.');
});

test('a refusal with a phrase is worded by it', () => {
  const refusal = {
    code: 'not-allowed',
    message: 'You have 20 views.',
    phrase: { wording: 'You have {0} views.', values: ['20'] },
  };
  expect(readFailure(409, JSON.stringify(refusal))).toMatchObject({ ok: false, message: 'You have 20 views.' });
});
