import { expect, test } from 'vitest';
import { apiKeySchema, repairAddress, repairKey } from './endpoint-values.ts';

test.each([
  ['sk-abc', []],
  ['sk-abc\n', ['blanks or line breaks']],
  ['  sk-abc\t', ['blanks or line breaks']],
  ['\u200Bsk-abc\uFEFF', ['blanks or line breaks']],
  ['"sk-abc"', ['quotes']],
  ["'sk-abc'", ['quotes']],
  ['“sk-abc”', ['quotes']],
  ['Bearer sk-abc', ['"Bearer"']],
  ['Authorization: Bearer sk-abc', ['"Bearer"']],
  [' "bearer  sk-abc\n" ', ['blanks or line breaks', 'quotes', '"Bearer"']],
])('the key %j is read as sk-abc', (given, removed) => {
  expect(repairKey(given)).toEqual({ value: 'sk-abc', removed });
});

test.each(['sk abc', 'sk-\nabc', 'sk-…', 'sk-\u0000abc', '"', '""', 'Bearer "\n"', 'ключ'])(
  'the key %j is refused',
  (given) => {
    expect(apiKeySchema.safeParse(given).success).toBe(false);
  },
);

test('a key that begins with the letters of Bearer stays whole', () => {
  expect(repairKey('bearer-abc').value).toBe('bearer-abc');
});

test('an address loses quotes and blanks only', () => {
  expect(repairAddress(' "https://x.example/v1"\n').value).toBe('https://x.example/v1');
});
