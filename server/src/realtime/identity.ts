/** Checks the signed token with which a site identifies its visitor. */
import { errors, type JWTPayload, jwtVerify } from 'jose';

/** What a token with a valid signature states. */
export interface IdentityClaim {
  /** The site's own id of the visitor. */
  readonly subject: string;
  /** Marks the token as used, by the browser that sent it if it named itself. False when another one used it before. */
  readonly use: (browser: string | undefined) => Promise<boolean>;
}

/** @returns undefined when the token is not one of the site */
export type IdentityCheck = (
  token: string,
  site: { id: string; identitySecret?: string | undefined },
) => Promise<IdentityClaim | undefined>;

const MAX_AGE_SECONDS = 600;
const CLOCK_LEEWAY_SECONDS = 60;

/** @param useOnce stores `by` under a `jti`; false if it was stored before, by another */
export function createIdentityCheck(
  useOnce: (jti: string, by: string | undefined, seconds: number) => Promise<boolean>,
): IdentityCheck {
  return async (token, { id, identitySecret }) => {
    if (identitySecret === undefined) return undefined;
    const read = await readToken(token, id, identitySecret);
    const { sub, exp = 0, jti = '' } = read?.payload ?? {};
    if (read === undefined || sub === undefined || sub === '') return undefined;
    if (exp - Date.now() / 1000 > MAX_AGE_SECONDS + CLOCK_LEEWAY_SECONDS) return undefined;
    return {
      subject: sub,
      use: async (browser) =>
        !read.isExpired && useOnce(`${id}:${jti}`, browser, MAX_AGE_SECONDS + 2 * CLOCK_LEEWAY_SECONDS),
    };
  };
}

/** An expired token still says whose session to continue: pages come from caches. */
async function readToken(
  token: string,
  site: string,
  secret: string,
): Promise<{ payload: JWTPayload; isExpired: boolean } | undefined> {
  try {
    const { payload } = await jwtVerify(token, new TextEncoder().encode(secret), {
      algorithms: ['HS256'],
      audience: site,
      clockTolerance: CLOCK_LEEWAY_SECONDS,
      requiredClaims: ['sub', 'exp', 'jti'],
    });
    return { payload, isExpired: false };
  } catch (error) {
    // Thrown only after the signature, the audience and the required claims were found right.
    return error instanceof errors.JWTExpired ? { payload: error.payload, isExpired: true } : undefined;
  }
}
