/** Sign-in through the identity provider, from the button on the sign-in page to a session. */
import type { SiteRoles } from '@firstword/shared/permissions';
import type { ProviderFailure } from '@firstword/shared/provider-failure';
import type { SignInLimits } from '../store/sign-in-limits.ts';
import type { Agents, SignedIn } from './agents.ts';
import type { IdentityProvider, RefusalAtProvider } from './identity-provider.ts';
import type { createProviderAccounts } from './provider-accounts.ts';
import { ATTEMPT_SECONDS, type SignInAttempts } from './sign-in-attempt.ts';

export interface ProviderSignIn {
  /** Undefined while the provider can't be reached. `cookie` goes into the browser, for `finish`. */
  begin(page: string | undefined): Promise<{ readonly url: string; readonly cookie: string } | undefined>;
  finish(request: ProviderReturn): Promise<ProviderOutcome>;
}

/** The request with which the browser comes back. */
export interface ProviderReturn {
  /** Without `?`. */
  readonly query: string;
  readonly cookie: string | undefined;
  /** As limits count it. */
  readonly address: string;
  readonly userAgent: string;
}

export type ProviderOutcome =
  | {
      readonly kind: 'signed-in';
      readonly signedIn: SignedIn;
      /** The page of the console to show. */
      readonly page: string;
      readonly changed?: 'created' | 'linked';
      /** Of before, where the provider's claim has changed them. */
      readonly formerRoles?: SiteRoles;
    }
  | {
      readonly kind: 'refused';
      readonly failure: ProviderFailure;
      /** For the audit log. */
      readonly reason: string;
      readonly email?: string;
    };

export interface ProviderSignInParts {
  readonly provider: Pick<IdentityProvider, 'urlFor' | 'personIn'>;
  readonly attempts: SignInAttempts;
  readonly accountOf: ReturnType<typeof createProviderAccounts>;
  readonly agents: Pick<Agents, 'signInAtProvider'>;
  readonly limits: SignInLimits;
  /** Remembers an id over all processes; false when it was used before. */
  readonly useOnce: (id: string, seconds: number) => Promise<boolean>;
}

const REASONS: Readonly<Record<RefusalAtProvider, string>> = {
  cancelled: 'declined at the provider',
  'start-again': 'the code of the provider was made up, used or has expired',
  'invalid-response': 'the response is not one of the provider to this sign-in',
  'provider-unavailable': 'the provider did not answer, or refuses this server',
};
const STALE = 'this browser has not begun the sign-in, or it took too long, or it was used';

export function createProviderSignIn(parts: ProviderSignInParts): ProviderSignIn {
  const { provider, attempts, accountOf, agents, limits, useOnce } = parts;
  const refused = (failure: ProviderFailure, reason: string, email?: string): ProviderOutcome => ({
    ...{ kind: 'refused', failure, reason },
    ...(email === undefined ? {} : { email }),
  });
  return {
    async begin(page) {
      const { attempt, cookie } = attempts.begin(page);
      const url = await provider.urlFor(attempt.secrets);
      return url === undefined ? undefined : { url, cookie };
    },
    async finish({ query, cookie, address, userAgent }) {
      const counted = { atProvider: true, address } as const;
      if ((await limits.spend(counted)) !== undefined)
        return refused('rate-limited', 'too many sign-ins of this address failed');
      const attempt = attempts.read(cookie);
      // Before the provider is asked, so that a forged return costs it nothing.
      const isOurs = attempt !== undefined && new URLSearchParams(query).get('state') === attempt.secrets.state;
      if (!isOurs || !(await useOnce(`sign-in ${attempt.id}`, ATTEMPT_SECONDS))) return refused('start-again', STALE);
      const person = await provider.personIn(query, attempt.secrets);
      if ('failure' in person) {
        // Agents of one office must not be locked out because their provider is away.
        if (person.failure === 'provider-unavailable') await limits.refund(counted);
        return refused(person.failure, REASONS[person.failure]);
      }
      const found = await accountOf(person);
      if ('failure' in found) return refused(found.failure, found.reason, person.email);
      await limits.forgive(counted);
      const { account, ...changes } = found;
      const signedIn = await agents.signInAtProvider(account, userAgent);
      return { kind: 'signed-in', signedIn, page: attempt.page, ...changes };
    },
  };
}
