/** Signs identity tokens as a site's server does. */
import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';

/** Of the site `acme` of `startTestServer`. */
export const IDENTITY_SECRET = 'x'.repeat(32);

export function signIdentity(
  subject: string,
  claims: Readonly<Record<string, unknown>> = {},
  { site = 'acme', secret = IDENTITY_SECRET } = {},
): Promise<string> {
  return new SignJWT({ jti: randomUUID(), ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(subject)
    .setAudience(site)
    .setExpirationTime('5m')
    .sign(new TextEncoder().encode(secret));
}
