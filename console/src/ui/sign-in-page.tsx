/** The sign-in page: with a password, through the identity provider, or both. */
import type { ProviderFailure } from '@firstword/shared/provider-failure';
import type { SignInOptions } from '@firstword/shared/sign-in';
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Api } from '../api.ts';
import { factorTexts } from '../texts/factor-texts.ts';
import { signInTexts } from '../texts/sign-in-texts.ts';
import { EntryPage, failureText } from './entry-page.tsx';
import { Field, fieldText } from './field.tsx';
import { LanguageChoice } from './language-choice.tsx';
import { ProviderLink } from './provider-link.tsx';

export interface SignInPageProps {
  readonly api: Api;
  readonly hint: string | undefined;
  /** Why the identity provider led back here. */
  readonly failure: ProviderFailure | undefined;
  readonly onSignedIn: () => Promise<void>;
}

export function SignInPage({ api, hint, failure, onSignedIn }: SignInPageProps) {
  const busy = useSignal(false);
  const error = useSignal<string | undefined>(undefined);
  const needsCode = useSignal(false);
  const options = useSignal<SignInOptions | undefined>(undefined);
  useEffect(() => {
    void api.readSignInOptions().then((result) => {
      options.value = result.ok ? result.value : { password: true };
      const { provider } = options.value;
      if (failure !== undefined && provider !== undefined)
        error.value = signInTexts.providerFailures[failure](provider.label);
    });
  }, [api]);

  async function submit(event: SubmitEvent & { currentTarget: HTMLFormElement }) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    busy.value = true;
    error.value = undefined;
    const code = fieldText(form, 'code').trim();
    const result = await api.signIn({
      ...{ email: fieldText(form, 'email'), password: fieldText(form, 'password') },
      ...(code === '' ? {} : { code }),
    });
    if (result.ok) await onSignedIn();
    else if (result.code === 'code-required') needsCode.value = true;
    else error.value = failureText(result, needsCode.value ? signInTexts.wrongCode : signInTexts.wrongSignIn);
    busy.value = false;
  }

  return (
    <EntryPage title={signInTexts.signInTitle} hint={hint} error={error.value} foot={<LanguageChoice />}>
      {options.value?.password === true && (
        <form onSubmit={submit}>
          <Field label={signInTexts.email} name="email" type="email" autocomplete="username" maxLength={254} />
          <Field
            label={signInTexts.password}
            name="password"
            type="password"
            autocomplete="current-password"
            maxLength={200}
          />
          {needsCode.value && (
            <Field
              label={factorTexts.code}
              name="code"
              type="text"
              autocomplete="one-time-code"
              hint={factorTexts.codeHint}
              maxLength={40}
            />
          )}
          <button type="submit" class="button button--primary" disabled={busy.value}>
            {busy.value ? signInTexts.signingIn : signInTexts.signIn}
          </button>
        </form>
      )}
      {options.value?.provider !== undefined && (
        <ProviderLink provider={options.value.provider} alone={!options.value.password} />
      )}
    </EntryPage>
  );
}
