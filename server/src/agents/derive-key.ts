/** Derives a key from a password with scrypt. It blocks its thread for as long as the cost demands. */
import { scryptSync } from 'node:crypto';

export interface ScryptCost {
  /** A power of two. Memory is 128 · N · r bytes. */
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

export interface KeyRequest {
  readonly password: string;
  readonly salt: Uint8Array;
  readonly cost: ScryptCost;
}

/** `unknown`: anyone may have sent it, so it waits for those that are `known`. */
export type Sender = 'known' | 'unknown';

/** @throws AgentsError `busy` */
export type DeriveKey = (request: KeyRequest, sender: Sender) => Promise<Uint8Array>;

const KEY_BYTES = 32;

export function deriveKey({ password, salt, cost }: KeyRequest): Uint8Array {
  // The same character can have several encodings; NFKC makes them equal. Node's default memory limit is 32 MB, which
  // the production cost reaches exactly.
  return scryptSync(password.normalize('NFKC'), salt, KEY_BYTES, { ...cost, maxmem: 2 * 128 * cost.N * cost.r });
}
