/**
 * New owners with nothing but README: what its section "Bring your endpoint" says is started against endpoints that behave
 * as the named ones do. The first answer is right, and the doctor has no fault.
 */
import { readFileSync } from 'node:fs';
import { createMemoryRecords } from '@firstword/server/records/memory-records';
import { withConfigFile } from '@firstword/testing/config-file';
import { type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import { startTestServer } from '@firstword/testing/test-server';
import {
  azure,
  cloud,
  deepSeek,
  ollama,
  reasoning,
  startVendorEndpoint,
  strictRoles,
  THINKING_MS,
  type Vendor,
} from '@firstword/testing/vendor-endpoint';
import { connectWidget } from '@firstword/testing/widget-client';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { runDoctor } from '../src/cli/doctor/run-doctor.ts';
import { readConfig } from '../src/config/config.ts';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const ANSWER = 'You may return it within 30 days [1].';
const DEFAULT_MODELS = [
  'qwen3-8b',
  'step-3.5-flash',
  'deepseek-v4-flash',
  'hunyuan-turbos',
  'deepseek-v4-pro',
  'glm-5',
];

let redis: RedisServer;
const stops: (() => Promise<void>)[] = [];
beforeAll(async () => {
  redis = await startRedisServer();
});
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});
afterAll(() => redis.stop());

/** The variables of the block's command, and its file. */
function blockOf(title: string): { env: Record<string, string>; file: unknown } {
  const section = readme.split(/^#{2,3} /m).find((part) => part.startsWith(`${title}\n`));
  if (section === undefined) throw new Error(`README.md has no section "${title}".`);
  const command = /```sh\n(.*) npm start\n```/.exec(section)?.[1] ?? '';
  const env = Object.fromEntries(command.split(' ').map((pair) => pair.split('=', 2) as [string, string]));
  return { env, file: JSON.parse(/```json\n(.*?)```/s.exec(section)?.[1] ?? '{}') };
}

/** Follows README, with the fake in place of the vendor's host. */
async function follow(title: string, vendor: (key: string) => Vendor) {
  const { env: written, file } = blockOf(title);
  const { LLM_BASE_URL: address = 'https://vendor.example/v1', LLM_API_KEY: key = '' } = written;
  const endpoint = await startVendorEndpoint(vendor(key));
  stops.push(endpoint.stop);
  const env = {
    ...written,
    ...withConfigFile(file),
    REDIS_URL: redis.url,
    LLM_BASE_URL: address.replace(new URL(address).origin, endpoint.origin),
  };
  const config = readConfig(env);
  const { tiers, models, endpoints, proxy } = config;
  if (config.endpoint === undefined) throw new Error('the block names no endpoint');
  const records = createMemoryRecords();
  const server = await startTestServer({
    redis,
    endpoint: { id: 'main', ...config.endpoint },
    tiers,
    models,
    endpoints,
    proxy,
    routing: { ...config.routing, hedge: { ...config.routing.hedge, mode: 'off' } },
    redisPrefix: `owner-${title}`,
    records,
  });
  stops.push(server.stop);
  return { env, config, endpoint, server, records };
}

test.each<[title: string, vendor: (key: string) => Vendor, answeredBy: string]>([
  ['A cloud with the default models', (key) => cloud(key, DEFAULT_MODELS), 'deepseek-v4-flash'],
  ['DeepSeek', (key) => deepSeek(key, ['deepseek-v4-flash', 'deepseek-v4-pro']), 'deepseek-v4-flash'],
  ['OpenAI', (key) => reasoning(key, ['gpt-5-mini']), 'gpt-5-mini'],
  ['Azure', (key) => azure(key, ['your-deployment']), 'chat'],
  ['Ollama', () => ollama(['qwen3:8b']), 'qwen3:8b'],
  ['vLLM and SGLang', () => strictRoles(['Qwen/Qwen3-8B']), 'Qwen/Qwen3-8B'],
  [
    'OpenRouter and other gateways',
    (key) => cloud(key, ['qwen/qwen3-8b', 'deepseek/deepseek-v4-flash'], '/api/v1'),
    'large',
  ],
])(
  '%s: the first answer is right, its cost is recorded, and the doctor has no fault',
  async (title, vendor, answeredBy) => {
    const { env, endpoint, server, records } = await follow(title, vendor);
    const client = await connectWidget(server.port, { site: 'acme' });
    stops.push(async () => client.close());
    for (const question of ['How long may I return it?', 'And large items?']) {
      const sent = await client.send(question);
      const turnId = sent.ok ? (sent.turnId ?? '') : '';
      const end = await client.received((event) => event.type === 'turn-end' && event.turnId === turnId);
      expect(end).toMatchObject({ state: 'done' });
      expect(client.text(turnId)).toBe(ANSWER);
    }

    const { usage: recorded } = records;
    const doneRows = async () => (await recorded.lastCalls(50)).filter(({ outcome }) => outcome === 'done');
    await expect.poll(async () => (await doneRows()).length, { timeout: 5_000 }).toBe(4); // two verdicts, two answers
    const rows = await doneRows();
    const answers = rows.filter(({ purpose }) => purpose === 'answer');
    expect(answers.map(({ modelId }) => modelId)).toEqual([answeredBy, answeredBy]);
    for (const { usage, costUsd } of rows) {
      expect(usage.estimated).toBe(false);
      expect(costUsd).toBeGreaterThanOrEqual(0);
    }
    if (title === 'OpenAI') {
      // Thinking counts as tokens, but not as the first one.
      expect(answers.every(({ ttftMs = 0 }) => ttftMs >= THINKING_MS - 5)).toBe(true);
      expect(answers.every(({ usage }) => usage.completionTokens > 30)).toBe(true);
    }

    const asked = endpoint.calls.length;
    const report = await runDoctor({ env });
    expect(report.findings.filter(({ level }) => level === 'fault')).toEqual([]);
    expect(endpoint.calls.length).toBeGreaterThan(asked);
  },
);
