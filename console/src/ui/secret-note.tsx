/** Shows a one-time link, a new API token or a signing secret, which can be read only now. */
import { useId } from 'preact/hooks';
import type { SettingsOutcome } from '../settings-outcome.ts';
import { teamTexts as texts } from '../texts/team-texts.ts';
import { CopyButton } from './copy-button.tsx';

export function SecretNote({ outcome }: { outcome: SettingsOutcome }) {
  const id = useId();
  const secret = outcome.secret.value;
  if (secret === undefined) return null;
  return (
    <div class="secret" role="status">
      <label for={id}>{texts.secret[secret.kind](secret.for)}</label>
      <input
        id={id}
        readOnly
        value={secret.text}
        aria-label={texts.secretLabels[secret.kind]}
        onFocus={({ currentTarget }) => currentTarget.select()}
      />
      <CopyButton text={secret.text} />
      <button type="button" class="button button--quiet" onClick={outcome.leave}>
        {texts.done}
      </button>
    </div>
  );
}
