import { expect, test } from 'vitest';
import { baseUrlFault, chatAddress, defaultKeyHeader, modelsAddress, normaliseBaseUrl } from './chat-address.ts';

test.each([
  ['http://localhost:11434', 'http://localhost:11434/v1/chat/completions'],
  ['http://localhost:11434/', 'http://localhost:11434/v1/chat/completions'],
  ['http://localhost:8000/v1', 'http://localhost:8000/v1/chat/completions'],
  ['http://localhost:8000/v1///', 'http://localhost:8000/v1/chat/completions'],
  ['http://localhost:8000/v1/chat/completions', 'http://localhost:8000/v1/chat/completions'],
  ['http://localhost:8000/v1/chat/completions/', 'http://localhost:8000/v1/chat/completions'],
  ['https://api.deepseek.com', 'https://api.deepseek.com/v1/chat/completions'],
  ['https://openrouter.ai', 'https://openrouter.ai/api/v1/chat/completions'],
  ['https://openrouter.ai/api/v1', 'https://openrouter.ai/api/v1/chat/completions'],
  ['https://gateway.example/models/team-a', 'https://gateway.example/models/team-a/chat/completions'],
  ['https://x.example/v1?tenant=a', 'https://x.example/v1/chat/completions?tenant=a'],
  ['https://x.example?tenant=a', 'https://x.example/v1/chat/completions?tenant=a'],
  [
    'https://r.openai.azure.com/openai/deployments/gpt?api-version=2024-10-21',
    'https://r.openai.azure.com/openai/deployments/gpt/chat/completions?api-version=2024-10-21',
  ],
  [
    'https://r.openai.azure.com/openai/deployments/gpt/chat/completions?api-version=2024-10-21',
    'https://r.openai.azure.com/openai/deployments/gpt/chat/completions?api-version=2024-10-21',
  ],
  ['https://r.openai.azure.com/openai/v1/', 'https://r.openai.azure.com/openai/v1/chat/completions'],
  ['https://r.openai.azure.com', 'https://r.openai.azure.com/openai/v1/chat/completions'],
])('%s asks %s', (given, asked) => {
  expect(chatAddress(given)).toBe(asked);
  expect(chatAddress(normaliseBaseUrl(given))).toBe(asked);
  expect(baseUrlFault(given)).toBeUndefined();
});

test('models are listed beside the chat call, except for a deployment of Azure', () => {
  expect(modelsAddress('https://x.example?tenant=a')).toBe('https://x.example/v1/models?tenant=a');
  expect(modelsAddress('https://r.example/openai/deployments/gpt?api-version=1')).toBeUndefined();
});

test('a key for Azure is sent as api-key, others as a bearer token', () => {
  expect(defaultKeyHeader('https://r.example/openai/deployments/gpt?api-version=1')).toBe('api-key');
  expect(defaultKeyHeader('https://r.openai.azure.com/openai/v1')).toBe('api-key');
  expect(defaultKeyHeader('https://r.services.ai.azure.com/openai/v1')).toBe('api-key');
  expect(defaultKeyHeader('https://azure.com.example/v1')).toBe('authorization');
});

test.each([
  ['https://x.example/v1/completions', 'ends with /completions, which is another call. Use https://x.example/v1'],
  ['https://x.example/v1/models', 'ends with /models, which is another call. Use https://x.example/v1'],
  [
    'http://localhost:11434/api/chat',
    "is Ollama's own API, not its OpenAI-compatible one. Use http://localhost:11434/v1",
  ],
  [
    'https://r.openai.azure.com/openai',
    'has no version. Use https://r.openai.azure.com/openai/v1, or /openai/deployments/NAME?api-version=VERSION',
  ],
  [
    'https://r.example/openai/deployments/gpt',
    'has no API version. Add ?api-version=2024-10-21, or use https://r.example/openai/v1, which needs none',
  ],
])('%s is refused', (given, fault) => {
  expect(baseUrlFault(given)).toBe(fault);
});
