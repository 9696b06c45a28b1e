/** Creates an agent's account from a one-time link. */
import { useSignal } from '@preact/signals';
import type { Api } from '../api.ts';
import { basePath } from '../base-path.ts';
import { signInTexts } from '../texts/sign-in-texts.ts';
import { EntryPage, failureText } from './entry-page.tsx';
import { Field, fieldText } from './field.tsx';

export interface FirstRunPageProps {
  readonly api: Api;
  readonly token: string | undefined;
  readonly onSignedIn: () => Promise<void>;
}

export function FirstRunPage({ api, token, onSignedIn }: FirstRunPageProps) {
  const busy = useSignal(false);
  const error = useSignal<string | undefined>(undefined);
  if (token === undefined)
    return (
      <EntryPage title={signInTexts.firstRunTitle} hint={signInTexts.firstRunNoToken}>
        <a href={`${basePath}/console`}>{signInTexts.signIn}</a>
      </EntryPage>
    );

  async function submit(event: SubmitEvent & { currentTarget: HTMLFormElement }, link: string) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [email, password] = [fieldText(form, 'email'), fieldText(form, 'password')];
    busy.value = true;
    error.value = undefined;
    const result = await api.firstRun({ token: link, name: fieldText(form, 'name'), email, password });
    if (result.ok) await onSignedIn();
    else error.value = failureText(result, signInTexts.firstRunFailed);
    busy.value = false;
  }

  return (
    <EntryPage title={signInTexts.firstRunTitle} hint={signInTexts.firstRunHint} error={error.value}>
      <form onSubmit={(event) => submit(event, token)}>
        <Field
          label={signInTexts.name}
          name="name"
          type="text"
          autocomplete="name"
          hint={signInTexts.nameHint}
          maxLength={80}
        />
        <Field label={signInTexts.email} name="email" type="email" autocomplete="username" maxLength={254} />
        <Field
          label={signInTexts.password}
          name="password"
          type="password"
          autocomplete="new-password"
          hint={signInTexts.passwordHint}
          minLength={12}
          maxLength={200}
        />
        <button type="submit" class="button button--primary" disabled={busy.value}>
          {busy.value ? signInTexts.creatingAccount : signInTexts.createAccount}
        </button>
      </form>
    </EntryPage>
  );
}
