/** Stands where the answer will stand: a soft line at once, and in words what is being done when it takes longer. */
import { useEffect, useState } from 'preact/hooks';
import { texts } from '../texts.ts';

/** Under a second a word would only flicker. */
const SAY_AFTER_MS = 800;
const STILL_AFTER_MS = 5000;

export function Waiting() {
  const [said, say] = useState<'reading' | 'stillWorking'>();
  useEffect(() => {
    const soon = setTimeout(() => say('reading'), SAY_AFTER_MS);
    const later = setTimeout(() => say('stillWorking'), STILL_AFTER_MS);
    return () => {
      clearTimeout(soon);
      clearTimeout(later);
    };
  }, []);
  return (
    <li class="waiting">
      <span class="waiting__line" />
      {said && <span class="waiting__words">{texts.value[said]}</span>}
    </li>
  );
}
