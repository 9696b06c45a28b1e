import { expect, test } from 'vitest';
import { z } from 'zod';
import { OWN_MESSAGES } from '../lib/own-messages.ts';
import { phraseText } from '../lib/phrase.ts';
import { requestFault } from './request-fault.ts';

const schema = z
  .strictObject({
    title: z.string().min(1).max(5),
    url: z.string().regex(/^https:/, 'must begin with https://'),
    facts: z.array(z.string().min(3)).max(2),
    most: z.int().min(1).max(9),
    kind: z.enum(['one', 'other']),
    text: z.string().superRefine((text, { addIssue }) => {
      if (text !== '') addIssue({ code: 'custom', message: '{0} is not a variable', params: { values: [text] } });
    }),
  })
  .partial();

const faultOf = (given: object) => {
  const { error } = schema.safeParse(given, OWN_MESSAGES);
  if (error === undefined) throw new Error('nothing is wrong');
  return phraseText(requestFault(error));
};

test.each([
  [{ title: '' }, 'title: must not be empty'],
  [{ title: 'too long' }, 'title: must have at most 5 characters'],
  [{ title: 5 }, 'title: must be a text'],
  [{ url: 'ftp:' }, 'url: must begin with https://'],
  [{ facts: ['a fact', 'no'] }, 'facts, entry 2: must have at least 3 characters'],
  [{ facts: ['one', 'two', 'three'] }, 'facts: must have at most 2 entries'],
  [{ facts: 'one' }, 'facts: must be a list'],
  [{ most: 0 }, 'most: must be at least 1'],
  [{ most: 10 }, 'most: must be at most 9'],
  [{ most: 1.5 }, 'most: must be a whole number'],
  [{ kind: 'third' }, 'kind: must be one of these: one, other'],
  [{ text: '{{name}}' }, 'text: {{name}} is not a variable'],
  [{ nothing: 1 }, 'has no field "nothing"'],
  [{ title: '', most: 0 }, 'title: must not be empty; most: must be at least 1'],
])('%j is refused with what is allowed', (given, fault) => {
  expect(faultOf(given)).toBe(fault);
});

test('a field that is missing is named', () => {
  const { error } = z.object({ kind: z.enum(['one']), title: z.string() }).safeParse({}, OWN_MESSAGES);
  expect(error && phraseText(requestFault(error))).toBe('kind: is required; title: is required');
});
