import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createDemoEngine } from '@firstword/demo/demo-engine';
import { DONE, finishes, says, uses } from '@firstword/testing/completion-events';
import { beginStream, startModelEndpoint } from '@firstword/testing/model-endpoint';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defaultConfig } from '../config/config.ts';
import { runEvalCommand } from './eval-command.ts';

const ownCases = fileURLToPath(new URL('../../test-data/handoff', import.meta.url));
const shopArticles = fileURLToPath(new URL('../../../tools/demo/content/articles', import.meta.url));
const testData = (name: string) => fileURLToPath(new URL(`../../test-data/${name}`, import.meta.url));
let folder: string;
const closing: (() => unknown)[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'firstword-eval-'));
});
afterEach(() => {
  for (const close of closing.splice(0)) close();
  rmSync(folder, { recursive: true, force: true });
});

async function run(...args: string[]): Promise<{ code: number; text: string }> {
  const lines: string[] = [];
  const code = await runEvalCommand(args, {
    ownCases,
    shop: { cases: testData('answers/shop.jsonl'), kb: [shopArticles] },
    startDemoEngine: async () => {
      const engine = createDemoEngine({ pace: 'instant', region: 'us-east' });
      const { port } = await engine.listen(0, '127.0.0.1');
      return { baseUrl: `http://127.0.0.1:${port}/v1`, stop: engine.close };
    },
    config: defaultConfig,
    say: (text) => lines.push(text),
    onProgress: () => {},
  });
  return { code, text: lines.join('\n') };
}

function file(name: string, rows: readonly object[]): string {
  const path = join(folder, name);
  writeFileSync(path, rows.map((row) => JSON.stringify(row)).join('\n'));
  return path;
}

test('the project’s own hand-off cases meet every limit', async () => {
  const { code, text } = await run('handoff', '--json');
  const { lines } = JSON.parse(text);
  expect(lines.map(({ family, share }: { family: string; share: number }) => [family, share])).toEqual([
    ['person-request', 1],
    ['legal', 1],
    ['fraud', 1],
    ['chargeback', 1],
    ['danger', 1],
    ['ordinary', 0],
  ]);
  expect(code).toBe(0);
});

test('evaluates a data folder too, and exits with 1 when a limit is missed', async () => {
  mkdirSync(join(folder, 'intents'));
  file('intents/shop_train.jsonl', [
    { text: 'talk to an agent', intent: 'contact_human_agent' },
    { text: 'where is my parcel', intent: 'track_order' },
    { text: 'I will sue you over this parcel', intent: 'track_order' },
    { text: 'my card was stolen', intent: 'lost_or_stolen_card' },
  ]);
  const { code, text } = await run('handoff', '--data', folder, '--wrong');
  expect(code).toBe(1);
  expect(text).toMatch(/^shop_train +person-request +1 +1 +100\.0 %$/m);
  expect(text).toMatch(/^shop_train +either way +1 +1 +100\.0 %$/m);
  expect(text).toMatch(/^shop_train +ordinary +2 +1 +50\.0 % +≤ 3 % MISSED$/m);
  expect(text).toContain('shop_train ordinary: I will sue you over this parcel');
});

test('counts found, missed and false requests for an agent by language, in rows of any shape', async () => {
  const rows = file('rows.jsonl', [
    { text: 'I want to talk to a human', expect: 'agent', lang: 'en' },
    { text: 'Make it blue', expect: 'agent', lang: 'en' },
    { text: 'Where is my parcel?', expect: 'none', lang: 'en' },
    { text: 'Ich möchte mit einem Menschen sprechen', expect: 'none', lang: 'de' },
    { text: 'No', expect: 'agent', lang: 'fr', before: 'You have 30 days. Did this help?' },
    { text: 'No', expect: 'agent', lang: 'fr', history: [{ from: 'assistant', text: 'You have 30 days.' }] },
  ]);
  const { code, text } = await run('handoff', '--rows', rows, '--json');
  expect(code).toBe(1);
  expect(JSON.parse(text)).toMatchObject({
    languages: [
      { language: 'de', wishes: 0, ordinary: 1, falseAlarms: 1 },
      { language: 'en', wishes: 2, found: 1, missed: 1, ordinary: 1, falseAlarms: 0 },
      { language: 'fr', wishes: 2, found: 1, offered: 1, missed: 0 },
    ],
    missed: ['Make it blue'],
    held: false,
  });
  const labelled = file('labelled.jsonl', [
    { message: 'I want to talk to a human', intent: 'agent', lang: 'en' },
    { message: 'Where is my parcel?', intent: 'order', lang: 'en' },
  ]);
  const shape = ['--rows', labelled, '--text-field', 'message', '--wish-intents'];
  expect((await run('handoff', ...shape, 'agent,chat')).text).toMatch(/^all +1 +1 +0 +0 +100\.0 % +1 +0 +0\.0 % +0$/m);
  await expect(run('handoff', ...shape, 'agnet')).rejects.toThrow('no row has an intent of --wish-intents "agnet"');
  await expect(run('handoff', '--rows', labelled)).rejects.toThrow(`${labelled}:1: text Invalid input`);
});

