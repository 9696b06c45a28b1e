import { expect, test } from 'vitest';
import { serversOf } from './postgres-servers.ts';

test.each([
  'postgres://firstword:a,b@db:5432/firstword',
  'postgres://firstword@/postgres?host=/data/a,b',
  'postgres://db/firstword?application_name=a,b',
])('%s names one server', (address) => {
  expect(serversOf(address)).toEqual([address]);
});

test('several servers have everything but host and port in common', () => {
  expect(serversOf('postgres://ada:p%40,s@db-1:5433,[::1],db-3/firstword?sslmode=verify-full')).toEqual([
    'postgres://ada:p%40,s@db-1:5433/firstword?sslmode=verify-full',
    'postgres://ada:p%40,s@[::1]/firstword?sslmode=verify-full',
    'postgres://ada:p%40,s@db-3/firstword?sslmode=verify-full',
  ]);
});
