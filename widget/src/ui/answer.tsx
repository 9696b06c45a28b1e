/** One answer of the assistant: text and how it ended. What belongs to a whole answer is fetched on demand. */
import { useContext } from 'preact/hooks';
import type { ActionFailure } from '../chat/chat-state.ts';
import type { Chat } from '../chat/create-chat.ts';
import type { Texts } from '../languages/texts-en.ts';
import { useTexts } from '../texts.ts';
import { type AnswerRow, AnswerText } from './answer-text.tsx';
import { ExtrasContext, useExtras } from './use-extras.ts';

/** Why an answer is incomplete; undefined when it is complete. */
function ending({ turn, message, superseded, text }: AnswerRow, shortened: boolean, texts: Texts): string | undefined {
  const state = message?.state ?? turn?.state;
  if (shortened) return texts.shortened;
  // A failed answer's text says so itself.
  if (superseded || (state === 'failed' && text)) return undefined;
  if (state === 'stopped' || state === 'interrupted' || state === 'failed') return texts[state];
  return undefined;
}

export function Answer(props: {
  row: AnswerRow;
  chat: Chat;
  sourceBase: string;
  /** Only the last answer can be regenerated. */
  last: boolean;
  rating: 'up' | 'down' | undefined;
  failure: ActionFailure | undefined;
  shortened: boolean;
}) {
  const { row, chat, sourceBase, last, shortened } = props;
  const texts = useTexts();
  const { assistant, retry } = texts;
  const loader = useContext(ExtrasContext);
  const running = row.turn?.state === 'running';
  const failed = last && (row.message?.state ?? row.turn?.state) === 'failed';
  const note = ending(row, shortened, texts);
  const whole = !running;
  const parts = useExtras(whole);
  const retryable = whole && last && (!!note || failed) && !shortened && row.turn?.retryable !== false;
  if (running && row.text === '') return null;
  return (
    <li class="answer" aria-busy={running}>
      <span class="unseen">{assistant}: </span>
      {row.text !== '' && (
        <AnswerText chat={chat} row={row} whole={whole} citations={row.message?.citations} sourceBase={sourceBase} />
      )}
      {(note || retryable) && (
        <p class="note">
          {note}
          {retryable && (
            <button type="button" class="link" onClick={() => chat.retryTurn(row.key)}>
              {retry}
            </button>
          )}
        </p>
      )}
      {parts && <parts.AnswerEnd {...props} view={loader?.view} failed={failed} retryable={retryable} />}
    </li>
  );
}
