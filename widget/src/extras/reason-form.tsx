/** Asks for an optional reason after a thumbs down. */
import { COMMENT_TEXT_MAX } from '@firstword/shared/limits';
import { useState } from 'preact/hooks';
import { useExtraTexts } from './extra-texts.ts';
import { SentenceForm } from './sentence-form.tsx';

export function ReasonForm({ send }: { send: (reason: string) => void }) {
  const [done, setDone] = useState(false);
  if (done) return null;
  return (
    <SentenceForm
      question={useExtraTexts().reason}
      max={COMMENT_TEXT_MAX}
      send={(reason) => {
        setDone(true);
        if (reason !== '') send(reason);
      }}
    />
  );
}
