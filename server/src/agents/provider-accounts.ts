/** Finds, links or makes the account of a person whom the identity provider has identified. */
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { type AgentRole, roleInAll, type SiteRoles } from '@firstword/shared/permissions';
import type { ProviderFailure } from '@firstword/shared/provider-failure';
import type { Account, AccountStore } from '../records/account-store.ts';
import type { IdentityStore } from '../records/identity-store.ts';
import type { ProvidedPerson } from './identity-provider.ts';
import { NO_PASSWORD } from './passwords.ts';

/** One role, or a role for each site. */
export type ProviderRole = AgentRole | SiteRoles;

export interface ProviderAccountSettings {
  readonly allowedDomains: readonly string[];
  readonly trustEmail: boolean;
  readonly createAccounts: boolean;
  readonly newAccountRole: ProviderRole;
  readonly roles?: Readonly<Record<string, ProviderRole>>;
}

export type ProviderAccount =
  | { readonly failure: ProviderFailure; readonly reason: string }
  | {
      readonly account: Account;
      /** What this sign-in has changed. */
      readonly changed?: 'created' | 'linked';
      /** Of before, if this sign-in has changed them. */
      readonly formerRoles?: SiteRoles;
    };

export interface ProviderAccountParts {
  readonly accounts: Pick<AccountStore, 'load' | 'find' | 'add' | 'change' | 'listInvites' | 'removeInvite'>;
  readonly identities: IdentityStore;
  readonly now: () => number;
}

const DEACTIVATED: ProviderAccount = { failure: 'not-allowed', reason: 'the account is deactivated' };

export function createProviderAccounts(
  { accounts, identities, now }: ProviderAccountParts,
  { allowedDomains, trustEmail, createAccounts, newAccountRole, roles }: ProviderAccountSettings,
): (person: ProvidedPerson) => Promise<ProviderAccount> {
  const isVerified = ({ emailVerified }: ProvidedPerson) => emailVerified ?? trustEmail;
  const isOfDomain = ({ email }: ProvidedPerson) =>
    allowedDomains.length === 0 || allowedDomains.includes(email?.split('@').at(-1) ?? '');
  /** Undefined when no value of the claim is listed. */
  const roleOf = ({ groups }: ProvidedPerson) =>
    Object.entries(roles ?? {}).find(([value]) => groups.includes(value))?.[1];

  const linked = async (person: ProvidedPerson) => {
    const id = await identities.find(person);
    return id === undefined ? undefined : accounts.load(id);
  };
  const create = async (person: ProvidedPerson, email: string): Promise<ProviderAccount> => {
    const invite = (await accounts.listInvites()).find((each) => each.email === email);
    if (invite === undefined && !createAccounts)
      return { failure: 'no-account', reason: 'no account or invitation has this e-mail address' };
    // The invitation first: one that is withdrawn at this moment makes no account.
    if (invite !== undefined && !(await accounts.removeInvite(invite.id)))
      return { failure: 'no-account', reason: 'the invitation was withdrawn' };
    const account: Account = {
      ...{ id: randomUUID(), email, name: person.name ?? email.split('@')[0] ?? email },
      roles: rolesAfter(roleOf(person) ?? (invite === undefined ? newAccountRole : undefined), invite?.roles),
      ...{ passwordHash: NO_PASSWORD, credential: randomUUID(), createdAt: now() },
    };
    if (!(await accounts.add(account)) || !(await identities.link(person, account.id)))
      return { failure: 'start-again', reason: 'another sign-in has made the account at the same moment' };
    return { account, changed: 'created' };
  };
  const adopt = async (person: ProvidedPerson): Promise<ProviderAccount> => {
    const { email } = person;
    if (email === undefined || !isVerified(person))
      return { failure: 'unverified-email', reason: 'the provider has not verified the e-mail address' };
    const account = await accounts.find(email);
    if (account === undefined) return create(person, email);
    if (account.deactivatedAt !== undefined) return DEACTIVATED;
    // An address that the provider has given to someone else doesn't take the account along.
    if (!(await identities.link(person, account.id)))
      return { failure: 'not-allowed', reason: 'the account belongs to another person at the provider' };
    return { account, changed: 'linked' };
  };
  const withRole = async (found: ProviderAccount, role: ProviderRole | undefined): Promise<ProviderAccount> => {
    if ('failure' in found || role === undefined) return found;
    const { account } = found;
    const next = rolesAfter(role, account.roles);
    if (isDeepStrictEqual(next, account.roles)) return found;
    // The last administrator of all sites stays one.
    if ((await accounts.change(account.id, { roles: next })) !== 'done') return found;
    return { ...found, account: { ...account, roles: next }, formerRoles: account.roles };
  };

  return async (person) => {
    if (!isOfDomain(person))
      return { failure: 'not-allowed', reason: 'the domain of the e-mail address is not allowed' };
    if (allowedDomains.length > 0 && !isVerified(person))
      return { failure: 'unverified-email', reason: 'the provider has not verified the e-mail address' };
    const role = roleOf(person);
    if (roles !== undefined && role === undefined)
      return { failure: 'not-allowed', reason: 'no value of the claim has a role' };
    const known = await linked(person);
    if (known?.deactivatedAt !== undefined) return DEACTIVATED;
    return withRole(known === undefined ? await adopt(person) : { account: known }, role);
  };
}

/** One role counts wherever the account has a role; roles by site are all that it has. */
function rolesAfter(role: ProviderRole | undefined, former: SiteRoles | undefined): Record<string, AgentRole> {
  if (role === undefined) return { ...former };
  return typeof role === 'string' ? roleInAll(role, former) : { ...role };
}
