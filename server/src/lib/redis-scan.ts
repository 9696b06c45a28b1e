/** Walks through all keys in small steps: SCAN, over every server of a cluster. */
import { addressOf, isCluster, primariesOf, type Redis, type ServerConnection } from './redis-connection.ts';

export interface ScanStep {
  /** For the next step; `0` after the last one. */
  readonly cursor: string;
  readonly keys: readonly string[];
}

/** @param cursor `0` for the first step, else that of the step before; in a cluster, it names the server */
export async function scanStep(redis: Redis, cursor: string, pattern: string, count: number): Promise<ScanStep> {
  if (!isCluster(redis)) return scan(redis, cursor, pattern, count);
  const [from = '0', address = ''] = cursor.split('@');
  const servers = primariesOf(redis);
  // A server that has left since then is passed over.
  const at = servers.findIndex((server) => addressOf(server) >= address);
  const server = servers[at];
  if (server === undefined) return { cursor: '0', keys: [] };
  const step = await scan(server, addressOf(server) === address ? from : '0', pattern, count);
  if (step.cursor !== '0') return { ...step, cursor: `${step.cursor}@${addressOf(server)}` };
  const following = servers[at + 1];
  return following === undefined ? step : { ...step, cursor: `0@${addressOf(following)}` };
}

async function scan(server: ServerConnection, cursor: string, pattern: string, count: number): Promise<ScanStep> {
  const [next, keys] = await server.scan(cursor, 'MATCH', pattern, 'COUNT', count);
  return { cursor: next, keys };
}
