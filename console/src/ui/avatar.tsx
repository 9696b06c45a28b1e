/** An agent's picture, or the initials where there is none. Screen readers read the full name. */
import { firstCharacter } from '@firstword/shared/cut-text';
import { useSignal } from '@preact/signals';
import { basePath } from '../base-path.ts';

/** @param decorative the name is written beside it */
export function Avatar(props: { name: string; picture?: string | undefined; decorative?: boolean }) {
  const { name, picture, decorative = false } = props;
  return (
    <span class="avatar" {...(decorative ? { 'aria-hidden': true } : { role: 'img', 'aria-label': name })}>
      {initials(name)}
      {picture !== undefined && <Picture key={picture} picture={picture} />}
    </span>
  );
}

function Picture({ picture }: { picture: string }) {
  const isGone = useSignal(false);
  if (isGone.value) return null;
  return (
    <img
      class="avatar__picture"
      src={`${basePath}/pictures/${picture}`}
      alt=""
      onError={() => {
        isGone.value = true;
      }}
    />
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => firstCharacter(word ?? ''));
  return letters.join('').toUpperCase();
}
