import { expect, test } from 'vitest';
import { regionOf } from './region.ts';

test.each([
  [{ country: 'SG' }, 'asia'],
  [{ country: 'de', timeZone: 'Asia/Tokyo' }, 'us-east'],
  [{ country: '??', timeZone: 'Asia/Tokyo' }, 'asia'],
  [{ timeZone: 'America/New_York' }, 'us-east'],
  [{ timeZone: 'Europe/Berlin' }, 'us-east'],
  [{ timeZone: 'Asia/Beirut' }, 'us-east'],
  [{ timeZone: 'Pacific/Auckland' }, 'asia'],
  [{ timeZone: 'Australia/Perth' }, 'asia'],
  [{ timeZone: 'UTC' }, 'asia'],
  [{}, 'asia'],
] as const)('a visitor of %j is served from %s where the default is asia', (place, region) => {
  expect(regionOf(place, 'asia')).toBe(region);
});
