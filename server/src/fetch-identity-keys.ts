/** Fetches a site's public keys: over https from public addresses only, unless the site allows a private one. */
import type { Site } from '@firstword/shared/site';
import { Agent, request } from 'undici';
import { checkedUrl, lookupPublic } from './lib/public-address.ts';

const KEYS_MAX_BYTES = 100_000;
const FETCH_MS = 5000;

export type FetchIdentityKeys = (url: string, signal: AbortSignal) => Promise<Response>;

export function createIdentityKeyFetch(sites: ReadonlyMap<string, Site>) {
  const limits = { headersTimeout: FETCH_MS, bodyTimeout: FETCH_MS, connections: 1, maxResponseSize: KEYS_MAX_BYTES };
  const open = new Agent({ ...limits, connect: { lookup: lookupPublic, timeout: FETCH_MS } });
  const own = new Agent({ ...limits, connect: { timeout: FETCH_MS } });
  const sources = () =>
    [...sites.values()].flatMap(({ identity, identityKeys }) =>
      identity === 'off' || identityKeys === undefined ? [] : [identityKeys],
    );
  const privateHosts = () =>
    sources()
      .filter(({ allowPrivate }) => allowPrivate)
      .map(({ url }) => new URL(url).host);

  const fetchKeys: FetchIdentityKeys = async (address, signal) => {
    const { url, isPrivate } = checkedUrl(address, privateHosts());
    // `request` follows no redirects, so the checked host is the one that answers.
    const { statusCode, body } = await request(url, {
      dispatcher: isPrivate ? own : open,
      signal,
      headers: { accept: 'application/json', 'accept-encoding': 'identity' },
    });
    return new Response(await body.text(), { status: statusCode });
  };

  return {
    fetchKeys,
    /** Of all sites. */
    urls: () => [...new Set(sources().map(({ url }) => url))],
    close: async () => void (await Promise.all([open.destroy(), own.destroy()])),
  };
}