test('evaluates the search by the rank of the right article, without excluded articles', async () => {
  const kb = file('shop.jsonl', [
    { id: 'returns', title: 'Returns', body: 'Send an item back within 30 days.' },
    { id: 'delivery', title: 'Delivery', body: 'A parcel takes three days. See returns.' },
    { id: 'lamps', title: 'Lamps', body: 'Bulbs are screwed in.' },
  ]);
  const queries = file('queries.jsonl', [
    { corpus: 'shop', query: 'returns', gold: ['delivery'], exclude: ['returns'] },
    { corpus: 'shop', query: 'returns', gold: ['delivery'] },
    { corpus: 'shop', query: 'violins', gold: ['lamps'] },
    { corpus: 'shop', query: 'and how long?', before: 'When does a parcel come?', gold: ['delivery'] },
    { corpus: 'other', query: 'returns', gold: ['x'] },
  ]);
  const { text } = await run('retrieval', '--kb', kb, '--queries', queries, '--json');
  expect(JSON.parse(text)).toMatchObject({
    corpus: 'shop',
    articles: 3,
    queries: 4,
    recall: { '1': 0.5, '3': 0.75, '5': 0.75, '10': 0.75 },
    inPrompt: 0.75,
    mrr: 0.625,
  });
  const strange = file('strange.jsonl', [{ query: 'returns', gold: ['delivry'] }]);
  await expect(run('retrieval', '--kb', kb, '--queries', strange)).rejects.toThrow(
    '"returns": no article has the id "delivry"',
  );
});

test('the sentence check meets its limits on the project’s labelled sentences', async () => {
  const { code, text } = await run(
    'support',
    '--kb',
    shopArticles,
    '--sentences',
    testData('support/shop.jsonl'),
    '--json',
  );
  expect(JSON.parse(text)).toMatchObject({ supported: 200, unsupported: 60, held: true });
  expect(code).toBe(0);
});

test('the sentence check meets its limits on articles of other trades and languages', async () => {
  const articles = testData('support/domains-articles.jsonl');
  const sentences = testData('support/domains.jsonl');
  const { text } = await run('support', '--kb', articles, '--sentences', sentences, '--json');
  expect(JSON.parse(text)).toMatchObject({ supported: 65, unsupported: 68, held: true });
});

test('the search finds the article of each of the project’s follow-ups', async () => {
  const { text } = await run(
    'retrieval',
    '--kb',
    shopArticles,
    '--queries',
    testData('retrieval/follow-ups.jsonl'),
    '--json',
  );
  expect(JSON.parse(text)).toMatchObject({ queries: 30, inPrompt: 1 });
});

test('coverage keeps a question in any dress, and exits with 1 when sentences miss a limit', async () => {
  const queries = file('queries.jsonl', [{ query: 'how long do I have to return an item' }]);
  const others = file('others.jsonl', [{ text: 'who won the football championship in 1998' }]);
  const { text } = await run('coverage', '--kb', shopArticles, '--queries', queries, '--others', others, '--json');
  expect(JSON.parse(text).map(({ covered, notCovered }: Record<string, number>) => [covered, notCovered])).toEqual([
    [1, 0],
    [1, 0],
    [1, 0],
    [0, 1],
  ]);
  const sentences = file('sentences.jsonl', [
    { sentence: 'Returns are possible within 30 days of delivery.', article: 'returns', supported: false },
  ]);
  expect((await run('support', '--kb', shopArticles, '--sentences', sentences)).code).toBe(1);
});

test('counts the labels that an endpoint returns', async () => {
  const texts = file('texts.jsonl', [
    { text: 'Where is my parcel?', handling: 'answer' },
    { text: 'Hello', handling: 'smalltalk' },
    { text: 'Nothing works any more', handling: 'complex' },
  ]);
  const endpoint = await startModelEndpoint(({ question }, response) => {
    beginStream(response);
    const label = question === 'Hello' ? 'smalltalk positive en greeting 0.9' : 'answer neutral en order 0.8';
    response.end(says(label) + finishes() + uses(100, 10) + DONE);
  });
  closing.push(endpoint.stop);
  const { code, text } = await run(
    'intents',
    '--file',
    texts,
    '--endpoint',
    endpoint.baseUrl,
    '--json',
    '--input-price',
    '1',
    '--output-price',
    '10',
  );
  expect(code).toBe(0);
  expect(JSON.parse(text)).toMatchObject({
    model: 'qwen3-8b',
    texts: 3,
    unlabelled: 0,
    accuracy: 0.667,
    labels: { answer: 2, smalltalk: 1 },
    confusion: { answer: { answer: 1 }, smalltalk: { smalltalk: 1 }, complex: { answer: 1 } },
    tokens: { prompt: 300, completion: 30 },
    costUsd: 0.0006,
  });
});

