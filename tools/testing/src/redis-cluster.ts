/** A real Redis Cluster for a test: several servers on free ports of this machine. */

import { readFileSync } from 'node:fs';
import { connectRedis, type Redis } from '@firstword/server/lib/redis';
import { Redis as Connection, type RedisOptions } from 'ioredis';
import { freePort } from './free-port.ts';
import { type RedisServer, startRedisServer } from './redis-server.ts';
import { silentLog } from './silent-log.ts';
import type { TlsFiles } from './tls-files.ts';

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
  /** Moves a slot to another primary key by key, as `redis-cli --cluster reshard` does, and resolves with the number of keys. */
  moveSlot(slot: number, to: ClusterServer): Promise<number>;
  stop(): Promise<void>;
}

const SLOTS = 16_384;
const PRIMARIES = 3;
/** After this time without an answer, a server's replica takes over. */
const NODE_TIMEOUT_MS = 1000;

/** TLS alone, with an account for the product and another one for this file. */
export interface ClusterAccess {
  readonly tls: TlsFiles;
  readonly user: string;
  readonly password: string;
  /** As `redis_acl` has them after the name and the password. */
  readonly rules: string;
}

const ADMIN = { username: 'admin', password: 'of-the-administrator' };

export async function startRedisCluster(
  options: { readonly withReplicas?: boolean; readonly access?: ClusterAccess } = {},
): Promise<RedisCluster> {
  const { withReplicas = false, access } = options;
  const count = PRIMARIES * (withReplicas ? 2 : 1);
  const servers: (ClusterServer & { readonly busPort: number })[] = [];
  const connections: Redis[] = [];
  for (let started = 0; started < count; started++) servers.push(await startNode(access));
  const connectAdmin = adminOf(access);
  const admins = servers.map(connectAdmin);
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

  const hosts = servers.map(({ port }) => `127.0.0.1:${port}`).join(',');
  const url =
    access === undefined
      ? `redis+cluster://${hosts}`
      : `rediss+cluster://${access.user}:${access.password}@${hosts}?ca=${access.tls.authority}`;
  const untilReplication = async (server: ClusterServer, state: string) => {
    const admin = connectAdmin(server);
    await untilAll([admin], async () => (await admin.info('replication')).includes(state));
    admin.disconnect();
  };
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
    async moveSlot(slot, to) {
      const primaries = servers.slice(0, PRIMARIES).map(connectAdmin);
      const moved = await moveSlot(primaries, slot, to.port);
      for (const admin of primaries) admin.disconnect();
      return moved;
    },
    async stop() {
      for (const connection of connections) connection.disconnect();
      await Promise.all(servers.map((server) => server.stop()));
    },
  };
}

async function startNode(access: ClusterAccess | undefined) {
  const [port, busPort] = [await freePort(), await freePort()];
  const server = await startRedisServer(
    ...(access === undefined ? ['--port', String(port)] : secured(access, port)),
    ...['--bind', '127.0.0.1', '--repl-diskless-sync-delay', '0'],
    ...['--cluster-enabled', 'yes', '--cluster-port', String(busPort)],
    ...['--cluster-node-timeout', String(NODE_TIMEOUT_MS)],
  );
  return { ...server, port, busPort };
}

function secured({ tls, user, password, rules }: ClusterAccess, port: number): string[] {
  return [
    ...['--port', '0', '--tls-port', String(port), '--tls-cert-file', tls.certificate, '--tls-key-file', tls.key],
    ...['--tls-ca-cert-file', tls.authority, '--tls-auth-clients', 'no', '--tls-cluster', 'yes'],
    ...['--user', 'default', 'off', '--user', user, 'on', `>${password}`, ...rules.split(' ')],
    ...['--user', ADMIN.username, 'on', `>${ADMIN.password}`, '~*', '&*', '+@all'],
  ];
}

function adminOf(access: ClusterAccess | undefined) {
  const account: Pick<RedisOptions, 'username' | 'password' | 'tls'> =
    access === undefined ? {} : { ...ADMIN, tls: { ca: readFileSync(access.tls.authority) } };
  return ({ port }: Pick<ClusterServer, 'port'>) => new Connection(port, '127.0.0.1', account);
}

async function moveSlot(admins: readonly Connection[], slot: number, to: number): Promise<number> {
  const ids = await Promise.all(admins.map((admin) => admin.cluster('MYID')));
  const [target] = admins.filter(({ options }) => options.port === to);
  const source = await holderOf(admins, slot);
  if (target === undefined || source === undefined) throw new Error('Both servers must be primaries of the cluster.');
  const idOf = (admin: Connection) => String(ids[admins.indexOf(admin)]);
  await target.call('CLUSTER', 'SETSLOT', String(slot), 'IMPORTING', idOf(source));
  await source.call('CLUSTER', 'SETSLOT', String(slot), 'MIGRATING', idOf(target));
  let moved = 0;
  for (let keys = await keysOf(source, slot); keys.length > 0; keys = await keysOf(source, slot)) {
    await source.migrate('127.0.0.1', to, '', 0, 5000, 'KEYS', ...keys);
    moved += keys.length;
  }
  for (const admin of [target, source, ...admins])
    await admin.call('CLUSTER', 'SETSLOT', String(slot), 'NODE', idOf(target));
  return moved;
}

const keysOf = (admin: Connection, slot: number) => admin.cluster('GETKEYSINSLOT', slot, 1);

async function holderOf(admins: readonly Connection[], slot: number): Promise<Connection | undefined> {
  const [first] = admins;
  const ranges = (await first?.cluster('SLOTS')) ?? [];
  const port = ranges.find(([from, to]) => from <= slot && slot <= to)?.[2]?.[1];
  return admins.find(({ options }) => options.port === port);
}

const countOf = (info: string, name: string) => Number(new RegExp(`cluster_${name}:(\\d+)`).exec(info)?.[1]);

/** The state of a cluster spreads by gossip, which nothing announces. */
async function untilAll(admins: readonly Connection[], holds: (admin: Connection) => Promise<boolean>): Promise<void> {
  for (const admin of admins) while (!(await holds(admin))) await new Promise((resolve) => setTimeout(resolve, 20));
}
