import { expect, test } from 'vitest';
import { RoutingError } from '../routing/routing-error.ts';
import { createAnswerReplay } from './answer-replay.ts';

type Parts = Parameters<typeof createAnswerReplay>[0];

const unused = () => {
  throw new Error('No model may be asked.');
};
const MODEL = {
  ...{ id: 'glm-5', upstreamName: 'glm-5', price: {}, profile: {} },
  endpoint: { id: 'main', baseUrl: 'http://127.0.0.1:9/v1' },
};
const SITE = {
  ...{ id: 'acme', name: 'Acme' },
  handOff: { complex: true, onNegativeSentiment: false, confidenceFloor: 0.35 },
} as const;
let counted: string[] = [];

/** Asks for a replay where a part says something else than usual. */
function askWith(changes: Partial<Parts>) {
  counted = [];
  const replay = createAnswerReplay({
    gateway: { stream: unused, close: async () => {} },
    createTriage: unused,
    router: unused,
    readMessage: unused,
    rules: unused,
    knowledgeOf: unused,
    promptMarker: 'x',
    routeToModel: () => ({ tier: 'fast', region: 'eu', models: [MODEL], maxTokens: 200, why: 'chosen' }),
    siteOf: () => SITE,
    guidanceOf: () => undefined,
    originsOf: () => [],
    budgets: { check: () => 'ok', prepare: async () => {} },
    counts: { add: async (key) => counted.push(key) },
    keys: { replayCount: (agentId) => agentId },
    recordCall: unused,
    region: 'eu',
    perAgentHour: 2,
    ...changes,
  });
  const question = {
    ...{ siteId: 'acme', agentId: 'a', modelId: 'glm-5', text: 'Hello', history: [] },
    ...{ locale: undefined, region: undefined, guidance: undefined },
  };
  return () => replay(question, AbortSignal.timeout(5000));
}

test.each([
  ['stopped', 'stopped'],
  ['hand-off', 'spent'],
  ['degrade', 'spent'],
] as const)('no model is asked when the budgets say %s', async (verdict, refusal) => {
  const ask = askWith({ budgets: { check: () => verdict, prepare: async () => {} } });
  expect(await ask()).toBe(refusal);
  expect(counted).toEqual([]);
});

test('a model that is unknown, or at no endpoint that the site allows, is refused', async () => {
  expect(await askWith({ routeToModel: () => undefined })()).toBe('unknown-model');
  const refuse = () => {
    throw new RoutingError('no-allowed-region', 'None.');
  };
  expect(await askWith({ routeToModel: refuse })()).toBe('no-allowed-region');
});

test('an agent has a number of replays in an hour', async () => {
  const ask = askWith({});
  expect(await ask()).toBeTypeOf('object');
  expect(await ask()).toBeTypeOf('object');
  expect(await ask()).toBe('too-many');
  expect(counted).toEqual(['a', 'a', 'a']);
});