test('compares the routing modes by score, share of the instant tier and cost', async () => {
  const kb = file('shop.jsonl', [
    { id: 'returns', title: 'Returns', body: 'Send an item back within 30 days.' },
    { id: 'delivery', title: 'Delivery', body: 'A parcel takes three days.' },
  ]);
  const queries = file('queries.jsonl', [
    { corpus: 'shop', query: 'Can I send an item back?', gold: ['returns'] },
    {
      corpus: 'shop',
      query: 'Do you sell violins? And how long does it take to tune one of them?',
      gold: ['delivery'],
    },
    { corpus: 'shop', query: 'I want to talk to a human', gold: ['returns'] },
  ]);
  const endpoint = await startModelEndpoint(({ question, isTriage }, response) => {
    beginStream(response);
    const answer = question.includes('violins') ? 'No.' : 'Yes, within 30 days [1].';
    response.end(says(isTriage ? 'answer neutral en order 0.5' : answer) + finishes() + uses(100, 10) + DONE);
  });
  closing.push(endpoint.stop);
  const { text } = await run(
    'answers',
    '--modes',
    '--kb',
    kb,
    '--queries',
    queries,
    '--endpoint',
    endpoint.baseUrl,
    '--json',
  );
  expect(JSON.parse(text)).toMatchObject({
    questions: 3,
    costIsComplete: false,
    modes: [
      { mode: 'speculative', score: 0.333, handedOff: 0.333, failed: 0, instantShare: 0 },
      { mode: 'thrifty', score: 0.333, handedOff: 0.333, failed: 0, instantShare: 0.5, instantScore: 1 },
      { mode: 'sequential', score: 0.333, handedOff: 0.333, failed: 0, instantShare: 0 },
    ],
  });
  const [speculative, thrifty] = JSON.parse(text).modes.map(({ usdPer1000 }: { usdPer1000: number }) => usdPer1000);
  expect(thrifty).toBeLessThan(speculative);
});

test('without options, the demo engine answers the demo shop’s cases', async () => {
  const { text } = await run('answers', '--json');
  const { cases, passed, costIsComplete } = JSON.parse(text);
  expect({ cases, costIsComplete }).toEqual({ cases: 40, costIsComplete: false });
  expect(passed).toBeGreaterThanOrEqual(30);
});

