import { expect, test } from 'vitest';
import { LABELS } from './label-words.ts';
import { readHandling, readVerdict } from './verdict.ts';

test('the first letter of a label decides it', () => {
  for (const [handling, label] of Object.entries(LABELS))
    for (let length = 1; length <= label.length; length++) expect(readHandling(label.slice(0, length))).toBe(handling);
});

test.each(['', '  ', 'Label', 'Label:', '{"label":"', '42', '- ', 'personal data', 'The '])(
  '%j has no label yet',
  (text) => {
    expect(readHandling(text)).toBeUndefined();
  },
);

test.each(['Label: pers', '{"label":"person', '- person', '1. person neg', '**person**', '"person"', '```\nperson'])(
  'the label of %j is found while it arrives',
  (text) => {
    expect(readHandling(text)).toBe('agent');
  },
);

test('a complete line is parsed, and invalid parts are ignored', () => {
  expect(readVerdict('Complex negative de refund 0.81')).toEqual({
    handling: 'complex',
    sentiment: 'negative',
    language: 'de',
    topic: 'refund',
    confidence: 0.81,
  });
  expect(readVerdict('person')).toEqual({ handling: 'agent' });
  expect(readVerdict('answer angry EN 17 very')).toEqual({ handling: 'answer', topic: 'angry' });
  expect(readVerdict('I think this is fine')).toBeUndefined();
});

test.each([
  ['Label: person negative en fraud 0.95', { handling: 'agent', sentiment: 'negative', confidence: 0.95 }],
  ['{"label":"person"}', { handling: 'agent' }],
  ['```json\n{"Label": "complex", "confidence": 0.7}\n```', { handling: 'complex', confidence: 0.7 }],
  ['- person negative en human 0.9', { handling: 'agent', language: 'en', topic: 'human', confidence: 0.9 }],
  ['1. person negative en human 0.9', { handling: 'agent', confidence: 0.9 }],
  ['**Label:** *person*', { handling: 'agent' }],
  ['人工 负面 zh 退款 0.9', { handling: 'agent', language: 'zh', confidence: 0.9 }],
  ['Mensch negativ de', { handling: 'agent', language: 'de' }],
  ['The label is person.', { handling: 'agent' }],
  ['personal data question, answer', { handling: 'answer' }],
  ['Small talk positive', { handling: 'smalltalk' }],
  ['off topic', { handling: 'off-topic' }],
  ['offtopic', { handling: 'off-topic' }],
])('%j is read', (reply, verdict) => {
  expect(readVerdict(reply)).toMatchObject(verdict);
});

test.each([
  ['person,negative,en,human,0.10', 0.1],
  ['person negative en human 10%', 0.1],
  ['person negative en human 0,10', 0.1],
  ['person negative en human 85 %', 0.85],
  ['person negative en human .9', 0.9],
  ['person negative en human 1', 1],
  ['person negative en human very sure', undefined],
  ['person negative en human 17', undefined],
])('the confidence of %j is %s', (reply, confidence) => {
  expect(readVerdict(reply)?.confidence).toBe(confidence);
});

test.each(['either person or complex', 'I do not know', '', '42', '{}', '{"label":'])('%j has no verdict', (reply) => {
  expect(readVerdict(reply)).toBeUndefined();
});

test.each([
  ['answer neutral de returns 0.92\nsearch: return period item 30', 'return period item 30'],
  ['answer neutral de returns 0.92\n**Search:** "return period"', 'return period'],
  ['answer neutral de search 0.92', undefined],
  ['answer neutral de returns 0.92\nsearch:', undefined],
])('the search terms of %j are %s, and its confidence is that of the verdict', (reply, searchTerms) => {
  const verdict = readVerdict(reply);
  expect(verdict).toMatchObject({ handling: 'answer', confidence: 0.92 });
  expect(verdict?.searchTerms).toBe(searchTerms);
});
