import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMask } from './mask.ts';

test('e-mail addresses, phone numbers, IBANs and cards get placeholders, the same data the same one', () => {
  const mask = createMask();
  const text =
    'I am visitor@mail.example, phone +49 30 1234567. IBAN DE89 3704 0044 0532 0130 00, card 4111 1111 1111 1111.';
  expect(mask.hide(text)).toBe('I am [email-1], phone [phone-4]. IBAN [iban-2], card [card-3].');
  expect(mask.hide('Write to visitor@mail.example!')).toBe('Write to [email-1]!');
  expect(mask.found()).toBe(4);
});

test('text that only looks like personal data is not masked', () => {
  const mask = createMask();
  const text =
    'Order 2024-118822 of 03.05.2024, 12.50 EUR, card check 4111 1111 1111 1112, DE00 3704 4044 5532 1130 99.';
  expect(mask.hide(text)).toBe(text);
  expect(mask.found()).toBe(0);
});

test('revealing restores any hidden text', () => {
  const piece = fc.oneof(
    fc.string().filter((text) => !/\[(email|iban|card|phone)-/.test(text)),
    fc.emailAddress(),
    fc.constantFrom('4111 1111 1111 1111', 'DE89370400440532013000', '+1 (555) 010-9999', ' '),
  );
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const mask = createMask();
      const text = pieces.join(' ');
      expect(mask.reveal(mask.hide(text))).toBe(text);
    }),
  );
});

test('a hostile text is masked quickly', () => {
  for (const evil of [
    'a@'.repeat(25_000),
    '1 '.repeat(25_000),
    `${'a.'.repeat(25_000)}@`,
    '+1'.repeat(25_000),
    'A1'.repeat(25_000),
  ]) {
    const before = performance.now();
    createMask().hide(evil);
    expect(performance.now() - before).toBeLessThan(1000);
  }
});
