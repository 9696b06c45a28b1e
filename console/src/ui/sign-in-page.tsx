/** The sign-in page. */
import { useSignal } from '@preact/signals';
import type { Api } from '../api.ts';
import { factorTexts } from '../texts/factor-texts.ts';
import { signInTexts } from '../texts/sign-in-texts.ts';
import { EntryPage, failureText } from './entry-page.tsx';
import { Field, fieldText } from './field.tsx';

export interface SignInPageProps {
  readonly api: Api;
  readonly hint: string | undefined;
  readonly onSignedIn: () => Promise<void>;
}

export function SignInPage({ api, hint, onSignedIn }: SignInPageProps) {
  const busy = useSignal(false);
  const error = useSignal<string | undefined>(undefined);
  const needsCode = useSignal(false);

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
    <EntryPage title={signInTexts.signInTitle} hint={hint} error={error.value}>
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
    </EntryPage>
  );
}
