import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findJsonFault } from './json-fault.ts';

test('valid JSON has no fault', () => {
  fc.assert(
    fc.property(fc.json(), fc.constantFrom(undefined, 2), (json, indent) => {
      expect(findJsonFault(JSON.stringify(JSON.parse(json), null, indent))).toBeUndefined();
    }),
  );
});

test('every text that JSON.parse refuses has a fault', () => {
  const pieces = fc.array(
    fc.constantFrom('{', '}', '[', ']', ',', ':', '"a"', '1', 'true', ' ', '\n', "'", '//', 'x', '"'),
  );
  fc.assert(
    fc.property(pieces, (parts) => {
      const text = parts.join('');
      expect(findJsonFault(text) !== undefined).toBe(!parses(text));
    }),
  );
});

test.each([
  ['[1,]', 1, 4, 'a comma before ] is not allowed. Remove it'],
  ['{"a" 1}', 1, 6, '"1" is not allowed here. Write : between a key and its value'],
  ['{"a": 1\n "b": 2}', 2, 2, 'a text is not allowed here. Write a comma between entries, or close the list or object'],
  ['{a: 1}', 1, 2, '"a" is not allowed here. Write a key in double quotes, or }'],
  ['{"a": [1', 1, 9, 'the file ends too early. Close what is open with ]}'],
  [
    '{"a": "b}',
    1,
    7,
    'this text has no end, or contains a line break or an unknown escape. Close it with " and write \\ as \\\\',
  ],
  ['{} {}', 1, 4, '"{" is not allowed here. Remove everything after the end of the first value'],
])('in %j it is at line %i, column %i', (text, line, column, message) => {
  expect(findJsonFault(text)).toEqual({ line, column, message });
});

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
