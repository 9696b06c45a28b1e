/** Stops the model calls of one site or all sites, in every process. Checked in memory. */
import type { Log } from '../lib/log.ts';
import type { StopList } from '../store/stop-list.ts';

export interface KillSwitch {
  isStopped(siteId: string): boolean;
  /** @param site a site's id, or `EVERY_SITE` */
  stop(site: string, reason: string): Promise<void>;
  resume(site: string): Promise<void>;
  /** Stopped sites and the reasons, read from Redis now. */
  read(): Promise<ReadonlyMap<string, string>>;
  close(): void;
}

/** Not a valid site id. */
export const EVERY_SITE = '*';

/** @param refreshMs how late a change by another process is seen here */
export function createKillSwitch(list: StopList, log: Log, refreshMs: number): KillSwitch {
  let stops: ReadonlyMap<string, string> = new Map();
  const read = async () => {
    stops = await list.read();
    return stops;
  };
  /** If reading fails, the last known state is kept: an outage neither stops nor resumes calls. */
  const refresh = () =>
    void read().catch((error: unknown) => log.debug({ reason: String(error) }, 'reading the kill switch failed'));
  refresh();
  const timer = setInterval(refresh, refreshMs);

  return {
    isStopped: (siteId) => stops.has(EVERY_SITE) || stops.has(siteId),
    async stop(site, reason) {
      await list.set(site, reason);
      await read();
      log.warn({ site, reason }, 'model calls stopped');
    },
    async resume(site) {
      await list.remove(site);
      await read();
      log.warn({ site }, 'model calls resumed');
    },
    read,
    close: () => clearInterval(timer),
  };
}
