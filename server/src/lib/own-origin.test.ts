import { expect, test } from 'vitest';
import { createOwnOriginCheck } from './own-origin.ts';

test("the server's own origins are its public one and, without https, its port on this machine", () => {
  const isOwn = createOwnOriginCheck('http://support.example/chat', () => 3000);
  const own = ['http://support.example', 'http://localhost:3000', 'http://127.0.0.1:3000'];
  expect(own.filter(isOwn)).toEqual(own);
  const others = [
    'http://support.example/chat',
    'https://support.example',
    'https://localhost:3000',
    'http://localhost',
    'null',
  ];
  expect(others.filter(isOwn)).toEqual([]);
});

test('with a public https address nothing else is own', () => {
  const isOwn = createOwnOriginCheck('https://support.example/chat', () => 3000);
  const all = ['https://support.example', 'http://localhost:3000', 'http://127.0.0.1:3000'];
  expect(all.filter(isOwn)).toEqual(['https://support.example']);
});

test('the port is the one in use, which PORT=0 leaves open until the server listens', () => {
  let port = 0;
  const isOwn = createOwnOriginCheck(undefined, () => port);
  port = 41_999;
  expect(['http://localhost:41999', 'http://localhost:0'].map(isOwn)).toEqual([true, false]);
});
