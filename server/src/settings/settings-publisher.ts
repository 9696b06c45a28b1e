/** Publishes the settings of the console from PostgreSQL to Redis, where every process finds them, also without PostgreSQL. */
import { createHash } from 'node:crypto';
import type { Log } from '../lib/log.ts';
import type { SettingValue } from '../records/setting-value.ts';
import type { VersionStore } from '../records/version-store.ts';
import { ALL_SETTINGS, type PublishedSettings } from './follow-settings.ts';

export interface SettingsPublisher {
  /** Idempotent, and safe in several processes at once. */
  publish(): Promise<void>;
}

export function createSettingsPublisher(
  store: Pick<VersionStore<SettingValue>, 'numbers' | 'loadAll'>,
  publication: {
    version(id: string): Promise<string | undefined>;
    publish(id: string, published: PublishedSettings): Promise<void>;
  },
  log: Log,
): SettingsPublisher {
  return {
    async publish() {
      const version = versionOf(await store.numbers());
      // Nothing was ever set, and nothing is published.
      const published = await publication.version(ALL_SETTINGS);
      if (published === version || (published === undefined && version === NOTHING)) return;
      const settings = await readSettings(store);
      await publication.publish(ALL_SETTINGS, settings);
      log.info({ version: settings.version }, 'settings published');
    },
  };
}

/** All settings, as they are published. */
export async function readSettings(store: Pick<VersionStore<SettingValue>, 'loadAll'>): Promise<PublishedSettings> {
  const all = await store.loadAll();
  const version = versionOf(new Map([...all].map(([name, { number }]) => [name, number])));
  return { version, json: JSON.stringify(Object.fromEntries(all)) };
}

function versionOf(numbers: ReadonlyMap<string, number>): string {
  const state = [...numbers].map(([name, number]) => `${name}=${number}`).sort();
  return createHash('sha256').update(state.join(' ')).digest('base64url').slice(0, 16);
}

const NOTHING = versionOf(new Map());
