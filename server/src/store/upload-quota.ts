/** Limits the bytes that one address, and one site, may upload in a day, and keeps a part of the disk free. */
import { mkdir, statfs } from 'node:fs/promises';
import { dayOf } from '../lib/days.ts';
import type { RedisKeys } from './keys.ts';
import type { WindowCounts } from './window-counts.ts';

export interface UploadSource {
  readonly siteId: string;
  /** As a keyed hash. */
  readonly address: string;
}

export type UploadReservation =
  /** `settle` never rejects. */
  | { readonly kind: 'reserved'; settle(storedBytes: number): Promise<void> }
  /** The address or the site has uploaded too much today. */
  | { readonly kind: 'quota'; readonly retryAfterMs: number }
  /** Too little of the disk is free. */
  | { readonly kind: 'no-space' };

export interface UploadQuota {
  /** Reserves the largest size that the upload may have; to be settled with what was stored. */
  reserve(from: UploadSource, bytes: number): Promise<UploadReservation>;
}

export interface UploadLimits {
  readonly addressDayBytes: number;
  readonly siteDayBytes: number;
  /** What must stay free. */
  readonly freeBytes: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;

export function createUploadQuota(parts: {
  counts: WindowCounts;
  keys: Pick<RedisKeys, 'uploadedBytes'>;
  folder: string;
  limits: UploadLimits;
  now?: () => number;
}): UploadQuota {
  const { counts, keys, folder, limits, now = Date.now } = parts;
  /** Reserved by this process and not on the disk yet. */
  let writing = 0;

  return {
    async reserve({ siteId, address }, bytes) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const { bavail, bsize } = await statfs(folder);
      if (bavail * bsize - writing - bytes < limits.freeBytes) return { kind: 'no-space' };
      const day = dayOf(now());
      const accounts = [
        { key: keys.uploadedBytes(siteId, day, address), most: limits.addressDayBytes },
        { key: keys.uploadedBytes(siteId, day), most: limits.siteDayBytes },
      ];
      const add = (amount: number) => Promise.all(accounts.map(({ key }) => counts.add(key, amount, DAY_MS)));
      const totals = await add(bytes);
      if (accounts.some(({ most }, index) => (totals[index] ?? 0) > most)) {
        await add(-bytes);
        return { kind: 'quota', retryAfterMs: DAY_MS - (now() % DAY_MS) };
      }
      writing += bytes;
      return {
        kind: 'reserved',
        async settle(storedBytes) {
          writing -= bytes;
          await add(storedBytes - bytes).catch(() => {}); // too much stays counted until the day is over
        },
      };
    },
  };
}
