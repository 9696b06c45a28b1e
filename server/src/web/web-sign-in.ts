/** Builds sign-in through the identity provider, where one is configured. */
import type { Router } from 'express';
import { createIdentityProvider } from '../agents/identity-provider.ts';
import { DEVICE_DAYS } from '../agents/known-devices.ts';
import { createProviderAccounts } from '../agents/provider-accounts.ts';
import { createProviderSignIn, type ProviderSignIn, type ProviderSignInParts } from '../agents/provider-sign-in.ts';
import { createAttemptCookie, createDeviceCookie, createSessionCookie } from '../agents/session-cookie.ts';
import { ATTEMPT_SECONDS, createSignInAttempts } from '../agents/sign-in-attempt.ts';
import type { Config } from '../config/config.ts';
import { createProviderSignInPages, type ProviderSignInPages } from '../http/provider-sign-in.ts';
import type { Log } from '../lib/log.ts';
import type { TokenHash } from '../lib/tokens.ts';
import type { Records } from '../records/records.ts';

export interface WebSignInParts extends Pick<ProviderSignInParts, 'agents' | 'limits' | 'useOnce'> {
  readonly records: Pick<Records, 'accounts' | 'identities'>;
  readonly tokenHash: TokenHash;
  readonly log: Log;
}

/** Undefined where agents sign in with passwords alone. */
export function openProviderSignIn(
  { records, tokenHash, log, ...parts }: WebSignInParts,
  { signIn, oidc: client, publicUrl }: Pick<Config, 'signIn' | 'oidc' | 'publicUrl'>,
): ProviderSignIn | undefined {
  if (client === undefined || publicUrl === undefined) return undefined;
  const { scopes, rolesClaim, ...accountSettings } = signIn.oidc;
  const decides = accountSettings.roles !== undefined;
  const redirectUri = `${publicUrl}/sign-in/callback`;
  const provider = createIdentityProvider(
    { ...client, redirectUri, scopes, rolesClaim: decides ? rolesClaim : undefined },
    log,
  );
  // The start doesn't wait for it: the provider may be away.
  void provider.warmUp();
  return createProviderSignIn({
    ...parts,
    provider,
    attempts: createSignInAttempts(tokenHash, Date.now),
    accountOf: createProviderAccounts({ ...records, now: Date.now }, accountSettings),
  });
}

/** Undefined as above. */
export function createSignInPages(
  signIn: ProviderSignIn | undefined,
  parts: Pick<ProviderSignInPages, 'addressOf' | 'auditLog' | 'apiTokens' | 'onAccessChange' | 'log'>,
  { publicUrl, publicHttps }: { readonly publicUrl: string | undefined; readonly publicHttps: boolean },
): Router | undefined {
  if (signIn === undefined || publicUrl === undefined) return undefined;
  const cookies = {
    session: createSessionCookie(publicHttps),
    device: createDeviceCookie(publicHttps, DEVICE_DAYS),
    attempt: createAttemptCookie(publicHttps, ATTEMPT_SECONDS),
  };
  return createProviderSignInPages({ ...parts, signIn, publicUrl, cookies });
}
