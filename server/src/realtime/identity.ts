/** Checks the signed token with which a site identifies its visitor. */
import { jwtVerify } from 'jose';

/** @returns the site's own id of the visitor, or undefined when the token is invalid */
export type IdentityCheck = (
  token: string,
  site: { id: string; identitySecret?: string | undefined },
) => Promise<string | undefined>;

const MAX_AGE_SECONDS = 600;
const CLOCK_LEEWAY_SECONDS = 60;

/** @param useOnce stores a `jti` and returns whether it is new */
export function createIdentityCheck(useOnce: (jti: string, seconds: number) => Promise<boolean>): IdentityCheck {
  return async (token, { id, identitySecret }) => {
    if (identitySecret === undefined) return undefined;
    try {
      const { payload } = await jwtVerify(token, new TextEncoder().encode(identitySecret), {
        algorithms: ['HS256'],
        audience: id,
        clockTolerance: CLOCK_LEEWAY_SECONDS,
        requiredClaims: ['sub', 'exp', 'jti'],
      });
      const { sub, exp = 0, jti = '' } = payload;
      if (sub === undefined || sub === '' || exp - Date.now() / 1000 > MAX_AGE_SECONDS + CLOCK_LEEWAY_SECONDS)
        return undefined;
      return (await useOnce(`${id}:${jti}`, MAX_AGE_SECONDS + 2 * CLOCK_LEEWAY_SECONDS)) ? sub : undefined;
    } catch {
      return undefined;
    }
  };
}
