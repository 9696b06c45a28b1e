/** Challenges clients beyond a first limit: with a proof of work, and with a captcha where one is configured. */
import type { Challenge, Proof } from '@firstword/shared/proof-of-work';
import type { Captcha, TokenBearer } from './captcha.ts';
import type { Challenges } from './challenges.ts';

/** `unsolved`: a further challenge may be solved; `refused`: the client has solved all that it will. */
export type CheckOutcome = 'solved' | 'unsolved' | 'refused';

export interface ClientChecks {
  /** @param bound whom it is for: a solution is valid for nothing else */
  issue(bound: string, tries: number): Challenge;
  judge(proof: Proof, bound: string, tries: number, bearer: TokenBearer): Promise<CheckOutcome>;
}

/** Distinguishes challenges that name the captcha: a solution without a token is none of them. */
const withCaptcha = (bound: string) => `${bound} captcha`;

export function createClientChecks(challenges: Challenges, captcha: Captcha | undefined): ClientChecks {
  return {
    issue(bound, tries) {
      const named = captcha?.named();
      if (named === undefined) return challenges.issue(bound, tries);
      return { ...challenges.issue(withCaptcha(bound), tries), captcha: named };
    },
    async judge(proof, bound, tries, bearer) {
      if (await challenges.accepts(proof, bound, tries)) return 'solved';
      // The proof of work comes first, so that a request to the provider has its price.
      if (captcha === undefined || !(await challenges.accepts(proof, withCaptcha(bound), tries))) return 'unsolved';
      if (proof.captcha === undefined) return captcha.mayBeMissing ? 'solved' : 'refused';
      return (await captcha.check(proof.captcha, bearer)) === 'failed' ? 'refused' : 'solved';
    },
  };
}
