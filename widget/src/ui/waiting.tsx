/** Placeholder for the answer: a pulsing line at once, then a text that says what is being done. */
import { useEffect, useState } from 'preact/hooks';
import { useTexts } from '../texts.ts';

/** A text shown for less than a second would only flicker. */
const TEXT_AFTER_MS = 800;
const STILL_AFTER_MS = 5000;

export function Waiting() {
  const [text, setText] = useState<'searching' | 'stillWorking'>();
  const texts = useTexts();
  useEffect(() => {
    const soon = setTimeout(() => setText('searching'), TEXT_AFTER_MS);
    const later = setTimeout(() => setText('stillWorking'), STILL_AFTER_MS);
    return () => {
      clearTimeout(soon);
      clearTimeout(later);
    };
  }, []);
  return (
    <li class="waiting">
      <span class="waiting__line" />
      {text && (
        <span class="waiting__text" key={text}>
          {texts[text]}
        </span>
      )}
    </li>
  );
}
