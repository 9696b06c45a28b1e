/** Redeems a one-time link: creates the first or an invited agent's account, or sets a new password. */
import type { LinkView, SignInOptions } from '@firstword/shared/sign-in';
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Api } from '../api.ts';
import { basePath } from '../base-path.ts';
import { signInTexts } from '../texts/sign-in-texts.ts';
import { EntryError, EntryPage, failureText } from './entry-page.tsx';
import { Field, fieldText } from './field.tsx';
import { ProviderLink } from './provider-link.tsx';

export interface FirstRunPageProps {
  readonly api: Api;
  readonly token: string | undefined;
  readonly onSignedIn: () => Promise<void>;
}

export function FirstRunPage({ api, token, onSignedIn }: FirstRunPageProps) {
  const link = useSignal<LinkView | undefined>(undefined);
  const options = useSignal<SignInOptions>({ password: true });
  const problem = useSignal(token === undefined ? signInTexts.firstRunNoToken : '');
  useEffect(() => {
    if (token === undefined) return;
    void Promise.all([api.link(token), api.readSignInOptions()]).then(([found, allowed]) => {
      if (allowed.ok) options.value = allowed.value;
      if (found.ok) link.value = found.value;
      else problem.value = failureText(found, signInTexts.firstRunFailed);
    });
  }, [token]);
  if (problem.value !== '')
    return (
      <EntryPage title={signInTexts.linkInvalidTitle} hint={problem.value}>
        <a href={`${basePath}/console`}>{signInTexts.signIn}</a>
      </EntryPage>
    );
  if (token === undefined || link.value === undefined) return null;
  // Only an invitation can be redeemed at the provider; other links are for the time before it, or while it is away.
  const { provider, password } = link.value.kind === 'invite' ? options.value : { provider: undefined, password: true };
  return (
    <EntryPage title={signInTexts.linkTitles[link.value.kind]} hint={signInTexts.linkHints[link.value.kind]}>
      {password && <AccountForm api={api} token={token} link={link.value} onSignedIn={onSignedIn} />}
      {provider !== undefined && <ProviderLink provider={provider} alone={!password} />}
    </EntryPage>
  );
}

function AccountForm(props: { api: Api; token: string; link: LinkView; onSignedIn: () => Promise<void> }) {
  const { api, token, link, onSignedIn } = props;
  const busy = useSignal(false);
  const error = useSignal<string | undefined>(undefined);
  const isReset = link.kind === 'reset';
  const { createAccount, creatingAccount, setPassword, settingPassword } = signInTexts;

  async function submit(event: SubmitEvent & { currentTarget: HTMLFormElement }) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    busy.value = true;
    error.value = undefined;
    const result = await api.firstRun({
      token,
      name: isReset ? link.name : fieldText(form, 'name'),
      email: link.kind === 'first-run' ? fieldText(form, 'email') : link.email,
      password: fieldText(form, 'password'),
    });
    if (result.ok) await onSignedIn();
    else error.value = failureText(result, signInTexts.firstRunFailed);
    busy.value = false;
  }

  return (
    <>
      <form onSubmit={submit}>
        {!isReset && (
          <Field
            label={signInTexts.name}
            name="name"
            type="text"
            autocomplete="name"
            hint={signInTexts.nameHint}
            maxLength={80}
          />
        )}
        <Field
          label={signInTexts.email}
          name="email"
          type="email"
          autocomplete="username"
          maxLength={254}
          fixed={link.kind === 'first-run' ? undefined : link.email}
        />
        <Field
          label={isReset ? signInTexts.newPassword : signInTexts.password}
          name="password"
          type="password"
          autocomplete="new-password"
          hint={signInTexts.passwordHint}
          minLength={12}
          maxLength={200}
        />
        <button type="submit" class="button button--primary" disabled={busy.value}>
          {isReset ? (busy.value ? settingPassword : setPassword) : busy.value ? creatingAccount : createAccount}
        </button>
      </form>
      <EntryError text={error.value} />
    </>
  );
}
