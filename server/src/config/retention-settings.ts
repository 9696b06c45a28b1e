/** Reads how long each kind of record is kept, by site, and what of that contradicts itself. Pure. */
import type { SettingFault } from '@firstword/shared/setting-fault';
import type { Site } from '@firstword/shared/site';
import type { BySite } from '../records/site-expiry.ts';
import type { ConfigFile } from './config-schema.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** 0 days: for ever. */
const keepMs = (days: number) => (days === 0 ? undefined : days * DAY_MS);

/**
 * @param sites as they are now
 * @param days of all other sites
 */
export function keptBySite(
  sites: Iterable<Site>,
  kind: keyof NonNullable<Site['retention']>,
  days: number,
): BySite<number> {
  return {
    sites: Object.fromEntries(
      [...sites].flatMap(({ id, retention }) => {
        const own = retention?.[kind];
        return own === undefined ? [] : [[id, keepMs(own)]];
      }),
    ),
    others: keepMs(days),
  };
}

/** One line for each fault. */
export function storageFaults({ storage: { callDays, usageDays } }: Pick<ConfigFile, 'storage'>): string[] {
  return callDays > usageDays
    ? [
        `storage.callDays: ${callDays} is more than storage.usageDays (${usageDays}). Single calls are part of the totals: use ${usageDays} or less.`,
      ]
    : [];
}

export function retentionFaults({ sites = [], storage }: Pick<ConfigFile, 'sites' | 'storage'>): SettingFault[] {
  const { usageDays } = storage;
  return sites.flatMap(({ retentionDays, retention: { fileDays, callDays: own } = {} }, index): SettingFault[] => [
    ...(fileDays !== undefined && retentionDays !== 0 && fileDays > retentionDays
      ? [
          {
            setting: `sites[${index}].retention.fileDays`,
            code: 'longer-than-conversations' as const,
            text: `${fileDays} is more than retentionDays (${retentionDays}). Files are deleted with their conversation: use ${retentionDays} or less, or leave it out.`,
            given: String(fileDays),
            most: retentionDays,
          },
        ]
      : []),
    ...(own !== undefined && own > usageDays
      ? [
          {
            setting: `sites[${index}].retention.callDays`,
            code: 'longer-than-totals' as const,
            text: `${own} is more than storage.usageDays (${usageDays}). Single calls are part of the totals: use ${usageDays} or less.`,
            given: String(own),
            most: usageDays,
          },
        ]
      : []),
  ]);
}
