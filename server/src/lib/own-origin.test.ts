import { expect, test } from 'vitest';
import { createOwnOriginCheck } from './own-origin.ts';

test("the server's own origins are its public one and its port on this machine", () => {
  const isOwn = createOwnOriginCheck('https://support.example/chat', () => 3000);
  const own = ['https://support.example', 'http://localhost:3000', 'http://127.0.0.1:3000'];
  expect(own.filter(isOwn)).toEqual(own);
  const others = [
    'https://support.example/chat',
    'http://support.example',
    'https://localhost:3000',
    'http://localhost',
    'null',
  ];
  expect(others.filter(isOwn)).toEqual([]);
});

test('the port is the one in use, which PORT=0 leaves open until the server listens', () => {
  let port = 0;
  const isOwn = createOwnOriginCheck(undefined, () => port);
  port = 41_999;
  expect(['http://localhost:41999', 'http://localhost:0'].map(isOwn)).toEqual([true, false]);
});
