/** Reaches an endpoint through the proxy of the environment, or directly where the bypass list says so. */
import { type Agent, type Dispatcher, EnvHttpProxyAgent } from 'undici';

export interface ProxySettings {
  /** For `https:` endpoints; undefined for `http`. */
  readonly https: string | undefined;
  readonly http: string | undefined;
  /** As in `NO_PROXY`. */
  readonly bypass: string | undefined;
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];
/** As in Chrome: takes loopback addresses off the bypass list. */
const WITH_LOOPBACK = '<-loopback>';

/** The bypass list with the addresses of this machine, which a proxy elsewhere can't reach. */
export function bypassList(given = ''): string {
  const entries = given.split(/[,\s]+/).filter((entry) => entry !== '');
  if (entries.includes('*')) return '*';
  return entries.includes(WITH_LOOPBACK)
    ? entries.filter((entry) => entry !== WITH_LOOPBACK).join(',')
    : [...entries, ...LOOPBACK].join(',');
}

/** @param options for connections; `connect` serves those without a proxy */
export function createProxiedDispatcher(
  origin: string,
  { https = '', http = '', bypass }: ProxySettings,
  { connectMs, ...options }: Agent.Options & { readonly connectMs: number },
): Dispatcher {
  // Explicit, because NODE_TLS_REJECT_UNAUTHORIZED can switch the check off for the whole process.
  const tls = { timeout: connectMs, rejectUnauthorized: true };
  const agent = new EnvHttpProxyAgent({
    ...options,
    // Empty, not undefined: otherwise undici reads the environment itself.
    httpsProxy: https,
    httpProxy: http,
    noProxy: bypassList(bypass),
    requestTls: tls,
    proxyTls: tls,
  });
  return agent.compose((dispatch) => (request, handler) => dispatch({ ...request, origin }, handler));
}
