/** Takes over the accounts, links and API tokens that versions before PostgreSQL stored in Redis. May be repeated. */
import { AGENT_ROLES, rolesOn } from '@firstword/shared/permissions';
import { z } from 'zod';
import { type Account, type AccountStore, accountSchema, linkSchema } from '../records/account-store.ts';
import { type ApiTokenStore, programSchema } from '../records/api-token-store.ts';
import type { FormerAccounts } from '../store/former-accounts.ts';

export interface TakeOverParts {
  readonly former: FormerAccounts;
  readonly accounts: Pick<AccountStore, 'importAccount' | 'importLink'>;
  readonly apiTokens: Pick<ApiTokenStore, 'importToken'>;
}

/** They had one role, on all sites. */
const formerSchema = z
  .looseObject({ role: z.enum(AGENT_ROLES).exactOptional() })
  .transform(({ role, ...own }) => (role === undefined ? own : { ...own, roles: rolesOn(role) }));

export const readFormerAccount = (json: string): Account => formerSchema.pipe(accountSchema).parse(JSON.parse(json));

/** @returns the number of accounts, links and tokens that were found */
export async function takeOverAccounts({ former, accounts, apiTokens }: TakeOverParts): Promise<number> {
  const [found, links, tokens] = await Promise.all([former.accounts(), former.links(), former.apiTokens()]);
  for (const json of found) await accounts.importAccount(readFormerAccount(json));
  for (const { tokenHash, json, expiresAt } of links)
    await accounts.importLink(tokenHash, formerSchema.pipe(linkSchema).parse(JSON.parse(json)), expiresAt);
  for (const { tokenHash, json } of tokens)
    await apiTokens.importToken(tokenHash, programSchema.parse(JSON.parse(json)));
  await former.expire();
  return found.length + links.length + tokens.length;
}
