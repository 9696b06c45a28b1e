/** Asks once, at the end of a conversation, how it was: one to five, and a sentence if the visitor likes. */
import { COMMENT_TEXT_MAX } from '@firstword/shared/limits';
import { useState } from 'preact/hooks';
import type { Chat } from '../chat/create-chat.ts';
import { texts } from '../texts.ts';
import { words } from './extra-texts.ts';
import { SentenceForm } from './sentence-form.tsx';

const SCORES = [1, 2, 3, 4, 5] as const;

/** `judged`: the visitor has answered for this end before. */
export function Satisfaction({ chat, end, judged }: { chat: Chat; end: string; judged: boolean }) {
  const { judge, score: scoreOf, worst, best, comment } = words.value;
  const { thanks, actionFailed } = texts.value;
  const [before] = useState(judged);
  const [score, setScore] = useState<number>();
  const [step, setStep] = useState<'score' | 'comment' | 'thanks'>('score');
  const [failed, setFailed] = useState(false);

  async function send(given: number, sentence?: string) {
    setFailed(false);
    setScore(given);
    const sent = await chat.judge(end, given, sentence);
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
    <section class="judge" aria-label={judge}>
      <p class="judge__title">{judge}</p>
      <div class="judge__scores">
        {SCORES.map((given) => (
          <button
            key={given}
            type="button"
            class="judge__score"
            aria-label={scoreOf(given)}
            aria-pressed={given === score}
            onClick={() => void send(given)}
          >
            {given}
          </button>
        ))}
      </div>
      <p class="judge__ends" aria-hidden="true">
        <span>{worst}</span>
        <span>{best}</span>
      </p>
      {step === 'comment' && score !== undefined && (
        <SentenceForm question={comment} max={COMMENT_TEXT_MAX} send={(sentence) => void send(score, sentence)} />
      )}
      {failed && (
        <p class="note note--bad" role="alert">
          {actionFailed}
        </p>
      )}
    </section>
  );
}
