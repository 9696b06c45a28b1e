/** Starts the web process, builds every part before the port opens, and closes them in order. */
import type { Site } from '@firstword/shared/site';
import { createMetrics } from './lib/metrics.ts';
import { createTokenHash } from './lib/tokens.ts';
import { startMaintenance } from './maintenance.ts';
import { upgradeStoredData } from './store/data-upgrade.ts';
import { createRedisKeys } from './store/keys.ts';
import { createWebChat } from './web-chat.ts';
import { openWebConnections } from './web-connections.ts';
import { createWebFront } from './web-front.ts';
import type { WebApp, WebAppSettings } from './web-settings.ts';

const DRAIN_SPREAD_MS = 5000;
/** Within the 30 s that process managers usually allow before they kill. */
const FINISH_TURNS_MS = 25_000;

export async function startWebApp(settings: WebAppSettings): Promise<WebApp> {
  const { log } = settings;
  const keys = createRedisKeys(settings.redisPrefix);
  const connections = await openWebConnections(settings);
  await upgradeStoredData(connections.background, keys, log);
  const metrics = createMetrics();
  const tokenHash = createTokenHash(settings.appSecret);
  const sites = new Map<string, Site>();
  const ownOrigins: string[] = [];
  const setPort = (port: number) => {
    const publicOrigin = settings.publicUrl === undefined ? [] : [new URL(settings.publicUrl).origin];
    ownOrigins.splice(0, ownOrigins.length, `http://localhost:${port}`, `http://127.0.0.1:${port}`, ...publicOrigin);
    for (const site of settings.sites(ownOrigins)) sites.set(site.id, site);
  };
  setPort(settings.port); // PORT=0 is replaced by the port in use once the server listens

  const chat = await createWebChat({ connections, keys, sites, metrics, tokenHash }, settings);
  const { conversations, knowledge } = chat;
  const front = createWebFront({ connections, keys, sites, ownOrigins, chat, metrics, tokenHash }, settings);
  await knowledge.refresh();
  const port = await front.listen(setPort);
  // After the port is ours: a second start on a used port must not end or repeat turns.
  const maintenance = await startMaintenance({
    redis: connections.redis,
    background: connections.background,
    keys,
    conversations,
    widget: front.widget,
    tickets: chat.tickets,
    files: front.fileStore,
    sites,
    log,
  });

  return {
    port,
    firstRun: front.firstRun,
    async close() {
      front.drain(DRAIN_SPREAD_MS);
      await maintenance.stop();
      knowledge.close();
      // Clients that were asked to leave may still chat until their delay ends, so that they don't all reconnect at once.
      await Promise.all([front.widget.emptied(DRAIN_SPREAD_MS), conversations.finish(FINISH_TURNS_MS)]);
      await front.close();
      await conversations.finish(0); // turns that began meanwhile
      front.closeFollowers();
      await chat.close();
      connections.close();
    },
  };
}
