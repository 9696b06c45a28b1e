import { expect, test } from 'vitest';
import { clusterTarget, isClusterAddress, isRedisAddress, namesSeveralServers, redisTarget } from './redis-address.ts';

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

test('Sentinels have an account of their own, and use TLS where Redis does', () => {
  expect(redisTarget('redis+sentinel://:redis@one/main?sentinelUser=ada&sentinelPassword=p%40ss')).toMatchObject({
    password: 'redis',
    sentinelUsername: 'ada',
    sentinelPassword: 'p@ss',
  });
  expect(redisTarget('rediss+sentinel://one/main')).toMatchObject({
    tls: {},
    enableTLSForSentinelMode: true,
    sentinelTLS: {},
  });
});

test.each(['redis+sentinel://one/main?ca=/ca.crt', 'redis+sentinel://one/main?password=p', 'redis+sentinel://one'])(
  '%s is not the address of Sentinels',
  (address) => {
    expect(isRedisAddress(address)).toBe(false);
  },
);

test('a cluster is some of its servers', () => {
  expect(clusterTarget('redis+cluster://one:7000,two,[::1]:7002')).toEqual({
    nodes: [
      { host: 'one', port: 7000 },
      { host: 'two', port: 6379 },
      { host: '::1', port: 7002 },
    ],
    account: {},
    tls: undefined,
  });
  expect(clusterTarget('rediss+cluster://ada:p%40ss@one')).toEqual({
    nodes: [{ host: 'one', port: 6379 }],
    account: { username: 'ada', password: 'p@ss' },
    tls: {},
  });
  expect(clusterTarget('rediss+cluster://one,two?ca=/run/secrets/redis%20ca')).toMatchObject({
    tls: { authority: '/run/secrets/redis ca' },
  });
});

test.each([
  'redis+cluster://',
  'redis+cluster://one,',
  'redis+cluster://one:99999',
  'redis+cluster://one/1',
  'redis+cluster://one?ca=/ca.crt',
  'redis://one',
])('%s is not the address of a cluster', (address) => {
  expect(clusterTarget(address)).toBeUndefined();
});

test.each([
  ['redis+cluster://a:6379', true, false],
  ['redis://a:6379,b:6379', false, true],
  ['redis://:a,b@host:6379', false, false],
  ['redis+sentinel://a,b/main', false, false],
  ['redis://a:6379', false, false],
])('%s names a cluster: %s, several servers: %s', (address, cluster, several) => {
  expect([isClusterAddress(address), namesSeveralServers(address)]).toEqual([cluster, several]);
});
