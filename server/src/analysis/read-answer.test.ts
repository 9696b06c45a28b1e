import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readAnswer } from './read-answer.ts';

const reading = {
  summary: 'The parcel is lost.',
  visitorGoal: 'A new one.',
  category: 'delivery',
  urgency: 'high',
  sentiment: 'negative',
  language: 'en',
};
const whole = {
  reading,
  evidence: [
    { id: 'E1', kind: 'message', sourceId: '1', quote: 'my parcel' },
    { id: 'E2', kind: 'article', sourceId: 'lost', quote: 'after 7 days' },
  ],
  reply: { language: 'en', sentences: [{ text: 'We look for it.', citations: ['E1'] }] },
  confidence: { value: 0.7 },
};

test('a complete answer is read, also from a code fence and with text around it', () => {
  const { parts, dropped, cut } = readAnswer(`Here it is:\n\`\`\`json\n${JSON.stringify(whole)}\n\`\`\`\nGood luck!`);
  expect(parts).toMatchObject(whole);
  expect({ dropped, cut }).toEqual({ dropped: [], cut: false });
});

test('an invalid item is dropped by name and the other items stay', () => {
  const { parts, dropped } = readAnswer(
    JSON.stringify({
      ...whole,
      evidence: [{ id: 'E1', kind: 'rumour', sourceId: '1', quote: 'x' }, whole.evidence[1]],
    }),
  );
  expect(parts.evidence).toEqual([whole.evidence[1]]);
  expect(dropped).toEqual(['evidence[0]']);
});

test('an invalid optional field is dropped, an invalid required field drops its whole part', () => {
  const trend = readAnswer(JSON.stringify({ ...whole, reading: { ...reading, trend: 'sideways' } }));
  expect(trend).toMatchObject({ parts: { reading: { trend: 'steady' } }, dropped: ['reading.trend'] });
  const goal = readAnswer(JSON.stringify({ ...whole, reading: { ...reading, visitorGoal: ['?'] } }));
  expect(goal.parts).not.toHaveProperty('reading');
  expect(goal.parts).toHaveProperty('reply');
  expect(goal.faults[0]).toContain('reading.visitorGoal');
});

test('numeric ids become strings, nulls are removed, and long values are shortened', () => {
  const { parts, dropped } = readAnswer(
    JSON.stringify({
      ...whole,
      blocker: null,
      evidence: [{ ...whole.evidence[0], sourceId: 1 }],
      reading: { ...reading, summary: 'x'.repeat(2000), alternatives: ['a', 'b', 'c', 'd'] },
    }),
  );
  expect(parts.evidence?.[0]?.sourceId).toBe('1');
  expect(parts).not.toHaveProperty('blocker');
  expect(parts.reading?.summary).toHaveLength(1200);
  expect(parts.reading?.alternatives).toEqual(['a', 'b', 'c']);
  expect(dropped).toEqual(['reading.alternatives[3…]']);
});

test('a reply sentence that is too long is dropped, never shortened', () => {
  const sentences = [
    { text: 'y'.repeat(900), citations: [] },
    { text: 'Short.', citations: [] },
  ];
  const { parts } = readAnswer(JSON.stringify({ ...whole, reply: { language: 'en', sentences } }));
  expect(parts.reply?.sentences).toEqual([{ text: 'Short.', citations: [] }]);
});

test('an answer cut off anywhere keeps only complete values of the original', () => {
  const json = JSON.stringify(whole);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: json.length - 1 }), (length) => {
      const { parts } = readAnswer(json.slice(0, length));
      for (const item of parts.evidence ?? []) expect(whole.evidence).toContainEqual(item);
      for (const { text } of parts.reply?.sentences ?? []) expect(text).toBe('We look for it.');
      if (parts.reading) expect(parts.reading).toMatchObject(reading);
    }),
  );
});

test('no input makes it throw', () => {
  fc.assert(fc.property(fc.string(), (text) => void readAnswer(`{${text}`)));
  fc.assert(fc.property(fc.json(), (text) => void readAnswer(text)));
  const wild = fc.record({
    reading: fc.jsonValue(),
    evidence: fc.jsonValue(),
    reply: fc.jsonValue(),
    nextActions: fc.jsonValue(),
  });
  fc.assert(fc.property(wild, (value) => void readAnswer(JSON.stringify(value))));
});
