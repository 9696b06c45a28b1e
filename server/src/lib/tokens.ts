/** Creates random tokens and the hashes under which they are stored. */
import { createHash, createHmac, randomBytes } from 'node:crypto';

/** 256 random bits, URL-safe. */
export function mintToken(): string {
  return randomBytes(32).toString('base64url');
}

/** The stored form of a token. */
export type TokenHash = (token: string) => string;

/**
 * HMAC-SHA256, URL-safe: tokens are stored in no other form. Keyed, so that write access to Redis alone is not enough to
 * forge a session.
 */
export function createTokenHash(secret: string): TokenHash {
  return (token) => createHmac('sha256', secret).update(token).digest('base64url');
}

/** SHA-256, URL-safe: for ids that aren't secret but shouldn't be stored in plain text. */
export function hashId(id: string): string {
  return createHash('sha256').update(id).digest('base64url');
}
