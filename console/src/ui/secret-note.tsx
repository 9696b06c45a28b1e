/** Shows a one-time link or a new API token, which can be read only now. */
import { useId } from 'preact/hooks';
import type { TeamController } from '../team-controller.ts';
import { teamTexts as texts } from '../texts/team-texts.ts';
import { CopyButton } from './copy-button.tsx';

export function SecretNote({ team }: { team: TeamController }) {
  const id = useId();
  const secret = team.secret.value;
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
      <button type="button" class="button button--quiet" onClick={team.leave}>
        {texts.done}
      </button>
    </div>
  );
}
