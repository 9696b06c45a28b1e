/** Loads the settings that are published, so that a change is used in every process without a restart. */
import type { Log } from '../lib/log.ts';
import { startPeriodic } from '../lib/periodic.ts';

export interface PublishedSettings {
  readonly version: string;
  readonly json: string;
}

export interface SettingsFollowing {
  /** Loads what has changed. Also runs on a timer. */
  refresh(): Promise<void>;
  close(): void;
}

/** Id under which all settings are published together. */
export const ALL_SETTINGS = 'all';
const EVERY_MS = 500;

/** @param everyMs the longest delay until a published change is used */
export function followSettings(
  publication: {
    load(id: string): Promise<PublishedSettings | undefined>;
    version(id: string): Promise<string | undefined>;
  },
  applies: readonly ((published: PublishedSettings) => void)[],
  log: Log,
  everyMs = EVERY_MS,
): SettingsFollowing {
  let applied: string | undefined;
  const refresh = async () => {
    const version = await publication.version(ALL_SETTINGS);
    if (version === undefined || version === applied) return;
    const found = await publication.load(ALL_SETTINGS);
    if (found === undefined) return;
    for (const apply of applies) apply(found);
    applied = found.version;
    log.info({ version: applied }, 'settings loaded');
  };
  const warn = (reason: string) => log.warn({ reason }, 'loading settings failed, keeping the previous ones');
  const refreshing = startPeriodic(refresh, everyMs, warn);
  return {
    refresh: () => refresh().catch((error: unknown) => warn(String(error))),
    close: () => void refreshing.stop(),
  };
}
