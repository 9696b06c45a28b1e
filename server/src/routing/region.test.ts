import { expect, test } from 'vitest';
import { regionOf } from './region.ts';

test.each([
  [{ country: 'SG' }, 'asia'],
  [{ country: 'de', timeZone: 'Asia/Tokyo' }, 'eu'],
  [{ country: 'BR', timeZone: 'Europe/Berlin' }, 'us-east'],
  [{ country: 'AE' }, 'eu'],
  [{ country: 'MU' }, 'asia'],
  [{ country: '??', timeZone: 'Asia/Tokyo' }, 'asia'],
  [{ timeZone: 'America/New_York' }, 'us-east'],
  [{ timeZone: 'Europe/Berlin' }, 'eu'],
  [{ timeZone: 'Africa/Lagos' }, 'eu'],
  [{ timeZone: 'Atlantic/Canary' }, 'eu'],
  [{ timeZone: 'Asia/Beirut' }, 'eu'],
  [{ timeZone: 'Asia/Kolkata' }, 'asia'],
  [{ timeZone: 'Pacific/Auckland' }, 'asia'],
  [{ timeZone: 'Australia/Perth' }, 'asia'],
  [{ timeZone: 'UTC' }, 'asia'],
  [{}, 'asia'],
] as const)('a visitor of %j is served from %s where the default is asia', (place, region) => {
  expect(regionOf(place, 'asia')).toBe(region);
});

test.each([
  [{ country: 'BR' }, 'sa-east'],
  [{ country: 'br', timeZone: 'Europe/Berlin' }, 'sa-east'],
  [{ timeZone: 'America/Sao_Paulo' }, 'sa-east'],
  [{ timeZone: 'America/Argentina/Salta' }, 'sa-east'],
  [{ timeZone: 'America/Bogota' }, 'us-east'],
  [{ country: 'DE' }, 'eu'],
  [{ country: 'ZA' }, 'asia'],
] as const)("the site owner's rules come first: a visitor of %j is served from %s", (place, region) => {
  const rules = {
    'sa-east': { countries: ['BR', 'AR'], timeZones: ['America/Sao_Paulo', 'America/Argentina/'] },
    asia: { countries: ['ZA'], timeZones: [] },
  };
  expect(regionOf(place, 'us-east', rules)).toBe(region);
});