describe('answer cases', () => {
  const cases = [
    {
      id: 'days',
      question: 'How long do I have to return an item?',
      facts: ['30 DAYS', '/\\b30\\b/'],
      cites: ['returns'],
    },
    {
      id: 'follow-up',
      conversation: ['How long does delivery to Austria take?', 'And to Switzerland?'],
      facts: ['asked before: How long does delivery to Austria take?'],
    },
    { id: 'engraving', question: 'What does an engraving cost?', absent: ['€99'], cites: ['custom-sizes'] },
    { id: 'football', question: 'Who won the football championship in 1998?', kind: 'not-covered' },
    { id: 'person', question: 'I want to talk to a human', kind: 'agent' },
  ];
  const kb = shopArticles;
  /** Answers every question with the deadline of returns. */
  const startUpstream = async (days: number) => {
    const endpoint = await startModelEndpoint(({ question, isTriage, body }, response) => {
      beginStream(response);
      const [, n = '9'] = /<article n="(\d)" title="Returns within 30 days"/.exec(question) ?? [];
      const [, earlier, ...later] = body.messages;
      const before = later.length === 0 ? '' : `\n\nasked before: ${earlier?.content}`;
      const answer = `You may return almost everything within ${days} days of delivery [${n}].${before}`;
      response.end(says(isTriage ? 'answer neutral en order 0.5' : answer) + finishes() + uses(100, 10) + DONE);
    });
    closing.push(endpoint.stop);
    return endpoint.baseUrl;
  };

  test('are judged by facts, citations and kind, and by what earlier answers said', async () => {
    const endpoint = await startUpstream(30);
    const asked = file('cases.jsonl', cases);
    const { code, text } = await run('answers', '--kb', kb, '--cases', asked, '--endpoint', endpoint, '--json');
    expect(JSON.parse(text)).toMatchObject({
      cases: 5,
      passed: 4,
      passRate: 0.8,
      citationsRight: 1,
      citationsAsked: 2,
      failed: [{ id: 'engraving', faults: ['does not cite "custom-sizes"'] }],
    });
    expect(code).toBe(0);
  });

  test('of two runs are compared case by case, and a worse one exits with 1', async () => {
    const paths = { cases: file('cases.jsonl', cases), run: join(folder, 'run.json') };
    const of = (endpoint: string, ...more: string[]) =>
      run('answers', '--kb', kb, '--cases', paths.cases, '--endpoint', endpoint, ...more);
    const right = await startUpstream(30);
    await of(right, '--out', paths.run);
    expect((await of(right, '--compare', paths.run)).code).toBe(0);
    const { code, text } = await of(await startUpstream(90), '--compare', paths.run);
    expect(code).toBe(1);
    expect(text).toContain('compared 5 cases: 1 worse, 0 better');
    expect(text).toMatch(/^worse days: does not say "30 DAYS"; does not say /m);
    await expect(of(right, '--compare', paths.cases)).rejects.toThrow(`${paths.cases}: is not a run.`);
  });

  test.each([
    [[{ id: 'a', question: 'Hi', facts: ['/(/'] }], ':1: facts.0 Invalid regular expression'],
    [[{ id: 'a', question: 'Hi' }, { id: 'b' }], ':2:  needs either "question" or "conversation"'],
    [[{ id: 'a', question: 'Hi', fact: ['x'] }], ':1:  Unrecognized key: "fact"'],
    [[{ id: 'a', question: 'Hi', kind: 'human' }], ':1: kind Invalid option'],
    [
      [{ id: 'a', question: 'Hi', cites: ['retuns'] }],
      ': case "a": "cites" names "retuns", but no article has this id.',
    ],
    [
      [
        { id: 'a', question: 'Hi' },
        { id: 'a', question: 'Ho' },
      ],
      ': the id "a" occurs twice.',
    ],
    [[], ': contains no cases.'],
  ])('%j are refused', async (rows, message) => {
    const wrong = file('wrong.jsonl', rows);
    await expect(run('answers', '--kb', kb, '--cases', wrong, '--endpoint', 'http://127.0.0.1:1/v1')).rejects.toThrow(
      `${wrong}${message}`,
    );
  });

  test('that no model answered are no result', async () => {
    const [first] = cases;
    const asked = file('cases.jsonl', first ? [first] : []);
    await expect(run('answers', '--kb', kb, '--cases', asked, '--endpoint', 'http://127.0.0.1:1/v1')).rejects.toThrow(
      'http://127.0.0.1:1/v1: no case was answered.',
    );
  });
});

test('reports an unreachable endpoint as failed calls', async () => {
  const texts = file('texts.jsonl', [{ text: 'Hello', handling: 'smalltalk' }]);
  const { text } = await run('intents', '--file', texts, '--endpoint', 'http://127.0.0.1:1/v1');
  expect(text).toMatch(/^qwen3-8b +1 +1 +0\.000 /m);
  expect(text).toMatch(/^1 × .+/m);
});

test('an error names the file, row or option', async () => {
  const bad = join(folder, 'bad.jsonl');
  writeFileSync(bad, '{"text":"a"}\n{"text":');
  await expect(run('intents', '--file', bad, '--endpoint', 'http://localhost:1/v1')).rejects.toThrow(
    `${bad}:2: not valid JSON`,
  );
  await expect(run('retrieval', '--kb', 'nowhere.jsonl', '--queries', bad)).rejects.toThrow(
    'nowhere.jsonl: there is no such file.',
  );
  await expect(run('retrieval', '--kb', bad)).rejects.toThrow('--queries FILE is required');
  await expect(run('intents', '--file', bad, '--endpoint', 'here')).rejects.toThrow(
    '--endpoint: "here" is not allowed. Use an http(s) URL such as http://localhost:8000/v1.',
  );
  await expect(run('handoff', '--data', folder)).rejects.toThrow('contains no intents/*.jsonl');
  await expect(run('speed')).rejects.toThrow('Unknown command "speed". Known: handoff,');
  await expect(run('handof')).rejects.toThrow('Did you mean "handoff"?');
  await expect(run('handoff', '--colour')).rejects.toThrow('Unknown option "--colour"');
});

test('explain shows which phrase matches', async () => {
  const { text, code } = await run('explain', 'I want to talk to a human');
  expect(code).toBe(0);
  expect(text).toMatch(/^person-request: ".*human.*" matches /m);
  expect(text).toContain('Handed off by rule person-request.');
});
