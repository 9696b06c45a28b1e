/** An agent's initials. Screen readers read the full name. */
import { firstCharacter } from '@firstword/shared/cut-text';

export function Avatar({ name }: { name: string }) {
  return (
    <span class="avatar" role="img" aria-label={name}>
      {initials(name)}
    </span>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => firstCharacter(word ?? ''));
  return letters.join('').toUpperCase();
}
