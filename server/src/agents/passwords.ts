/** Hashes passwords with scrypt. Each hash contains its salt and cost, so that the cost can be raised later. */
import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

export interface Passwords {
  /** `scrypt$N$r$p$salt$hash`, salt and hash as base64url. */
  hash(password: string): Promise<string>;
  /** `stored` is undefined for an unknown account; verifying takes the same time, so that it does not reveal accounts. */
  verify(password: string, stored: string | undefined): Promise<boolean>;
}

export interface ScryptCost {
  /** A power of two. Memory is 128 · N · r bytes. */
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

/** 32 MB and three passes: as expensive to an attacker as 128 MB and one pass, with a quarter of the memory. */
export const SCRYPT_COST: ScryptCost = { N: 2 ** 15, r: 8, p: 3 };
const KEY_BYTES = 32;
const SALT_BYTES = 16;

export function createPasswords(cost: ScryptCost = SCRYPT_COST): Passwords {
  const hash = async (password: string) => {
    const salt = randomBytes(SALT_BYTES);
    const key = await derive(password, salt, cost);
    return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join('$');
  };
  let placeholder: Promise<string> | undefined;

  return {
    hash,
    async verify(password, stored) {
      // Computed at the first sign-in, for known and unknown accounts alike; commands that add agents don't need it.
      placeholder ??= hash(randomBytes(SALT_BYTES).toString('hex'));
      const [scheme, N, r, p, salt = '', key = ''] = (stored ?? (await placeholder)).split('$');
      if (scheme !== 'scrypt')
        throw new Error(`a stored password hash has the unknown scheme "${scheme}"; expected "scrypt"`);
      const expected = Buffer.from(key, 'base64url');
      const found = await derive(password, Buffer.from(salt, 'base64url'), {
        N: Number(N),
        r: Number(r),
        p: Number(p),
      });
      return timingSafeEqual(found, expected) && stored !== undefined;
    },
  };
}

function derive(password: string, salt: Buffer, cost: ScryptCost): Promise<Buffer> {
  // Node's default limit is 32 MB, which this cost reaches exactly.
  const options: ScryptOptions = { ...cost, maxmem: 2 * 128 * cost.N * cost.r };
  return new Promise((resolve, reject) => {
    // The same character can have several encodings; NFKC makes them equal.
    scrypt(password.normalize('NFKC'), salt, KEY_BYTES, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
