import { describe, expect, test } from 'vitest';
import { readOptions, UsageError } from './options.ts';

const read = (args: string, env: Record<string, string> = {}) => readOptions(args.split(' ').filter(Boolean), env);

describe('where to measure', () => {
  test('without anything set the demo engine is measured', () => {
    expect(read('')).toMatchObject({ endpoint: undefined, runs: 10, warmUp: 1, maxTokens: 150, concurrency: 5 });
  });

  test('the environment names the endpoint and its key, one model at a time', () => {
    const env = { LLM_BASE_URL: 'https://models.example/v1/', LLM_API_KEY: 'k' };
    expect(read('', env)).toMatchObject({
      endpoint: { baseUrl: 'https://models.example/v1', apiKey: 'k' },
      concurrency: 1,
    });
  });

  test('a key alone means the endpoint of the reference benchmark', () => {
    expect(read('', { LLM_API_KEY: 'k' })).toMatchObject({ endpoint: { baseUrl: 'https://global-apis.com/v1' } });
  });

  test('the command line goes before the environment', () => {
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
  test('all 15 reference models, or those asked for, each once', () => {
    expect(read('')).toHaveProperty('models.length', 15);
    expect(read('--models glm-5,qwen3-8b,glm-5')).toMatchObject({ models: ['glm-5', 'qwen3-8b'] });
  });

  test('an endpoint of its own may serve models that the catalog does not know', () => {
    expect(read('--endpoint http://127.0.0.1/v1 --models own-model')).toMatchObject({ models: ['own-model'] });
  });
});

test.each([
  ['--runs 0', '--runs: was "0"; a whole number from 1 to 1000'],
  ['--runs 2.5', '--runs: was "2.5"; a whole number from 1 to 1000'],
  ['--warm-up x', '--warm-up: was "x"; a whole number from 0 to 100'],
  ['--concurrency 65', '--concurrency: was "65"; a whole number from 1 to 64'],
  ['--max-tokens 1', '--max-tokens: was "1"; a whole number from 2 to 8192'],
  ['--region mars', '--region: was "mars"; us-east or asia'],
  ['--endpoint models.example', '--endpoint: was "models.example"; an http or https address'],
  ['--endpoint http://', '--endpoint: was "http://"; an http or https address'],
  ['--key-env NOWHERE', '--key-env: was "NOWHERE"; that environment variable is not set'],
  ['--demo --endpoint http://127.0.0.1/v1', '--demo: brings its own endpoint'],
  ['--models gpt-x', '--models: was "gpt-x"; the demo engine has step-3.5-flash'],
  ['--models ,', '--models: was ","; ids with commas between them'],
  ['--speed', "Unknown option '--speed'"],
])('%s is refused in words', (args, words) => {
  expect(() => read(args)).toThrow(UsageError);
  expect(() => read(args)).toThrow(words);
});

test('a bad address in the environment is named by its variable', () => {
  expect(() => read('', { LLM_BASE_URL: 'nowhere' })).toThrow('LLM_BASE_URL: was "nowhere"');
});

test('help comes before everything else', () => {
  expect(read('--help --runs 0')).toBe('help');
});
