/** Random capabilities: what a holder shows, and the hash under which we remember it. */
import { createHash, createHmac, randomBytes } from 'node:crypto';

/** 256 bits from the system's generator, URL-safe. */
export function mintToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What a token is remembered under. */
export type TokenHash = (token: string) => string;

/**
 * HMAC-SHA256, URL-safe: the only form in which a capability is stored. Keyed, so that somebody who can write to Redis
 * alone cannot make a session of his own.
 */
export function createTokenHash(secret: string): TokenHash {
  return (token) => createHmac('sha256', secret).update(token).digest('base64url');
}

/** SHA-256, URL-safe: for ids that are no capabilities but should not stand in Redis as they are. */
export function hashId(id: string): string {
  return createHash('sha256').update(id).digest('base64url');
}
