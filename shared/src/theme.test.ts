import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contrast, type Rgb } from './accent.ts';
import { siteSchema, siteView } from './site.ts';
import { schemeColours } from './theme.ts';

const site = { id: 'acme', name: 'Acme', allowedOrigins: ['https://shop.example'] };
const hex = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);
const rgb = (css = ''): Rgb => {
  const [red = 0, green = 0, blue = 0] = (css.match(/\d+/g) ?? []).map(Number);
  return [red, green, blue];
};

test('any site colours result in enough contrast for text and control edges', () => {
  fc.assert(
    fc.property(hex, hex, hex, fc.constantFrom('light' as const, 'dark' as const), (accent, surface, text, scheme) => {
      const colours = schemeColours(accent, scheme, { surface, text });
      const ratio = (one: string, other: string) => contrast(rgb(colours[one]), rgb(colours[other]));
      for (const name of ['--ink', '--ink-soft', '--good', '--warn', '--bad'])
        for (const under of ['--surface', '--sunken'])
          expect(ratio(name, under), `${name} on ${under}`).toBeGreaterThanOrEqual(4.5);
      for (const [name, under] of [
        ['--accent-text', '--surface'],
        ['--accent-text', '--accent-soft'],
        ['--on-accent', '--accent'],
        ['--on-accent', '--accent-hover'],
      ] as const)
        expect(ratio(name, under), `${name} on ${under}`).toBeGreaterThanOrEqual(4.5);
      expect(ratio('--line-strong', '--surface')).toBeGreaterThanOrEqual(3);
      expect(ratio('--accent', '--surface')).toBeGreaterThanOrEqual(3);
    }),
    { numRuns: 3000 },
  );
});

test('colours with enough contrast are kept, grey on grey is adjusted', () => {
  const kept = schemeColours('#1f6f5c', 'light', { surface: '#fafafa', text: '#202020' });
  expect(kept).toMatchObject({ '--surface': 'rgb(250 250 250)', '--ink': 'rgb(32 32 32)' });
  const adjusted = schemeColours('#1f6f5c', 'light', { surface: '#808080', text: '#888888' });
  expect(contrast(rgb(adjusted['--ink']), rgb(adjusted['--surface']))).toBeGreaterThanOrEqual(4.5);
});

test('only the configured parts of a theme are sent', () => {
  expect(siteView(siteSchema.parse(site), false).theme).toEqual({ accent: '#1f6f5c' });
  const { theme } = siteView(
    siteSchema.parse({ ...site, theme: { radius: 4, font: 'serif', dark: { text: '#ffffff' } } }),
    false,
  );
  expect(theme).toMatchObject({ accent: '#1f6f5c', radius: 4, font: 'serif', dark: { '--ink': 'rgb(255 255 255)' } });
  expect(theme.light).toBeUndefined();
});

test('a radius is a whole number of pixels', () => {
  for (const radius of [-1, 25, 3.5, '4px'])
    expect(siteSchema.safeParse({ ...site, theme: { radius } }).error?.issues[0]?.message).toMatch(/0|24/);
});
