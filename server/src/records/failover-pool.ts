/** Connects to the one of several servers that accepts writes, which after a failover is another one. */
import { isPoolBusy } from './records-error.ts';

interface Client {
  /** Back to its pool. */
  release(): void;
}

export interface ServerPool<Each extends Client> {
  connect(): Promise<Each>;
  renew(): void;
  counts(): Readonly<Record<'open' | 'idle' | 'waiting', number>>;
  end(): Promise<void>;
}

export interface FailoverOptions<Each extends Client> {
  readonly isWritable: (client: Each) => Promise<boolean>;
  /** Another server is used from now on: the index of its pool. */
  readonly onSwitch: (index: number) => void;
}

/**
 * While none accepts writes, connections lead to one that can be read, such as a standby that has not been promoted yet.
 * @param pools one for each server, the preferred one first
 */
export function createFailoverPool<Each extends Client>(
  pools: readonly ServerPool<Each>[],
  { isWritable, onSwitch }: FailoverOptions<Each>,
): ServerPool<Each> {
  let current = 0;
  let known = new WeakSet<Each>();

  const accepts = async (client: Each) => {
    if (known.has(client)) return true;
    const isPrimary = await isWritable(client).catch(() => false); // lost meanwhile: its next query says so
    if (isPrimary) known.add(client);
    return isPrimary;
  };

  const use = (index: number) => {
    if (index === current) return;
    current = index;
    onSwitch(index);
  };

  const connect = async (): Promise<Each> => {
    const failures: unknown[] = [];
    let readable: Each | undefined;
    for (const index of new Set([current, ...pools.keys()])) {
      const client = await pools[index]?.connect().catch((error: unknown) => {
        failures.push(error);
        return undefined;
      });
      if (client !== undefined && (await accepts(client))) {
        readable?.release();
        use(index);
        return client;
      }
      // It serves as many queries as it may, so others must wait for it.
      if (client === undefined && isPoolBusy(failures.at(-1))) break;
      if (readable === undefined) readable = client;
      else client?.release();
    }
    if (readable !== undefined) return readable;
    throw failures[0];
  };

  return {
    connect,
    renew() {
      known = new WeakSet();
      for (const pool of pools) pool.renew();
    },
    counts() {
      const counts = pools.map((pool) => pool.counts());
      const sum = (of: 'open' | 'idle' | 'waiting') => counts.reduce((total, each) => total + each[of], 0);
      return { open: sum('open'), idle: sum('idle'), waiting: sum('waiting') };
    },
    async end() {
      await Promise.all(pools.map((pool) => pool.end()));
    },
  };
}
