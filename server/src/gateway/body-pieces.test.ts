import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { createBodyPieces } from './body-pieces.ts';

const textOf = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString();

test('bytes that arrive together are one piece, and the end is undefined', async () => {
  const body = new PassThrough();
  const pieces = createBodyPieces(body);
  const first = pieces.next();
  body.write('one ');
  body.write('two');
  expect(textOf(await first)).toBe('one two');
  body.end('three');
  expect(textOf(await pieces.next())).toBe('three');
  expect(await pieces.next()).toBeUndefined();
});

test('a broken connection rejects pending and later calls', async () => {
  const body = new PassThrough();
  const pieces = createBodyPieces(body);
  const waiting = expect(pieces.next()).rejects.toThrow('torn');
  body.destroy(new Error('torn'));
  await waiting;
  await expect(pieces.next()).rejects.toThrow('torn');
});

test('a destroyed body rejects', async () => {
  const body = new PassThrough();
  const pieces = createBodyPieces(body);
  body.destroy();
  await expect(pieces.next()).rejects.toMatchObject({ code: 'cut-off' });
});

test('after detach, others can read the rest', async () => {
  const body = new PassThrough();
  const pieces = createBodyPieces(body);
  body.write('first');
  await pieces.next();
  pieces.detach();
  body.end('rest');
  expect(Buffer.concat(await body.toArray()).toString()).toBe('rest');
});
