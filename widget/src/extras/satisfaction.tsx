/** Asks once, at the end of a conversation, for a rating from 1 to 5 and an optional comment. */
import { COMMENT_TEXT_MAX } from '@firstword/shared/limits';
import { useState } from 'preact/hooks';
import type { Chat } from '../chat/create-chat.ts';
import { useExtraTexts } from './extra-texts.ts';
import { SentenceForm } from './sentence-form.tsx';

const SCORES = [1, 2, 3, 4, 5] as const;

/** `rated`: the visitor has rated this end already. */
export function Satisfaction({ chat, end, rated }: { chat: Chat; end: string; rated: boolean }) {
  const { rateQuestion, score: scoreOf, worst, best, comment, notSaved, thanks } = useExtraTexts();
  const [before] = useState(rated);
  const [score, setScore] = useState<number>();
  const [step, setStep] = useState<'score' | 'comment' | 'thanks'>('score');
  const [failed, setFailed] = useState(false);

  async function send(given: number, sentence?: string) {
    setFailed(false);
    setScore(given);
    const sent = await chat.rateConversation(end, given, sentence);
    setFailed(!sent);
    if (sent) setStep(sentence === undefined ? 'comment' : 'thanks');
  }

  if (before) return null;
  if (step === 'thanks') {
    return (
      <p class="system" role="status">
        {thanks}
      </p>
    );
  }
  return (
    <section class="rating" aria-label={rateQuestion}>
      <p class="rating__title">{rateQuestion}</p>
      <div class="rating__scores">
        {SCORES.map((given) => (
          <button
            key={given}
            type="button"
            class="rating__score"
            aria-label={scoreOf(given)}
            aria-pressed={given === score}
            onClick={() => void send(given)}
          >
            {given}
          </button>
        ))}
      </div>
      <p class="rating__ends" aria-hidden="true">
        <span>{worst}</span>
        <span>{best}</span>
      </p>
      {step === 'comment' && score !== undefined && (
        <SentenceForm question={comment} max={COMMENT_TEXT_MAX} send={(sentence) => void send(score, sentence)} />
      )}
      {failed && (
        <p class="note note--bad" role="alert">
          {notSaved}
        </p>
      )}
    </section>
  );
}
