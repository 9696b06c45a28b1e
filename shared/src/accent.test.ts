import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accentShades, contrast, DEFAULT_ACCENT, parseHex } from './accent.ts';

function read(shades: Record<string, string>, name: string): [number, number, number] {
  const [red = 0, green = 0, blue = 0] = (shades[name] ?? '').match(/\d+/g)?.map(Number) ?? [];
  return [red, green, blue];
}
const surface = { light: [255, 254, 251], dark: [19, 23, 31] } as const;

test('any accent has readable text on the accent, on its hover shade and on the surface', () => {
  const hex = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);
  fc.assert(
    fc.property(hex, fc.constantFrom('light' as const, 'dark' as const), (accent, scheme) => {
      const shades = accentShades(accent, scheme);
      expect(contrast(read(shades, '--on-accent'), read(shades, '--accent'))).toBeGreaterThanOrEqual(4.5);
      expect(contrast(read(shades, '--on-accent'), read(shades, '--accent-hover'))).toBeGreaterThanOrEqual(4.5);
      expect(contrast(read(shades, '--accent-text'), surface[scheme])).toBeGreaterThanOrEqual(4.5);
      expect(contrast(read(shades, '--accent-text'), read(shades, '--accent-soft'))).toBeGreaterThanOrEqual(4.5);
      expect(contrast(read(shades, '--accent'), surface[scheme])).toBeGreaterThanOrEqual(3);
    }),
    { numRuns: 2000 },
  );
});

test('short hex colours are read like long ones', () => {
  expect(parseHex('#0af')).toEqual([0, 170, 255]);
});

test.each(['', 'red', '#12', '#12345', 'rgb(1,2,3)', '#fff;background:url(//x)', 'url(javascript:1)', '#ggg'])(
  'a theme colour that is none (%j) changes nothing',
  (text) => {
    expect(parseHex(text)).toBeUndefined();
    expect(accentShades(text, 'light')).toEqual(accentShades(DEFAULT_ACCENT, 'light'));
  },
);
