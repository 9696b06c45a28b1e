/** Hashes passwords with scrypt. Each hash contains its salt and cost, so that the cost can be raised later. */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { type DeriveKey, deriveKey, type ScryptCost, type Sender } from './derive-key.ts';

export interface Passwords {
  /** `scrypt$N$r$p$salt$hash`, salt and hash as base64url. @throws AgentsError `busy` */
  hash(password: string): Promise<string>;
  /**
   * `stored` is undefined for an unknown account; verifying takes the same time, so that it does not reveal accounts.
   * @throws AgentsError `busy`
   */
  verify(password: string, stored: string | undefined, sender?: Sender): Promise<boolean>;
  /** Whether a new hash would have the same cost. */
  isCurrent(stored: string): boolean;
}

/** 32 MB and three passes: as expensive to an attacker as 128 MB and one pass, with a quarter of the memory. */
export const SCRYPT_COST: ScryptCost = { N: 2 ** 15, r: 8, p: 3 };
/** In place of a hash: an account that signs in at the identity provider alone. */
export const NO_PASSWORD = 'none';
const KEY_BYTES = 32;
const SALT_BYTES = 16;

/** @param derive a server's is a `PasswordPool`; in place it blocks the process, which only commands may do */
export function createPasswords(
  cost: ScryptCost = SCRYPT_COST,
  derive: DeriveKey = async (request) => deriveKey(request),
): Passwords {
  const prefix = ['scrypt', cost.N, cost.r, cost.p].join('$');
  const write = (salt: Uint8Array, key: Uint8Array) => `${prefix}$${base64url(salt)}$${base64url(key)}`;
  /** Of no password. */
  const placeholder = write(randomBytes(SALT_BYTES), randomBytes(KEY_BYTES));
  return {
    async hash(password) {
      const salt = randomBytes(SALT_BYTES);
      return write(salt, await derive({ password, salt, cost }, 'known'));
    },
    async verify(password, found, sender = 'known') {
      const stored = found === NO_PASSWORD ? undefined : found;
      const [scheme, N, r, p, salt = '', key = ''] = (stored ?? placeholder).split('$');
      if (scheme !== 'scrypt')
        throw new Error(`a stored password hash has the unknown scheme "${scheme}"; expected "scrypt"`);
      const expected = Buffer.from(key, 'base64url');
      const request = {
        password,
        salt: Buffer.from(salt, 'base64url'),
        cost: { N: Number(N), r: Number(r), p: Number(p) },
      };
      return timingSafeEqual(await derive(request, sender), expected) && stored !== undefined;
    },
    isCurrent: (stored) => stored.startsWith(`${prefix}$`),
  };
}

function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}
