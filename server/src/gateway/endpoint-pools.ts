/** Keeps a connection pool per endpoint. */
import { type Dispatcher, Pool } from 'undici';
import { shownUrl } from '../lib/hide-secrets.ts';
import type { Endpoint } from '../routing/route.ts';
import { chatAddress } from './chat-address.ts';
import { createProxiedDispatcher, type ProxySettings } from './proxied-dispatcher.ts';
import { createThrottledConnector, type ReadThrottling } from './throttled-connector.ts';

export interface EndpointPool {
  readonly pool: Dispatcher;
  /** The chat call's whole address, fit to be shown. */
  readonly address: string;
  /** Path of the chat call on the pool's origin. */
  readonly chatPath: string;
}

export interface EndpointPools {
  of(endpoint: Endpoint): EndpointPool;
  /** Destroys all connections; running requests fail. */
  close(): Promise<void>;
}

export interface PoolSettings {
  /** Maximum per endpoint. Further calls wait in the pool while their timeouts run. */
  readonly connections: number;
  readonly connectMs: number;
  readonly keepAliveMs: number;
  /** Endpoints that are connected at start and kept connected; undefined for none. */
  readonly warm: (() => readonly Endpoint[]) | undefined;
  /** Interval at which an idle connection is used, so that no peer or proxy closes it. */
  readonly warmEveryMs: number;
  readonly throttling: ReadThrottling;
  readonly proxy?: ProxySettings | undefined;
}

export function createEndpointPools(settings: PoolSettings): EndpointPools {
  const pools = new Map<string, EndpointPool>();
  const connect = createThrottledConnector(settings.connectMs, settings.throttling);

  function poolOf(endpoint: Endpoint): EndpointPool {
    const known = pools.get(endpoint.id);
    if (known !== undefined) return known;
    const url = new URL(chatAddress(endpoint.baseUrl));
    const options = {
      connections: settings.connections,
      pipelining: 1,
      connect,
      keepAliveTimeout: settings.keepAliveMs,
      // Callers have their own timeouts: undici's timers have a resolution of about a second.
      headersTimeout: 0,
      bodyTimeout: 0,
    };
    const created = {
      pool:
        settings.proxy === undefined
          ? new Pool(url.origin, options)
          : createProxiedDispatcher(url.origin, settings.proxy, { ...options, connectMs: settings.connectMs }),
      address: shownUrl(url.href),
      chatPath: `${url.pathname}${url.search}`,
    };
    pools.set(endpoint.id, created);
    return created;
  }

  /** Any response will do: it completes DNS, TLS and connect. The next call reports a failure. */
  async function warmUp(endpoint: Endpoint): Promise<void> {
    const { pool, chatPath } = poolOf(endpoint);
    if (pool instanceof Pool && pool.stats.running > 0) return;
    try {
      const { body } = await pool.request({ method: 'OPTIONS', path: chatPath, signal: AbortSignal.timeout(5_000) });
      await body.dump();
    } catch {}
  }

  const { warm } = settings;
  const warmUpAll = () => warm?.().forEach((endpoint) => void warmUp(endpoint));
  warmUpAll();
  const timer = warm !== undefined ? setInterval(warmUpAll, settings.warmEveryMs).unref() : undefined;

  return {
    of: poolOf,
    async close() {
      clearInterval(timer);
      await Promise.all([...pools.values()].map(({ pool }) => pool.destroy()));
    },
  };
}
