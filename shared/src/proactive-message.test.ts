import { expect, test } from 'vitest';
import { proactiveText } from './proactive-message.ts';
import { proactiveMessagesSchema } from './site-proactive.ts';

const written = { id: 'prices', text: 'Questions about prices?', translations: [{ language: 'de', text: 'Fragen?' }] };

test.each([
  ['de-AT', 'Fragen?'],
  ['de', 'Fragen?'],
  ['fr', 'Questions about prices?'],
  ['', 'Questions about prices?'],
])('a visitor with the locale "%s" reads “%s”', (locale, text) => {
  const [message] = proactiveMessagesSchema.parse([written]);
  expect(message && proactiveText(message, locale)).toBe(text);
});

test('a message of which only the text is written is shown once to each visitor, on every page after ten seconds', () => {
  expect(proactiveMessagesSchema.parse([{ id: 'hello', text: 'Need help?' }])).toEqual([
    {
      ...{ id: 'hello', text: 'Need help?', translations: [], pages: ['*'], afterSeconds: 10 },
      ...{ oncePer: 'visitor', duringHours: false },
    },
  ]);
});

test.each([
  ['two messages with one id', [written, written], 'same id'],
  ['an id with a space', [{ ...written, id: 'a b' }], 'not an id'],
  ['a page without a slash', [{ ...written, pages: ['prices'] }], 'not the path of a page'],
  ['no page', [{ ...written, pages: [] }], '>=1 items'],
  ['a text of blanks', [{ ...written, text: '  ' }], '>=1 characters'],
])('%s: refused', (_, messages, reason) => {
  expect(proactiveMessagesSchema.safeParse(messages).error?.message).toContain(reason);
});
