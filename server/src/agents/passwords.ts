/** Keeps passwords as scrypt hashes that carry their own salt and cost, so that the cost can be raised later. */
import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

export interface Passwords {
  /** `scrypt$N$r$p$salt$hash`, salt and hash as base64url. */
  hash(password: string): Promise<string>;
  /** `stored` undefined: nobody has that account; the same work is done, so that the time taken does not tell. */
  verify(password: string, stored: string | undefined): Promise<boolean>;
}

export interface ScryptCost {
  /** A power of two. Memory is 128 · N · r bytes. */
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

/** 32 MB and three passes: as costly to a guesser as 128 MB and one, at a quarter of our memory. */
export const SCRYPT_COST: ScryptCost = { N: 2 ** 15, r: 8, p: 3 };
const KEY_BYTES = 32;
const SALT_BYTES = 16;

export function createPasswords(cost: ScryptCost = SCRYPT_COST): Passwords {
  const hash = async (password: string) => {
    const salt = randomBytes(SALT_BYTES);
    const key = await derive(password, salt, cost);
    return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join('$');
  };
  let nobodys: Promise<string> | undefined;

  return {
    hash,
    async verify(password, stored) {
      // Made at the first sign-in, known account or not, and by no command that only adds one.
      nobodys ??= hash(randomBytes(SALT_BYTES).toString('hex'));
      const [scheme, N, r, p, salt = '', key = ''] = (stored ?? (await nobodys)).split('$');
      if (scheme !== 'scrypt') throw new Error('a stored password has an unknown form');
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
  // Node's own ceiling is 32 MB, which this cost reaches exactly.
  const options: ScryptOptions = { ...cost, maxmem: 2 * 128 * cost.N * cost.r };
  return new Promise((resolve, reject) => {
    // The same letters can be typed in two ways; NFKC makes them one.
    scrypt(password.normalize('NFKC'), salt, KEY_BYTES, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
