/** A site's settings as the console stores them: only what its owner has set, with secrets sealed. */
import type { SiteSettings } from '@firstword/shared/site-settings';
import { z } from 'zod';
import type { SealedText } from '../lib/sealed-text.ts';
import type { SettingValue } from '../records/setting-value.ts';

const PREFIX = 'site:';
/** Settings that only the server reads. */
export const SECRET_SETTINGS = ['identitySecret', 'formerIdentitySecrets'] as const;
const SECRETS: readonly string[] = SECRET_SETTINGS;

const siteRecordSchema = z.object({ settings: z.record(z.string(), z.json()), archived: z.boolean().default(false) });
export type SiteRecord = z.infer<typeof siteRecordSchema>;

export const NO_RECORD: SiteRecord = { settings: {}, archived: false };

export const settingOfSite = (siteId: string): string => `${PREFIX}${siteId}`;

/** Undefined for a setting that is not a site's. */
export function siteOfSetting(name: string): string | undefined {
  return name.startsWith(PREFIX) ? name.slice(PREFIX.length) : undefined;
}

export const readSiteRecord = (value: SettingValue): SiteRecord => siteRecordSchema.parse(value);

export function sealSecrets(settings: SiteSettings, { seal }: Pick<SealedText, 'seal'>): SiteSettings {
  return mapSecrets(settings, seal);
}

/** A secret that was sealed under another `APP_SECRET` is left out: nothing is then verified with it. */
export function openSecrets(settings: SiteSettings, { open }: Pick<SealedText, 'open'>): SiteSettings {
  return mapSecrets(settings, (text) => {
    try {
      return open(text);
    } catch {
      return undefined;
    }
  });
}

export const withoutSecrets = (settings: SiteSettings): SiteSettings => mapSecrets(settings, () => undefined);

/** @param change undefined leaves a secret out */
function mapSecrets(settings: SiteSettings, change: (text: string) => string | undefined): SiteSettings {
  return Object.fromEntries(
    Object.entries(settings).flatMap(([name, value]) => {
      if (!SECRETS.includes(name)) return [[name, value]];
      const changed = [value].flat().flatMap((one) => (typeof one === 'string' ? (change(one) ?? []) : []));
      if (changed.length === 0) return [];
      return [[name, Array.isArray(value) ? changed : (changed[0] ?? null)]];
    }),
  );
}
