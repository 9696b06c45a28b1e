import { expect, test } from 'vitest';
import { handshakeSchema } from './handshake.ts';
import { siteSchema } from './site.ts';

test('a handshake with only a site is accepted', () => {
  expect(handshakeSchema.parse({ site: 'acme' })).toEqual({ site: 'acme' });
});

test('too long values of a handshake are cut', () => {
  const { locale, page } = handshakeSchema.parse({
    site: 'acme',
    locale: 'x'.repeat(40),
    page: { url: `https://shop.example/${'x'.repeat(2100)}`, title: `T${'\u{1F600}'.repeat(200)}` },
  });
  expect(locale).toHaveLength(35);
  expect(page?.url).toHaveLength(2048);
  expect(page?.title).toBe(`T${'\u{1F600}'.repeat(149)}`);
});

test.each([
  { locale: 7 },
  { timeZone: null },
  { page: 'https://shop.example' },
  { page: { url: 7 } },
  { page: { url: 'https://shop.example', title: {} } },
])('%j does not refuse a handshake', (invalid) => {
  expect(handshakeSchema.safeParse({ site: 'acme', ...invalid }).success).toBe(true);
});

test.each(['capacitor://localhost', 'ionic://localhost', 'tauri://localhost'])(
  '%s can be an allowed origin',
  (origin) => {
    expect(siteSchema.safeParse({ id: 'acme', name: 'Acme', allowedOrigins: [origin] }).success).toBe(true);
  },
);

test('a misspelt scheme is not an origin', () => {
  expect(siteSchema.safeParse({ id: 'acme', name: 'Acme', allowedOrigins: ['htps://shop.example'] }).success).toBe(
    false,
  );
});
