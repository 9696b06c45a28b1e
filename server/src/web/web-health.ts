/** Builds a web process's health checks: it is ready when Redis takes writes; what else is wrong is a warning. */
import type { Site } from '@firstword/shared/site';
import { createHealth } from '../http/health.ts';
import type { OperatorAccess } from '../http/operator-access.ts';
import { readDurability } from '../lib/redis-durability.ts';
import { checkWritable } from '../lib/redis-writable.ts';
import type { Records } from '../records/records.ts';
import type { RedisKeys } from '../store/keys.ts';
import type { WebChat } from './web-chat.ts';
import type { WebConnections } from './web-connections.ts';

export interface WebHealthParts {
  readonly connections: Pick<WebConnections, 'redis' | 'background'>;
  readonly keys: RedisKeys;
  readonly sites: ReadonlyMap<string, Site>;
  readonly chat: Pick<WebChat, 'knowledge' | 'modelStatus'>;
  readonly records: Pick<Records, 'check'>;
}

export function createWebHealth(
  { connections, keys, sites, chat, records }: WebHealthParts,
  mayReadDetails: OperatorAccess,
) {
  const { knowledge, modelStatus } = chat;
  return createHealth(
    {
      required: { redis: () => checkWritable(connections.redis, keys.readyCheck()) },
      optional: { database: records.check },
    },
    async () => [
      ...(await readDurability(connections.background)).warnings,
      // Such a site still serves: it hands questions off instead of answering them.
      ...[...sites.keys()]
        .filter((siteId) => knowledge.of(siteId).size.passages === 0)
        .map((siteId) => `The site "${siteId}" has no help articles to answer from.`),
      // So does one without models.
      ...modelStatus
        .view()
        .alarms.map(({ code, upstreamName, address, fix }) => `${code}: ${address} for "${upstreamName}". ${fix}`),
    ],
    () => modelStatus.view().state,
    mayReadDetails,
  );
}
