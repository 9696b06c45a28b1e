import { jpegOf, pngOf } from '@firstword/testing/pictures';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pictureName, plainPicture } from './plain-picture.ts';

const NOTE = '48.8584 N, 2.2945 E';
const RED = [200, 30, 30] as const;

test.each([
  ['a PNG', 'png', pngOf(16, RED, NOTE), pngOf(16, RED)],
  ['a JPEG', 'jpeg', jpegOf(NOTE), undefined],
] as const)(
  '%s loses what a camera or a program wrote into it, and what follows its end',
  (_what, type, given, plain) => {
    expect(given.includes(NOTE)).toBe(true);
    const outcome = plainPicture(Buffer.concat([given, Buffer.from('<script>')]));
    if (outcome.kind !== 'fine') throw new Error(outcome.kind);
    expect(outcome.type).toBe(type);
    expect(outcome.content.includes(NOTE) || outcome.content.includes('<script>')).toBe(false);
    if (plain !== undefined) expect(outcome.content.equals(plain)).toBe(true);
    // Nothing more is left out the second time, so the same picture keeps its name.
    expect(plainPicture(outcome.content)).toEqual(outcome);
  },
);

test.each([
  ['a GIF', Buffer.from('GIF89a'), 'type'],
  ['an SVG with a script', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'), 'type'],
  ['nothing', Buffer.alloc(0), 'type'],
  ['a PNG that ends early', pngOf(16, RED).subarray(0, 60), 'broken'],
  ['a JPEG without pixels', Buffer.from([0xff, 0xd8, 0xff, 0xd9]), 'broken'],
  ['a PNG of more pixels than are drawn', pngOf(1025, RED), 'too-large'],
])('%s is refused', (_what, bytes, kind) => {
  expect(plainPicture(bytes)).toEqual({ kind });
});

test('any bytes after a right beginning are read or refused, never more than was sent', () => {
  const beginnings = [pngOf(8, RED), jpegOf('x')].flatMap((whole) =>
    [2, 8, 30, whole.length].map((n) => [whole, n] as const),
  );
  fc.assert(
    fc.property(fc.constantFrom(...beginnings), fc.uint8Array({ maxLength: 200 }), ([whole, kept], rest) => {
      const bytes = Buffer.concat([whole.subarray(0, kept), rest]);
      const outcome = plainPicture(bytes);
      if (outcome.kind === 'fine') expect(outcome.content.length).toBeLessThanOrEqual(bytes.length);
    }),
  );
});

test('the name depends on the content and on the agent', () => {
  const picture = { type: 'png', content: pngOf(8, RED) } as const;
  expect(pictureName('one', picture)).toMatch(/^[0-9a-f]{32}\.png$/);
  expect(pictureName('one', picture)).toBe(pictureName('one', { ...picture }));
  expect(pictureName('two', picture)).not.toBe(pictureName('one', picture));
});
