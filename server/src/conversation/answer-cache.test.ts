import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import type { RoutedModel } from '../routing/route.ts';
import { type AnswerCache, type CacheQuestion, createAnswerCache } from './answer-cache.ts';

const model = (id: string, endpointId = 'main'): RoutedModel => ({
  id,
  upstreamName: id,
  endpoint: { id: endpointId, baseUrl: 'http://127.0.0.1/v1' },
  price: {},
  profile: {},
});
const QUESTION: CacheQuestion = {
  siteId: 'acme',
  locale: 'en',
  knowledgeVersion: 'k1',
  promptVersion: 1,
  guidanceVersion: '',
  route: { models: [model('deepseek-v4-flash')] },
  text: 'How long do I have to return an item?',
};

let cache: AnswerCache;
let nowMs: number;

beforeEach(() => {
  nowMs = 0;
  cache = createAnswerCache({ ttlMs: 60_000, entries: 3, now: () => nowMs });
});

function keyOf(changes: Partial<CacheQuestion> = {}): string {
  const key = cache.keyOf({ ...QUESTION, ...changes });
  if (key === undefined) throw new Error('this question should have a key');
  return key;
}

test('differences in case and punctuation find the same answer, another question does not', () => {
  cache.keep(keyOf(), '30 days [1].');
  expect(cache.find(keyOf({ text: '  how long do I have to\n return an item' }))).toBe('30 days [1].');
  expect(cache.find(keyOf({ text: 'ＨＯＷ LONG do I have to return an item ?!' }))).toBe('30 days [1].');
  expect(cache.find(keyOf({ text: 'How long do I have to return two items?' }))).toBeUndefined();
});

test('an answer is never shared with another site, language, knowledge version, prompt version or model chain', () => {
  cache.keep(keyOf(), '30 days [1].');
  const others: Partial<CacheQuestion>[] = [
    { siteId: 'other' },
    { locale: 'de' },
    { locale: undefined },
    { knowledgeVersion: 'k2' },
    { promptVersion: 2 },
    { guidanceVersion: '1-abc' },
    { route: { models: [model('step-3.5-flash')] } },
    { route: { models: [model('deepseek-v4-flash', 'region-asia')] } },
  ];
  for (const other of others) expect(cache.find(keyOf(other))).toBeUndefined();
});

test('different questions never share a key, with any characters', () => {
  const part = fc.string({ maxLength: 12 });
  fc.assert(
    fc.property(part, part, part, part, (siteA, knowledgeA, siteB, knowledgeB) => {
      fc.pre(siteA !== siteB || knowledgeA !== knowledgeB);
      return (
        keyOf({ siteId: siteA, knowledgeVersion: knowledgeA }) !==
        keyOf({ siteId: siteB, knowledgeVersion: knowledgeB })
      );
    }),
  );
});

test('questions that may contain personal data have no key', () => {
  for (const text of ['Where is order 4711-22?', 'Write to me at a@b.example', 'Call 030 12 34 56', 'x'.repeat(161)])
    expect(cache.keyOf({ ...QUESTION, text })).toBeUndefined();
});

test('an answer expires, and the least recently used one is evicted', () => {
  for (const text of ['one', 'two', 'three']) cache.keep(keyOf({ text }), text);
  expect(cache.find(keyOf({ text: 'one' }))).toBe('one');
  cache.keep(keyOf({ text: 'four' }), 'four');
  expect(cache.find(keyOf({ text: 'two' }))).toBeUndefined();
  expect(cache.find(keyOf({ text: 'one' }))).toBe('one');
  nowMs = 60_000;
  expect(cache.find(keyOf({ text: 'one' }))).toBeUndefined();
});

test('with a TTL of 0 nothing is cached', () => {
  const off = createAnswerCache({ ttlMs: 0, entries: 3 });
  expect(off.keyOf(QUESTION)).toBeUndefined();
});

test('simultaneous questions share one call; a later one starts its own', async () => {
  let calls = 0;
  const start = async function* () {
    calls += 1;
    yield { type: 'text', text: '30 days.' } as const;
  };
  const { signal } = new AbortController();
  const readAnswer = async () => {
    for await (const event of cache.share(keyOf(), start, signal)) expect(event).toMatchObject({ text: '30 days.' });
  };
  await Promise.all([readAnswer(), readAnswer(), readAnswer()]);
  expect(calls).toBe(1);
  await readAnswer();
  expect(calls).toBe(2);
});
