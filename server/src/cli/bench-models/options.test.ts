import { describe, expect, test } from 'vitest';
import { UsageError } from '../../lib/command-line.ts';
import { readOptions } from './options.ts';

const read = (args: string, env: Record<string, string> = {}) => readOptions(args.split(' ').filter(Boolean), env);

describe('where to measure', () => {
  test('by default, the demo engine is measured', () => {
    expect(read('')).toMatchObject({ endpoint: undefined, runs: 10, warmUp: 1, maxTokens: 150, concurrency: 5 });
  });

  test('the environment names the endpoint and its key, one model at a time', () => {
    const env = { LLM_BASE_URL: 'https://models.example/v1/', LLM_API_KEY: 'k' };
    expect(read('', env)).toMatchObject({
      endpoint: { baseUrl: 'https://models.example/v1', apiKey: 'k' },
      concurrency: 1,
    });
  });

  test('a key without an endpoint selects the endpoint of the reference benchmark', () => {
    expect(read('', { LLM_API_KEY: 'k' })).toMatchObject({ endpoint: { baseUrl: 'https://global-apis.com/v1' } });
  });

  test('the command line overrides the environment', () => {
    const env = { LLM_BASE_URL: 'https://models.example/v1', LLM_API_KEY: 'k', OTHER_KEY: 'o' };
    expect(read('--endpoint http://127.0.0.1:8080/v1 --key-env OTHER_KEY', env)).toMatchObject({
      endpoint: { baseUrl: 'http://127.0.0.1:8080/v1', apiKey: 'o' },
    });
    expect(read('--demo', env)).toMatchObject({ endpoint: undefined });
  });

  test('an empty variable counts as not set', () => {
    expect(read('', { LLM_BASE_URL: '', LLM_API_KEY: '' })).toMatchObject({ endpoint: undefined });
  });
});

describe('what to measure', () => {
  test('measures all 15 reference models, or the requested ones, each once', () => {
    expect(read('')).toHaveProperty('models.length', 15);
    expect(read('--models glm-5,qwen3-8b,glm-5')).toMatchObject({ models: ['glm-5', 'qwen3-8b'] });
  });

  test('with another endpoint, models need not be in the catalog', () => {
    expect(read('--endpoint http://127.0.0.1/v1 --models own-model')).toMatchObject({ models: ['own-model'] });
  });
});

test.each([
  ['--runs 0', '--runs: "0" is not allowed. Use a whole number from 1 to 1000.'],
  ['--runs 2.5', '--runs: "2.5" is not allowed. Use a whole number from 1 to 1000.'],
  ['--warm-up x', '--warm-up: "x" is not allowed. Use a whole number from 0 to 100.'],
  ['--concurrency 65', '--concurrency: "65" is not allowed. Use a whole number from 1 to 64.'],
  ['--max-tokens 1', '--max-tokens: "1" is not allowed. Use a whole number from 2 to 8192.'],
  ['--region mars', '--region: "mars" is not allowed. Use us-east or asia.'],
  [
    '--endpoint models.example',
    '--endpoint: "models.example" is not allowed. Use an http(s) URL such as https://example.com/v1.',
  ],
  ['--endpoint http://', '--endpoint: "http://" is not allowed. Use an http(s) URL such as https://example.com/v1.'],
  ['--key-env NOWHERE', '--key-env: the environment variable "NOWHERE" is not set'],
  ['--demo --endpoint http://127.0.0.1/v1', '--demo uses its own endpoint'],
  ['--models gpt-x', '--models: Unknown model of the demo engine "gpt-x". Known: step-3.5-flash'],
  ['--models ,', '--models: "," is not allowed. Use a comma-separated list of model ids.'],
  ['--speed', 'Unknown option "--speed"'],
])('the error for %s names what was given and what is allowed', (args, words) => {
  expect(() => read(args)).toThrow(UsageError);
  expect(() => read(args)).toThrow(words);
});

test('the error for an invalid URL in the environment names the variable', () => {
  expect(() => read('', { LLM_BASE_URL: 'nowhere' })).toThrow(
    'LLM_BASE_URL: "nowhere" is not allowed. Use an http(s) URL such as https://example.com/v1.',
  );
});

test('--help wins over invalid options', () => {
  expect(read('--help --runs 0')).toBe('help');
});
