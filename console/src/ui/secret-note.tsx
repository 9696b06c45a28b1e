/** Shows a one-time link, a new API token or a signing secret, which can be read only now. */
import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { SettingsOutcome } from '../settings-outcome.ts';
import { teamTexts as texts } from '../texts/team-texts.ts';

export function SecretNote({ outcome }: { outcome: SettingsOutcome }) {
  const id = useId();
  const copied = useSignal(false);
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
      <button
        type="button"
        class="button button--plain"
        onClick={() => void copy(secret.text).then((done) => (copied.value = done))}
      >
        {copied.value ? texts.copied : texts.copy}
      </button>
      <button type="button" class="button button--quiet" onClick={outcome.leave}>
        {texts.done}
      </button>
    </div>
  );
}

/** Over plain http, browsers have no clipboard for pages; the field can be copied by hand. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
