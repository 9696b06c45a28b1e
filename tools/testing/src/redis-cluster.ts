/** A real Redis Cluster for a test: several servers on free ports of this machine, with fsync for every write. */
import { connectRedis, type Redis } from '@firstword/server/lib/redis';
import { Redis as Connection } from 'ioredis';
import { freePort } from './free-port.ts';
import { type RedisServer, startRedisServer } from './redis-server.ts';
import { silentLog } from './silent-log.ts';

export interface ClusterServer extends RedisServer {
  readonly port: number;
}

export interface RedisCluster {
  /** A URL for `connectRedis`. */
  readonly url: string;
  /** Each with a third of the slots. */
  readonly primaries: readonly ClusterServer[];
  /** The n-th follows the n-th primary; empty unless asked for. */
  readonly replicas: readonly ClusterServer[];
  /** A connection for commands, closed with the cluster. */
  connect(): Promise<Redis>;
  /** Resolves when the replica of a killed primary has taken over. */
  takenOver(primary: ClusterServer): Promise<void>;
  /** Resolves when a server that was started again follows the one that has taken over. */
  followsAgain(server: ClusterServer): Promise<void>;
  stop(): Promise<void>;
}

const SLOTS = 16_384;
const PRIMARIES = 3;
/** After this time without an answer, a server's replica takes over. */
const NODE_TIMEOUT_MS = 1000;

export async function startRedisCluster({ withReplicas = false } = {}): Promise<RedisCluster> {
  const count = PRIMARIES * (withReplicas ? 2 : 1);
  const servers: (ClusterServer & { readonly busPort: number })[] = [];
  const connections: Redis[] = [];
  for (let started = 0; started < count; started++) servers.push(await startNode());
  const admins = servers.map(({ port }) => new Connection(port, '127.0.0.1'));
  const [first] = servers;
  if (first === undefined) throw new Error('A cluster has at least one server.');

  for (const [index, admin] of admins.entries()) {
    await admin.cluster('SET-CONFIG-EPOCH', index + 1);
    if (index < PRIMARIES) {
      const [from, to] = [index, index + 1].map((part) => Math.ceil((part * SLOTS) / PRIMARIES));
      await admin.call('CLUSTER', 'ADDSLOTSRANGE', String(from), String((to ?? 0) - 1));
    }
    if (index > 0) await admin.call('CLUSTER', 'MEET', '127.0.0.1', String(first.port), String(first.busPort));
  }
  await untilAll(admins, async (admin) => countOf(await admin.cluster('INFO'), 'known_nodes') === count);
  const ids = await Promise.all(admins.map((admin) => admin.cluster('MYID')));
  for (const [index, admin] of admins.entries())
    if (index >= PRIMARIES) await admin.call('CLUSTER', 'REPLICATE', String(ids[index - PRIMARIES]));
  await untilAll(admins, async (admin) => (await admin.cluster('INFO')).includes('cluster_state:ok'));
  await untilAll(admins.slice(PRIMARIES), async (admin) =>
    (await admin.info('replication')).includes('link_status:up'),
  );
  // A new replica rewrites its file, which holds up the servers of a slow disk.
  await untilAll(admins, async (admin) => /aof_rewrite_in_progress:0/.test(await admin.info('persistence')));
  // Each server must name all others, so that a client learns of every replica.
  await untilAll(admins, async (admin) =>
    (await admin.cluster('SLOTS')).every((slot) => slot.length === 2 + count / PRIMARIES),
  );

  for (const admin of admins) admin.disconnect();

  const url = `redis+cluster://${servers.map(({ port }) => `127.0.0.1:${port}`).join(',')}`;
  return {
    url,
    primaries: servers.slice(0, PRIMARIES),
    replicas: servers.slice(PRIMARIES),
    async connect() {
      const redis = await connectRedis(url, 'commands', silentLog);
      connections.push(redis);
      return redis;
    },
    async takenOver(primary) {
      const replica = servers[servers.findIndex(({ port }) => port === primary.port) + PRIMARIES];
      if (replica === undefined) throw new Error('The server has no replica.');
      await untilReplication(replica, 'role:master');
    },
    followsAgain: (server) => untilReplication(server, 'link_status:up'),
    async stop() {
      for (const connection of connections) connection.disconnect();
      await Promise.all(servers.map((server) => server.stop()));
    },
  };
}

async function startNode() {
  const [port, busPort] = [await freePort(), await freePort()];
  const server = await startRedisServer(
    ...['--port', String(port), '--bind', '127.0.0.1', '--repl-diskless-sync-delay', '0'],
    ...['--cluster-enabled', 'yes', '--cluster-port', String(busPort)],
    ...['--cluster-node-timeout', String(NODE_TIMEOUT_MS)],
  );
  return { ...server, port, busPort };
}

async function untilReplication({ port }: Pick<ClusterServer, 'port'>, state: string): Promise<void> {
  const admin = new Connection(port, '127.0.0.1');
  await untilAll([admin], async () => (await admin.info('replication')).includes(state));
  admin.disconnect();
}

const countOf = (info: string, name: string) => Number(new RegExp(`cluster_${name}:(\\d+)`).exec(info)?.[1]);

/** The state of a cluster spreads by gossip, which nothing announces. */
async function untilAll(admins: readonly Connection[], holds: (admin: Connection) => Promise<boolean>): Promise<void> {
  for (const admin of admins) while (!(await holds(admin))) await new Promise((resolve) => setTimeout(resolve, 20));
}
