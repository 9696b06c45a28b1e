/** Random capabilities: what a holder shows, and the hash under which we remember it. */
import { createHash, randomBytes } from 'node:crypto';

/** 256 bits from the system's generator, URL-safe. */
export function mintToken(): string {
  return randomBytes(32).toString('base64url');
}

/** SHA-256, URL-safe: the only form in which a token is stored. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
