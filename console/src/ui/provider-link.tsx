/** Leads to the identity provider, which leads back to this page. */
import type { SignInOptions } from '@firstword/shared/sign-in';
import { basePath } from '../base-path.ts';
import { signInTexts } from '../texts/sign-in-texts.ts';

export interface ProviderLinkProps {
  readonly provider: NonNullable<SignInOptions['provider']>;
  /** There is no other way to sign in. */
  readonly alone: boolean;
}

export function ProviderLink({ provider, alone }: ProviderLinkProps) {
  const { pathname } = window.location;
  // A one-time link has served its purpose then.
  const page = pathname.endsWith('/first-run') ? '/console' : pathname.slice(basePath.length);
  return (
    <>
      {!alone && <p class="entry__or">{signInTexts.or}</p>}
      <a
        class={`button entry__provider ${alone ? 'button--primary' : 'button--plain'}`}
        href={`${basePath}/sign-in/start?${new URLSearchParams({ page })}`}
      >
        {signInTexts.signInWith(provider.label)}
      </a>
    </>
  );
}
