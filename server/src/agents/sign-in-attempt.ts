/**
 * One sign-in at the identity provider, kept in a signed cookie of the browser that began it. State, nonce and code verifier
 * are made from its random id and `APP_SECRET`, so nothing else has to be stored, and no other browser knows them.
 */
import { isEqualSecret } from '../lib/equal-secrets.ts';
import { mintToken, type TokenHash } from '../lib/tokens.ts';
import type { SignInSecrets } from './identity-provider.ts';

export interface SignInAttempt {
  readonly id: string;
  /** The page of the console to which the agent returns. */
  readonly page: string;
  readonly secrets: SignInSecrets;
}

export interface SignInAttempts {
  /** @param page from a request; anything but a page of the console becomes its first page */
  begin(page: string | undefined): { readonly attempt: SignInAttempt; readonly cookie: string };
  /** Undefined when the value is not ours, or too old. */
  read(cookie: string | undefined): SignInAttempt | undefined;
}

export const ATTEMPT_SECONDS = 10 * 60;
const FIRST_PAGE = '/console';
/** No segment is `..`, so the address stays below `/console` of this server. */
const PAGE = /^\/console(?:\/[\w-][\w.-]{0,79}){0,3}$/;

export function createSignInAttempts(tokenHash: TokenHash, now: () => number): SignInAttempts {
  const of = (id: string, page: string): SignInAttempt => ({
    id,
    page,
    secrets: {
      state: tokenHash(`sign-in state ${id}`),
      nonce: tokenHash(`sign-in nonce ${id}`),
      codeVerifier: tokenHash(`sign-in verifier ${id}`),
    },
  });
  const signature = (body: string) => tokenHash(`sign-in attempt ${body}`);
  return {
    begin(given = FIRST_PAGE) {
      const page = PAGE.test(given) ? given : FIRST_PAGE;
      const id = mintToken();
      const body = [id, now() + ATTEMPT_SECONDS * 1000, Buffer.from(page).toString('base64url')].join('.');
      return { attempt: of(id, page), cookie: `${body}.${signature(body)}` };
    },
    read(cookie = '') {
      const end = cookie.lastIndexOf('.');
      const body = cookie.slice(0, Math.max(end, 0));
      if (!isEqualSecret(cookie.slice(end + 1), signature(body))) return undefined;
      const [id = '', until, page = ''] = body.split('.');
      return now() < Number(until) ? of(id, Buffer.from(page, 'base64url').toString()) : undefined;
    },
  };
}
