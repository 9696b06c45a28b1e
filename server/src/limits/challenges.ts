/** Issues proof-of-work challenges for one site and address, and checks their solutions. */
import { createHash, randomBytes } from 'node:crypto';
import { type Challenge, PROOF_NUMBERS, type Proof } from '@firstword/shared/proof-of-work';
import { isEqualSecret } from '../lib/equal-secrets.ts';
import type { TokenHash } from '../lib/tokens.ts';

export interface Challenges {
  /** @param bound whom it is for: a solution is valid for nothing else */
  issue(bound: string, tries: number): Challenge;
  /** Whether it solves a challenge of at least these tries that was issued for `bound`. Each is accepted once. */
  accepts(proof: Proof, bound: string, tries: number): Promise<boolean>;
}

const VALID_MS = 120_000;

/**
 * @param sign keyed, so that no client can make its own
 * @param useOnce remembers an id over all processes; false when it was used before
 */
export function createChallenges(
  sign: TokenHash,
  useOnce: (id: string, seconds: number) => Promise<boolean>,
  now: () => number = Date.now,
): Challenges {
  const signature = (body: string, bound: string) => sign(`challenge ${body} ${bound}`);
  return {
    issue(bound, tries) {
      const body = `${tries}.${now() + VALID_MS}.${randomBytes(9).toString('base64url')}`;
      return { token: `${body}.${signature(body, bound)}`, tries, numbers: PROOF_NUMBERS };
    },
    async accepts({ token, numbers }, bound, tries) {
      const [, body = '', tried, until, given = ''] =
        /^((\d{1,12})\.(\d{1,16})\.[\w-]{12})\.([\w-]{43})$/.exec(token) ?? [];
      if (!isEqualSecret(given, signature(body, bound)) || Number(tried) < tries || Number(until) < now()) return false;
      if (new Set(numbers).size < PROOF_NUMBERS || !numbers.every((n) => solves(token, n, Number(tried)))) return false;
      return useOnce(`challenge ${body}`, Math.ceil(VALID_MS / 1000));
    },
  };
}

/** As `challengeSchema` describes it. */
function solves(token: string, n: number, tries: number): boolean {
  return createHash('sha256').update(`${token}:${n}`).digest().readUInt32BE(0) < 2 ** 32 / tries;
}
