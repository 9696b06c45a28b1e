import { expect, test } from 'vitest';
import { hideSecrets, isSecretName, shownUrl } from './hide-secrets.ts';

test.each([
  ['redis://localhost:6379', 'redis://localhost:6379'],
  ['redis://:hunter2@localhost:6379/1', 'redis://***@localhost:6379/1'],
  ['redis://user:p@ss/w:rd@localhost', 'redis://***@localhost'],
  ['redis+sentinel://u:p@a:1,b:2/name', 'redis+sentinel://***@a:1,b:2/name'],
  [':hunter2@localhost:6379', '***@localhost:6379'],
  ['redis:/:hunter2@localhost', '***@localhost'],
  ['https://x.example/?api_key=hunter2&a=1', 'https://x.example/?api_key=***&a=1'],
  ['rediss://x.example?password=hunter2', 'rediss://x.example?password=***'],
])('the address %s is shown as %s', (address, shown) => {
  expect(shownUrl(address)).toBe(shown);
});

test('a text keeps everything but the credentials of its addresses', () => {
  const text = 'GET https://root:hunter2@x.example/a failed, see support@x.example and redis://:pw@y:1';
  expect(hideSecrets(text)).toBe('GET https://***@x.example/a failed, see support@x.example and redis://***@y:1');
});

test.each(['LLM_API_KEY', 'APP_SECRET', 'identitySecret', 'apiKey', 'password', 'accessToken'])(
  '%s is a secret',
  (name) => {
    expect(isSecretName(name)).toBe(true);
  },
);
