/** The OpenID Connect provider at which agents sign in: where to send their browser, and whom it sends back. */
import type { ProviderFailure } from '@firstword/shared/provider-failure';
import { emailSchema } from '@firstword/shared/sign-in';
import {
  AuthorizationResponseError,
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type ClientAuth,
  ClientError,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  None,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'openid-client';
import type { Log } from '../lib/log.ts';
import { shareWhileRunning } from '../lib/share-while-running.ts';
import type { Identity } from '../records/identity-store.ts';

/** What ties a response to the browser that asked. */
export interface SignInSecrets {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

/** A person as the provider describes them. */
export interface ProvidedPerson extends Identity {
  readonly email: string | undefined;
  /** Undefined when the provider does not say. */
  readonly emailVerified: boolean | undefined;
  readonly name: string | undefined;
  /** Of the claim that decides about roles. */
  readonly groups: readonly string[];
}

export type RefusalAtProvider = Extract<
  ProviderFailure,
  'cancelled' | 'start-again' | 'invalid-response' | 'provider-unavailable'
>;

export interface IdentityProvider {
  /** Reads the provider's metadata ahead of the first sign-in. Never rejects. */
  warmUp(): Promise<void>;
  /** Where the browser signs in; undefined while the provider can't be reached. */
  urlFor(secrets: SignInSecrets): Promise<string | undefined>;
  /** @param query of the request with which the browser came back */
  personIn(query: string, secrets: SignInSecrets): Promise<ProvidedPerson | { readonly failure: RefusalAtProvider }>;
}

export interface IdentityProviderSettings {
  readonly issuer: string;
  readonly clientId: string;
  /** Undefined for a public client. */
  readonly clientSecret: string | undefined;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  /** Undefined where no claim decides about roles. */
  readonly rolesClaim: string | undefined;
}

type Claims = Readonly<Record<string, unknown>>;

const REQUEST_SECONDS = 5;
const METADATA_MS = 60 * 60_000;
/** A provider that is away is asked this often at most, however many agents try. */
const COOL_DOWN_MS = 1000;
const NAME_MAX = 80;
/** What the provider answered is wrong; everything else means that it did not answer, or not to us. */
const INVALID_RESPONSE = /JWT|INVALID_RESPONSE|JSON_ATTRIBUTE|KEY_SELECTION|PARSE/;

export function createIdentityProvider(
  { issuer, clientId, clientSecret, redirectUri, scopes, rolesClaim }: IdentityProviderSettings,
  log: Pick<Log, 'warn'>,
  now: () => number = Date.now,
): IdentityProvider {
  let known: { readonly configuration: Configuration; readonly until: number } | undefined;
  let failedAt = Number.NEGATIVE_INFINITY;

  const read = async () => {
    try {
      const insecure = issuer.startsWith('http:') ? [allowInsecureRequests] : [];
      const configuration = await discovery(new URL(issuer), clientId, undefined, clientAuth(clientSecret), {
        execute: [...insecure, enableNonRepudiationChecks],
        timeout: REQUEST_SECONDS,
      });
      known = { configuration, until: now() + METADATA_MS };
    } catch (error) {
      failedAt = now();
      log.warn({ issuer, reason: reasonOf(error) }, 'reading the metadata of the identity provider failed');
    }
    return known?.configuration;
  };
  const readOnce = shareWhileRunning(read);
  /** Of an hour ago while it can't be read again. */
  const configurationNow = async () => {
    if (known !== undefined && now() < known.until) return known.configuration;
    if (now() - failedAt < COOL_DOWN_MS) return known?.configuration;
    return readOnce();
  };
  const claimsOf = async (configuration: Configuration, query: string, secrets: SignInSecrets) => {
    const tokens = await authorizationCodeGrant(configuration, new URL(`${redirectUri}?${query}`), {
      expectedState: secrets.state,
      expectedNonce: secrets.nonce,
      pkceCodeVerifier: secrets.codeVerifier,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (claims === undefined) throw new Error('the provider sent no ID token');
    // Many providers put only the subject into the ID token.
    const wanted = ['email', 'email_verified', ...(rolesClaim === undefined ? [] : [rolesClaim])];
    const { userinfo_endpoint: more } = configuration.serverMetadata();
    const isComplete = more === undefined || wanted.every((name) => claims[name] !== undefined);
    const info: Claims = isComplete ? {} : await fetchUserInfo(configuration, tokens.access_token, claims.sub);
    return { claims, info };
  };
  const personOf = ({ claims, info }: Awaited<ReturnType<typeof claimsOf>>): ProvidedPerson => {
    // From one place: whether an address is verified says nothing about another one.
    const contact: Claims = info['email'] === undefined ? claims : info;
    const all: Claims = { ...info, ...claims };
    return {
      issuer: claims.iss,
      subject: claims.sub,
      email: emailSchema.safeParse(contact['email']).data,
      emailVerified: booleanOf(contact['email_verified']),
      name: textOf(all['name'])?.trim().slice(0, NAME_MAX) || undefined,
      groups: rolesClaim === undefined ? [] : [all[rolesClaim]].flat().filter((each) => typeof each === 'string'),
    };
  };

  return {
    async warmUp() {
      await configurationNow();
    },
    async urlFor({ state, nonce, codeVerifier }) {
      const configuration = await configurationNow();
      if (configuration === undefined) return undefined;
      return buildAuthorizationUrl(configuration, {
        redirect_uri: redirectUri,
        scope: scopes.join(' '),
        code_challenge: await calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: 'S256',
        state,
        nonce,
      }).href;
    },
    async personIn(query, secrets) {
      const configuration = await configurationNow();
      if (configuration === undefined) return { failure: 'provider-unavailable' };
      try {
        return personOf(await claimsOf(configuration, query, secrets));
      } catch (error) {
        const failure = failureOf(error);
        if (failure !== 'cancelled')
          log.warn({ issuer, failure, reason: reasonOf(error) }, 'sign-in at the identity provider failed');
        return { failure };
      }
    },
  };
}

/** As the provider prefers: its own default is Basic. */
function clientAuth(secret: string | undefined): ClientAuth {
  if (secret === undefined) return None();
  const [basic, post] = [ClientSecretBasic(secret), ClientSecretPost(secret)];
  return (server, ...request) => {
    const { token_endpoint_auth_methods_supported: methods = ['client_secret_basic'] } = server;
    return (methods.includes('client_secret_basic') ? basic : post)(server, ...request);
  };
}

function failureOf(error: unknown): RefusalAtProvider {
  if (error instanceof AuthorizationResponseError)
    return error.error === 'access_denied' ? 'cancelled' : 'provider-unavailable';
  // A code that was made up, used or has expired.
  if (error instanceof ResponseBodyError && error.error === 'invalid_grant') return 'start-again';
  const code = error instanceof ClientError ? (error.code ?? '') : '';
  return INVALID_RESPONSE.test(code) ? 'invalid-response' : 'provider-unavailable';
}

/** Some providers write it as a text. */
function booleanOf(value: unknown): boolean | undefined {
  return value === undefined ? undefined : String(value) === 'true';
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function isClientRefused(error: unknown): boolean {
  if (error instanceof ResponseBodyError) return /_client$/.test(error.error);
  return error instanceof WWWAuthenticateChallengeError && error.status === 401;
}

/** The message of an error and of what caused it: `fetch failed` alone says nothing. */
function reasonOf(error: unknown): string {
  if (isClientRefused(error)) return 'the provider refuses this client. Check OIDC_CLIENT_ID and OIDC_CLIENT_SECRET';
  if (!(error instanceof Error)) return String(error);
  const detail = 'error_description' in error ? ` (${String(error.error_description)})` : '';
  const cause = error.cause instanceof Error ? `: ${reasonOf(error.cause)}` : '';
  return `${error.message}${detail}${cause}`;
}
