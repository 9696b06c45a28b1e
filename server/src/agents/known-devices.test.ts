import { expect, test } from 'vitest';
import { createTokenHash } from '../lib/tokens.ts';
import { createKnownDevices, DEVICE_DAYS } from './known-devices.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
let now = 1_790_000_000_000;
const devices = createKnownDevices(createTokenHash('a secret of this test'), () => now);
const EMAIL = 'ada@shop.example';

test('a browser is recognized for the account that signed in there, and for no other', () => {
  const value = devices.issue(EMAIL);
  expect(devices.recognize(EMAIL, value)).toMatch(/^[\w-]{43}$/);
  expect(devices.recognize('bob@shop.example', value)).toBeUndefined();
  expect(devices.recognize(EMAIL, devices.issue(EMAIL))).not.toBe(devices.recognize(EMAIL, value));
});

test.each(['', '.', '..', 'a.1.b', `${'a'.repeat(43)}.99999.${'a'.repeat(43)}`])('%j is not recognized', (value) => {
  expect(devices.recognize(EMAIL, value)).toBeUndefined();
});

test('a changed value is not recognized', () => {
  const [id, day, signature] = devices.issue(EMAIL).split('.');
  expect(devices.recognize(EMAIL, `${id}.${Number(day) + 1}.${signature}`)).toBeUndefined();
  expect(devices.recognize(EMAIL, `${id}x.${day}.${signature}`)).toBeUndefined();
  const other = createKnownDevices(createTokenHash('another secret'), () => now);
  expect(other.recognize(EMAIL, `${id}.${day}.${signature}`)).toBeUndefined();
});

test('a browser is forgotten in the end', () => {
  const value = devices.issue(EMAIL);
  now += DEVICE_DAYS * DAY_MS;
  expect(devices.recognize(EMAIL, value)).toBeDefined();
  now += DAY_MS;
  expect(devices.recognize(EMAIL, value)).toBeUndefined();
});

test('a browser is known once any account has signed in there', () => {
  const value = devices.issue(EMAIL);
  const [id, day, ofAccount, ofBrowser] = value.split('.');
  expect(devices.isKnown(value)).toBe(true);
  for (const other of [undefined, '', `${id}.${day}.${ofAccount}`, `${id}x.${day}.${ofAccount}.${ofBrowser}`])
    expect(devices.isKnown(other)).toBe(false);
  expect(devices.isKnown(`${id}.${Number(day) + 1}.${ofAccount}.${ofBrowser}`)).toBe(false);
  now += (DEVICE_DAYS + 1) * DAY_MS;
  expect(devices.isKnown(value)).toBe(false);
});
