import { siteSchema } from '@firstword/shared/site';
import { expect, test } from 'vitest';
import { expiryAt, expiryOf } from '../records/site-expiry.ts';
import { keptBySite } from './retention-settings.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const site = (id: string, retention?: object) =>
  siteSchema.parse({ id, name: id, allowedOrigins: ['https://shop.example'], ...(retention && { retention }) });

test('records of a site are kept as it says, and all others as the installation does', () => {
  const sites = [site('plain'), site('short', { auditDays: 10, callDays: 2 }), site('keeper', { auditDays: 0 })];
  const now = 1000 * DAY_MS;
  const ageOf = (siteId: string | undefined, keep = keptBySite(sites, 'auditDays', 400)) => {
    const before = expiryOf(expiryAt(now, keep), siteId);
    return before === undefined ? 'for ever' : (now - before) / DAY_MS;
  };
  expect([ageOf('plain'), ageOf('short'), ageOf('keeper'), ageOf(undefined)]).toEqual([400, 10, 'for ever', 400]);
  const calls = keptBySite(sites, 'callDays', 30);
  expect([ageOf('short', calls), ageOf('plain', calls)]).toEqual([2, 30]);
});
