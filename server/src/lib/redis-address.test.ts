import { expect, test } from 'vitest';
import { isClusterAddress, redisTarget } from './redis-address.ts';

test('one Redis is an address or a path', () => {
  expect(redisTarget('redis://redis:6379/1')).toBe('redis://redis:6379/1');
  expect(redisTarget('unix:///run/redis.sock')).toBe('/run/redis.sock');
});

test('Sentinels are several hosts and the name of what they watch', () => {
  expect(redisTarget('redis+sentinel://one:26380,two/main')).toEqual({
    sentinels: [
      { host: 'one', port: 26_380 },
      { host: 'two', port: 26_379 },
    ],
    name: 'main',
  });
  expect(redisTarget('redis+sentinel://:p%40ss@one/main/2')).toMatchObject({ password: 'p@ss', name: 'main', db: 2 });
});

test.each([
  ['redis+cluster://a:6379', true],
  ['redis://a:6379,b:6379', true],
  ['redis://:a,b@host:6379', false],
  ['redis+sentinel://a,b/main', false],
  ['redis://a:6379', false],
])('%s names a cluster: %s', (address, expected) => {
  expect(isClusterAddress(address)).toBe(expected);
});
