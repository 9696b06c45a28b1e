/** Checks the signed token with which a site identifies its visitor. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { VisitorProfile } from '@firstword/shared/visitor-profile';
import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { z } from 'zod';
import { readProfile } from './identity-profile.ts';
import type { NoteIgnoredClaims } from './ignored-claims-log.ts';

/** What a token with a valid signature states. */
export interface IdentityClaim {
  /** The site's own id of the visitor. */
  readonly subject: string;
  readonly profile: VisitorProfile;
  /** Marks the token as used, by the browser that sent it if it named itself. False when another one used it before. */
  readonly use: (browser: string | undefined) => Promise<boolean>;
}

/** How a site's tokens are verified. */
export interface IdentitySite {
  readonly id: string;
  readonly identitySecret?: string | undefined;
  /** Accepted while the secret replaces them. */
  readonly formerIdentitySecrets?: readonly string[] | undefined;
  readonly identityKeys?: { readonly url: string } | undefined;
  readonly identityUserHash?: boolean | undefined;
}

/** @returns undefined when the token is not one of the site; rejects when the site's keys can't be fetched */
export type IdentityCheck = (token: string, site: IdentitySite) => Promise<IdentityClaim | undefined>;

const MAX_AGE_SECONDS = 600;
const CLOCK_LEEWAY_SECONDS = 60;
/** Pinned by the kind of key, so that a public key is never taken for a secret. */
const SECRET_ALGORITHMS = ['HS256'];
const KEY_ALGORITHMS = ['RS256', 'ES256', 'EdDSA'];

const idSchema = z.string().min(1).max(200);
const claimsSchema = z.object({ sub: idSchema, jti: idSchema, exp: z.number() });
/** The visitor's id, and the HMAC-SHA256 of it in hexadecimal digits. */
const USER_HASH = /^(.{1,200})\.([0-9a-f]{64})$/s;

/**
 * @param useOnce stores `by` under a `jti`; false if it was stored before, by another
 * @param keysAt the keys that a site publishes at a URL
 */
export function createIdentityCheck(
  useOnce: (jti: string, by: string | undefined, seconds: number) => Promise<boolean>,
  keysAt: (url: string) => JWTVerifyGetKey,
  noteIgnored: NoteIgnoredClaims,
): IdentityCheck {
  return async (token, site) => {
    const { identitySecret, formerIdentitySecrets = [] } = site;
    const secrets = [...(identitySecret === undefined ? [] : [identitySecret]), ...formerIdentitySecrets];
    const hashed = site.identityUserHash ? readUserHash(token, secrets) : undefined;
    if (hashed !== undefined) return { subject: hashed, profile: { subject: hashed }, use: async () => true };
    const read = await readToken(token, site, secrets, keysAt);
    const claims = claimsSchema.safeParse(read?.payload);
    if (read === undefined || !claims.success) return undefined;
    const { sub, exp, jti } = claims.data;
    if (exp - Date.now() / 1000 > MAX_AGE_SECONDS + CLOCK_LEEWAY_SECONDS) return undefined;
    const { profile, ignored } = readProfile(sub, read.payload);
    noteIgnored(site.id, ignored);
    return {
      subject: sub,
      profile,
      use: async (browser) =>
        !read.isExpired && useOnce(`${site.id}:${jti}`, browser, MAX_AGE_SECONDS + 2 * CLOCK_LEEWAY_SECONDS),
    };
  };
}

interface ReadToken {
  readonly payload: JWTPayload;
  /** It still says whose session to continue: pages come from caches. */
  readonly isExpired: boolean;
}

async function readToken(
  token: string,
  { id, identityKeys }: IdentitySite,
  secrets: readonly string[],
  keysAt: (url: string) => JWTVerifyGetKey,
): Promise<ReadToken | undefined> {
  for (const secret of secrets) {
    const key = new TextEncoder().encode(secret);
    const read = await verified(jwtVerify(token, key, rulesFor(id, SECRET_ALGORITHMS)));
    if (read !== undefined) return read;
  }
  return identityKeys && verified(jwtVerify(token, keysAt(identityKeys.url), rulesFor(id, KEY_ALGORITHMS)));
}

const rulesFor = (audience: string, algorithms: string[]) => ({
  algorithms,
  audience,
  clockTolerance: CLOCK_LEEWAY_SECONDS,
  requiredClaims: ['sub', 'exp', 'jti'],
});

async function verified(verifying: Promise<{ payload: JWTPayload }>): Promise<ReadToken | undefined> {
  try {
    return { payload: (await verifying).payload, isExpired: false };
  } catch (error) {
    if (error instanceof IdentityKeysError) throw error;
    // Thrown only after the signature, the audience and the required claims were found right.
    return error instanceof errors.JWTExpired ? { payload: error.payload, isExpired: true } : undefined;
  }
}

function readUserHash(token: string, secrets: readonly string[]): string | undefined {
  const [, subject = '', hash = ''] = USER_HASH.exec(token) ?? [];
  const isRight = secrets.some((secret) => {
    const expected = createHmac('sha256', secret).update(subject).digest();
    return hash !== '' && timingSafeEqual(Buffer.from(hash, 'hex'), expected);
  });
  return isRight ? subject : undefined;
}

/** A site's public keys could not be fetched, so its tokens can be neither accepted nor refused. */
export class IdentityKeysError extends Error {
  override readonly name = 'IdentityKeysError';
  readonly code = 'keys-unavailable';
}
