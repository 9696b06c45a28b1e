/** Keep-alive connections to each endpoint, and what was learnt about it. */
import { Pool } from 'undici';
import type { Endpoint } from '../routing/route.ts';
import type { DispensableField } from './chat-body.ts';
import { createThrottledConnector, type ReadThrottling } from './throttled-connector.ts';

export interface EndpointPool {
  readonly pool: Pool;
  /** Path of the chat call on the pool's origin. */
  readonly chatPath: string;
  /** Fields this endpoint has refused once; they are left out from then on. */
  readonly refusedFields: Set<DispensableField>;
}

export interface EndpointPools {
  of(endpoint: Endpoint): EndpointPool;
  /** Destroys all connections; what still runs on them fails. */
  close(): Promise<void>;
}

export interface PoolSettings {
  /** Most connections to one endpoint; a call beyond it waits in the pool and its deadlines run meanwhile. */
  readonly connections: number;
  readonly connectMs: number;
  readonly keepAliveMs: number;
  /** Endpoints that get a connection at once, and keep one. */
  readonly warm: readonly Endpoint[];
  /** A quiet connection is used this often, so that neither side nor a proxy between forgets it. */
  readonly warmEveryMs: number;
  readonly pacing: ReadThrottling;
}

export function createEndpointPools(settings: PoolSettings): EndpointPools {
  const pools = new Map<string, EndpointPool>();
  const connect = createThrottledConnector(settings.connectMs, settings.pacing);

  function poolOf(endpoint: Endpoint): EndpointPool {
    const known = pools.get(endpoint.id);
    if (known !== undefined) return known;
    const url = new URL(`${endpoint.baseUrl}/chat/completions`);
    const opened = {
      pool: new Pool(url.origin, {
        connections: settings.connections,
        pipelining: 1,
        connect,
        keepAliveTimeout: settings.keepAliveMs,
        // The callers keep time themselves: undici's clocks tick only about once a second.
        headersTimeout: 0,
        bodyTimeout: 0,
      }),
      chatPath: `${url.pathname}${url.search}`,
      refusedFields: new Set<DispensableField>(),
    };
    pools.set(endpoint.id, opened);
    return opened;
  }

  /** Any answer will do: it proves that name, handshake and connection stand. A failure is the next call's news. */
  async function touch(endpoint: Endpoint): Promise<void> {
    const { pool, chatPath } = poolOf(endpoint);
    if (pool.stats.running > 0) return;
    try {
      const { body } = await pool.request({ method: 'OPTIONS', path: chatPath, signal: AbortSignal.timeout(5_000) });
      await body.dump();
    } catch {}
  }

  const touchAll = () => settings.warm.forEach((endpoint) => void touch(endpoint));
  touchAll();
  const timer = settings.warm.length > 0 ? setInterval(touchAll, settings.warmEveryMs).unref() : undefined;

  return {
    of: poolOf,
    async close() {
      clearInterval(timer);
      await Promise.all([...pools.values()].map(({ pool }) => pool.destroy()));
    },
  };
}
