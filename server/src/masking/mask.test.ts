import { PERSONAL_DATA } from '@firstword/testing/personal-data';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMask } from './mask.ts';
import { createFullMask, createMaskFor, mayLeave } from './mask-policy.ts';

test('data gets placeholders, the same data the same one', () => {
  const mask = createFullMask();
  const text =
    'I am visitor@mail.example, phone +49 30 1234567. IBAN DE89 3704 0044 0532 0130 00, card 4111 1111 1111 1111.';
  expect(mask.hide(text)).toBe('I am [email-1], phone [phone-2]. IBAN [iban-3], card [card-4].');
  expect(mask.hide('Write to visitor@mail.example!')).toBe('Write to [email-1]!');
  expect(mask.found()).toBe(4);
});

describe.each(Object.entries(PERSONAL_DATA))('%s', (kind, texts) => {
  test.each(texts)('is found in "%s"', (text) => {
    const mask = createFullMask();
    const hidden = mask.hide(text);
    expect(hidden).toContain(`[${kind}-1]`);
    expect(mask.found()).toBe(1);
    expect(mask.reveal(hidden)).toBe(text);
  });
});

/** Numbers as few people write them. */
const ODDLY_WRITTEN: Readonly<Record<string, readonly string[]>> = {
  card: [
    '4111 - 1111 - 1111 - 1111',
    '4111/1111/1111/1111',
    '4111_1111_1111_1111',
    '4111\n1111\n1111\n1111',
    '4111·1111·1111·1111',
    '4111−1111−1111−1111',
    'कार्ड ४१११ ११११ ११११ ११११',
    'บัตร ๔๑๑๑๑๑๑๑๑๑๑๑๑๑๑๑',
    '𝟜𝟙𝟙𝟙 𝟙𝟙𝟙𝟙 𝟙𝟙𝟙𝟙 𝟙𝟙𝟙𝟙',
  ],
  iban: [
    'DE 89 3704 0044 0532 0130 00',
    'DE89.3704.0044.0532.0130.00',
    'DE89  3704  0044  0532  0130  00',
    'DE89\n3704 0044 0532 0130 00',
    'DE٨٩ ٣٧٠٤ ٠٠٤٤ ٠٥٣٢ ٠١٣٠ ٠٠',
    'DE๘๙๓๗๐๔๐๐๔๔๐๕๓๒๐๑๓๐๐๐',
  ],
};
test.each(Object.entries(ODDLY_WRITTEN).flatMap(([kind, texts]) => texts.map((text) => [kind, text] as const)))(
  'a number of the kind %s is found in %j',
  (kind, text) => {
    const mask = createFullMask();
    expect(mask.hide(text)).toContain(`[${kind}-1]`);
    expect([mask.found(), mask.reveal(mask.hide(text))]).toEqual([1, text]);
  },
);

test.each([
  'Order 2024-118822 of 03.05.2024, 12.50 EUR, card check 4111 1111 1111 1112, DE00 3704 4044 5532 1130 99.',
  'Your parcel 00340434161094042557 is on its way since 12.05.2024, 14:30.',
  'The phone has IMEI 356938035643809 and 128 GB, EAN 4006381333931.',
  'I am there at 12 or so, we can talk about it then and see what we do next, 7 of us.',
  'Sizes:\n4711\n0815\n2233\n4455\n12',
  'I need 12 pieces of item 4711-0815 in size 42, for 1.299,00 €.',
  'Can you deliver the birthday present on 12.05.2026?',
  'Mi sono abbonato il 12.05.2024, ordine 55512.',
  'I forgot my password. How do I reset it within 24 hours?',
  'See https://shop.example/returns/2024/05/12/how-to-return-an-item?ref=mail',
  'Commit 9fceb02d0ae598e95dc970b74767f19372d61af8 broke version 3.14.159.',
  'Ticket 550e8400-e29b-41d4-a716-446655440000 from 10.0.0.12, port 8080.',
])('text that only looks like personal data is not masked: "%s"', (text) => {
  expect(createFullMask().hide(text)).toBe(text);
});

test('by default, cards, keys and tokens are hidden from every model, and personal data from none', () => {
  const text = 'visitor@mail.example paid with 4111 1111 1111 1111';
  expect(createMaskFor({}, 'chat').hide(text)).toBe('visitor@mail.example paid with [card-1]');
  expect(createMaskFor({ maskSecrets: 'off' }, 'chat').hide(text)).toBe(text);
});

test('personal data can be hidden from the models of analyses alone', () => {
  const policy = { maskPersonalData: 'analysis' } as const;
  const text = 'I am visitor@mail.example';
  expect(createMaskFor(policy, 'chat').hide(text)).toBe(text);
  expect(createMaskFor(policy, 'analysis').hide(text)).toBe('I am [email-1]');
});

test('where a site says so, an answer keeps the placeholders', () => {
  const mask = createMaskFor({ maskPersonalData: 'all', revealMasked: false }, 'chat');
  expect(mask.reveal(mask.hide('I am visitor@mail.example'))).toBe('I am [email-1]');
});

test.each([
  ['Where is my order 12', true],
  ['My card is 4111 1111 1111 1111', false],
  ['My card is 4111 11', false],
  ['بطاقتي ٤١١١ ١١', false],
])('a draft "%s" may be sent to a model: %s', (text, may) => {
  expect(mayLeave({}, text)).toBe(may);
});

test('a draft that ends in an address is kept back where addresses are hidden', () => {
  expect(mayLeave({ maskPersonalData: 'all' }, 'I am visitor@ma')).toBe(false);
  expect(mayLeave({ maskPersonalData: 'off', maskSecrets: 'off' }, 'I am visitor@ma')).toBe(true);
});

test('revealing restores any hidden text', () => {
  const piece = fc.oneof(
    fc.string().filter((text) => !/\[(secret|token|card|email|iban|id|birth-date|phone)-/i.test(text)),
    fc.emailAddress(),
    fc.constantFrom(...Object.values(PERSONAL_DATA).flat(), ' '),
  );
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const mask = createFullMask();
      const text = pieces.join(' ');
      expect(mask.reveal(mask.hide(text))).toBe(text);
    }),
  );
});

test('a text with nothing to hide is returned as it is', () => {
  expect(createMask(new Set()).hide('visitor@mail.example')).toBe('visitor@mail.example');
});
