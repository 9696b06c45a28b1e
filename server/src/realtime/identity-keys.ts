/** The public keys with which sites sign identity tokens (JWKS), fetched from their URLs and kept. */
import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from 'jose';
import type { Log } from '../lib/log.ts';
import { IdentityKeysError } from './identity.ts';

export interface IdentityKeys {
  /** The keys at a URL. Rejects with `IdentityKeysError` while they can't be fetched. */
  at(url: string): JWTVerifyGetKey;
  /** Fetches them ahead of the first visitor. Never rejects. */
  warmUp(urls: readonly string[]): Promise<void>;
}

/** Long enough that visitors rarely wait for it, short enough that a withdrawn key ends soon. */
const KEPT_MS = 10 * 60_000;
/** Tokens with an unknown key id can cause one request in this time. */
const COOL_DOWN_MS = 30_000;
const FETCH_MS = 5000;
/** After a fetch that failed: visitors whose tokens can't be checked retry that late, and bring no more requests to the site. */
const FAILED_MS = 2000;

/** @param fetchKeys follows no redirects and connects to no address that is not allowed */
export function createIdentityKeys(
  fetchKeys: (url: string, signal: AbortSignal) => Promise<Response>,
  log: Pick<Log, 'warn'>,
  now: () => number = Date.now,
): IdentityKeys {
  const failedAt = new Map<string, number>();
  const fetched = async (url: string, signal: AbortSignal) => {
    if (now() - (failedAt.get(url) ?? Number.NEGATIVE_INFINITY) < FAILED_MS) throw new Error('a moment ago it failed');
    try {
      const response = await fetchKeys(url, signal);
      if (!response.ok) throw new Error(`status ${response.status}`);
      return response;
    } catch (error) {
      failedAt.set(url, now());
      throw error;
    }
  };
  const known = new Map<string, ReturnType<typeof createRemoteJWKSet>>();
  const setAt = (url: string) => {
    const set =
      known.get(url) ??
      createRemoteJWKSet(new URL(url), {
        cacheMaxAge: KEPT_MS,
        cooldownDuration: COOL_DOWN_MS,
        timeoutDuration: FETCH_MS,
        [customFetch]: (address, { signal }) => fetched(address, signal),
      });
    known.set(url, set);
    return set;
  };
  const unavailable = (url: string, cause: unknown) => {
    log.warn({ url, reason: String(cause) }, 'fetching identity keys failed');
    return new IdentityKeysError(`The keys at ${url} can't be fetched.`, { cause });
  };

  return {
    at: (url) => async (header, token) => {
      try {
        return await setAt(url)(header, token);
      } catch (error) {
        throw isAboutToken(error) ? error : unavailable(url, error);
      }
    },
    async warmUp(urls) {
      await Promise.all(
        urls.map((url) =>
          setAt(url)
            .reload()
            .catch((error: unknown) => void unavailable(url, error)),
        ),
      );
    },
  };
}

/** The keys are there, and none of them is the token's. */
function isAboutToken(error: unknown): boolean {
  return (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSENotSupported
  );
}
