/** Links accounts to people at identity providers, by what never changes there: the issuer and the subject. */

export interface Identity {
  readonly issuer: string;
  /** The provider's own id of the person. */
  readonly subject: string;
}

export interface IdentityStore {
  /** The id of the account to which the person belongs. */
  find(identity: Identity): Promise<string | undefined>;
  /** False when the account, or the person, is linked already: one of each at a provider. */
  link(identity: Identity, accountId: string): Promise<boolean>;
  /** Removes the links of an account. False when there is none. */
  unlink(accountId: string): Promise<boolean>;
}
