import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createHandOffRules } from './hand-off-rules.ts';
import { createMessageReader, type SaidMessage } from './message-signals.ts';
import type { Exchange } from './unhelpful-answers.ts';

const readMessage = createMessageReader();
const handOffRules = createHandOffRules();
const rules = (said: SaidMessage) => handOffRules(readMessage(said));
const ruleOf = (text: string) => rules({ text })?.rule;
const cases = new URL('../../test-data/handoff/', import.meta.url);

describe.each(readdirSync(cases))('%s', (file) => {
  const rows = readFileSync(new URL(file, cases), 'utf8')
    .trim()
    .split('\n')
    .map((line): { text: string; expect: string } => JSON.parse(line));

  test('every case is handed off by its own rule, and no ordinary question is', () => {
    const wrong = rows
      .map(({ text, expect: wanted }) => ({ text, wanted, found: ruleOf(text) ?? 'ordinary' }))
      .filter(({ wanted, found }) => wanted !== found);
    expect(wrong).toEqual([]);
  });

  test.each(['person-request', 'legal', 'fraud', 'chargeback', 'danger', 'ordinary'])(
    'holds at least 12 cases of %s',
    (rule) => {
      expect(rows.filter((row) => row.expect === rule).length).toBeGreaterThanOrEqual(12);
    },
  );
});

/** Any code units, so lone halves of signs and marks without a letter too. */
const anyText = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 500 })
  .map((units) => String.fromCharCode(...units));

test('danger comes first, and fraud before a request for a person', () => {
  expect(ruleOf('I want a human, the lamp caught fire and I will sue you')).toBe('danger');
  expect(ruleOf('Someone used my card without asking, let me talk to a person')).toBe('fraud');
});

test('a negation only cancels the request it negates', () => {
  expect(ruleOf("I don't need a human")).toBeUndefined();
  expect(ruleOf("I don't want a bot, I want a human")).toBe('person-request');
});

test('a message that only complains is handed off, because it asks nothing', () => {
  expect(rules({ text: 'Pathetic service' })).toEqual({
    rule: 'displeased',
    reason: 'negative-sentiment',
    urgency: 'normal',
  });
  expect(ruleOf('Pathetic service. Where is my order?')).toBeUndefined();
});

test('a bare yes to the offer of an agent is a request for one, and a bare no to "Did this help?" hands off', () => {
  const replyTo = (last: { text: string; offersAgent: boolean }, text: string) => rules({ text, last })?.rule;
  expect(replyTo({ text: 'I could not find it.', offersAgent: true }, 'Yes please')).toBe('person-request');
  expect(replyTo({ text: 'I could not find it.', offersAgent: true }, 'No, thanks')).toBeUndefined();
  expect(replyTo({ text: 'Within 30 days [1]. Did this help?', offersAgent: false }, 'Nope')).toBe('not-helped');
});

const exchange = (question: string, change: Partial<Exchange> = {}): Exchange => ({
  question,
  answer: { text: 'You have 30 days [1].', offersAgent: false },
  isFailed: false,
  ...change,
});

test('the second consecutive failure is handed off, the first is not', () => {
  const failed = exchange('Where is my parcel?', { isFailed: true });
  expect(rules({ text: 'How much is a desk?', earlier: [failed] })).toBeUndefined();
  expect(rules({ text: 'How much is a desk?', earlier: [failed, failed] })).toEqual({
    rule: 'repeated-failure',
    reason: 'low-confidence',
    urgency: 'normal',
  });
  expect(rules({ text: 'How much is a desk?', earlier: [failed, failed, exchange('Hello')] })).toBeUndefined();
});

test.each([
  ['How do I return a lamp?', 'That did not help', 'It still does not work'],
  ['Wie sende ich eine Lampe zurück?', 'Das hat nicht geholfen', 'Nein'],
  ['如何退回这盏灯？', '没用', '没用'],
])('the second answer in a row that did not help is handed off: %j, %j, %j', (first, second, third) => {
  expect(rules({ text: second, earlier: [exchange(first)] })).toBeUndefined();
  expect(rules({ text: third, earlier: [exchange(first), exchange(second)] })?.rule).toBe('repeated-failure');
});

test('a visitor who is not helped by an answer that offered an agent is handed off', () => {
  const offering = { text: 'I could not find it.', offersAgent: true };
  const earlier = [exchange('How do I return a lamp?', { answer: offering })];
  for (const text of ['That did not help', 'This is a terrible service, where is it?'])
    expect(rules({ text, last: offering, earlier })?.rule).toBe('not-helped');
  expect(rules({ text: 'How much is a desk?', last: offering, earlier })).toBeUndefined();
  expect(rules({ text: 'No, thanks', last: offering, earlier })).toBeUndefined();
});

test('the same question again is answered, however often', () => {
  const question = 'How do I return a lamp?';
  const offering = { text: 'I could not find it.', offersAgent: true };
  const earlier = [exchange(question), exchange(question), exchange(question, { answer: offering })];
  expect(rules({ text: question, last: offering, earlier })).toBeUndefined();
});

test('a message that says only that a value of the account is wrong is handed off', () => {
  for (const text of [
    'My balance is wrong',
    'Hello, my invoice is incorrect.',
    'Mein Guthaben ist falsch',
    '我的余额不对',
  ])
    expect(ruleOf(text)).toBe('disputed');
  expect(ruleOf('Why is my balance wrong?')).toBeUndefined();
  expect(ruleOf('My refund has not arrived')).toBeUndefined();
});

test('a question that the articles leave unanswered lacks knowledge', () => {
  const text = 'Do you insure helicopters against hail?';
  expect(handOffRules(readMessage({ text }), { isUncovered: true })?.rule).toBe('no-knowledge');
  expect(handOffRules(readMessage({ text }), { isUncovered: false })).toBeUndefined();
  expect(rules({ text })).toBeUndefined();
});

test('no text makes the rules throw', () => {
  fc.assert(fc.property(anyText, (text) => ruleOf(text) !== null));
});

test.each(['a', 'want ', 'i want to ', 'want need get agent program ', '人', '。', 'مو ', 'eprson ', '\u0301'])(
  'fifty thousand characters of %j take at most 20 ms',
  (evil) => {
    const text = evil.repeat(Math.ceil(50_000 / evil.length));
    ruleOf(text);
    // The best of three: other work on the machine must not fail a check of the algorithm.
    const tries = [1, 2, 3].map(() => {
      const start = performance.now();
      ruleOf(text);
      return performance.now() - start;
    });
    expect(Math.min(...tries)).toBeLessThan(20);
  },
);
