/** Why a sign-in through the identity provider came to nothing, as the server tells the sign-in page. */

/** In the query of the sign-in page, as `sign-in-failed`. */
export const PROVIDER_FAILURES = [
  /** It doesn't answer, or is configured wrongly: the server's log says which. */
  'provider-unavailable',
  /** Another browser began this sign-in, or it took too long, or it was used. */
  'start-again',
  /** The agent, or the provider, declined. */
  'cancelled',
  /** The provider's response is not one to this sign-in. */
  'invalid-response',
  /** The provider names no e-mail address, or has not verified it. */
  'unverified-email',
  /** There is no account, and no invitation, for the e-mail address. */
  'no-account',
  /** The e-mail address or the role is not one that may sign in, or the account is deactivated or someone else's. */
  'not-allowed',
  'rate-limited',
  /** Of ours: the database or Redis does not answer. */
  'unavailable',
] as const;
export type ProviderFailure = (typeof PROVIDER_FAILURES)[number];

/** The parameter of the page's query. */
export const FAILURE_PARAMETER = 'sign-in-failed';
