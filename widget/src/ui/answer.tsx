/** One answer of the assistant: text, sources, how it ended, and actions. */
import { useContext, useState } from 'preact/hooks';
import type { ActionFailure } from '../chat/chat-state.ts';
import type { Chat } from '../chat/create-chat.ts';
import type { Texts } from '../languages/texts-en.ts';
import { safeLink } from '../markdown/safe-link.ts';
import { TextsContext, useTexts } from '../texts.ts';
import { type AnswerRow, AnswerText } from './answer-text.tsx';
import { Icon } from './icons.tsx';
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

function Sources({ row, base }: { row: AnswerRow; base: string }) {
  const { sources: label } = useTexts();
  const sources = row.message?.citations ?? [];
  if (sources.length === 0) return null;
  return (
    <ol class="sources" aria-label={label}>
      {sources.map(({ n, title, url, excerpt }, at) => {
        const link = safeLink(url, base);
        return (
          <li key={n}>
            {/* An article without a page of its own is named without a link. */}
            <a
              {...(link && { href: link.href, target: '_blank', rel: 'noopener noreferrer nofollow' })}
              aria-describedby={`source-${row.key}-${n}`}
            >
              <span class="sources__number">{at + 1}</span>
              <span class="sources__title">{title}</span>
            </a>
            <p class="sources__preview" id={`source-${row.key}-${n}`} dir="auto">
              {excerpt}
              {link && <span class="sources__host">{link.target}</span>}
            </p>
          </li>
        );
      })}
    </ol>
  );
}

function Actions({
  row,
  chat,
  last,
  rating,
}: {
  row: AnswerRow;
  chat: Chat;
  last: boolean;
  rating: 'up' | 'down' | undefined;
}) {
  const [copied, setCopied] = useState<boolean>();
  const { copy, copied: done, good, bad, again, thanks } = useTexts();
  const loader = useContext(ExtrasContext);
  const { extraTexts } = useContext(TextsContext);
  const { message } = row;
  async function copyText(button: HTMLElement) {
    const root = button.getRootNode();
    const written = await navigator.clipboard?.writeText(row.text).then(
      () => true,
      () => false,
    );
    setCopied(written || ((await loader?.load())?.copyByCommand(root, row.text) ?? false));
  }
  return (
    <div class="actions">
      <button
        type="button"
        class="action"
        title={copied ? done : copy}
        aria-label={copied ? done : copy}
        onClick={({ currentTarget }) => void copyText(currentTarget)}
      >
        <Icon name={copied ? 'check' : 'copy'} />
      </button>
      {message && (
        <>
          <button
            type="button"
            class="action"
            title={good}
            aria-label={good}
            aria-pressed={rating === 'up'}
            onClick={() => chat.rateAnswer(row.key, message.id, 'up')}
          >
            <Icon name="up" />
          </button>
          <button
            type="button"
            class="action"
            title={bad}
            aria-label={bad}
            aria-pressed={rating === 'down'}
            onClick={() => chat.rateAnswer(row.key, message.id, 'down')}
          >
            <Icon name="down" />
          </button>
        </>
      )}
      {last && (
        <button type="button" class="action" title={again} aria-label={again} onClick={() => chat.retryTurn(row.key)}>
          <Icon name="again" />
        </button>
      )}
      {rating && <span class="actions__note">{thanks}</span>}
      {copied === false && (
        <span class="actions__note" role="alert">
          {extraTexts.value?.copyFailed}
        </span>
      )}
    </div>
  );
}

function Failure({ failure, row, chat }: { failure: ActionFailure; row: AnswerRow; chat: Chat }) {
  const { actionFailed, notSent, retry } = useTexts();
  const { action, code } = failure;
  function repeat() {
    if (action === 'stop') chat.stop();
    else if (action === 'retry') chat.retryTurn(row.key);
    else if (row.message) chat.rateAnswer(row.key, row.message.id, action);
  }
  const temporary = code === 'busy' || code === 'rate-limited';
  return (
    <p class="note note--bad">
      {temporary ? notSent[code] : actionFailed}
      <button type="button" class="link" onClick={repeat}>
        {retry}
      </button>
    </p>
  );
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
  const { row, chat, sourceBase, last, rating, failure, shortened } = props;
  const texts = useTexts();
  const { assistant, retry } = texts;
  const running = row.turn?.state === 'running';
  /** Called for answers that arrive complete, too. The chat reports each turn once, and only its own. */
  function reportPaint() {
    // The callback runs before this frame is painted, the task after it.
    requestAnimationFrame(() => setTimeout(() => chat.firstTokenPainted(row.key)));
  }
  const failed = last && (row.message?.state ?? row.turn?.state) === 'failed';
  const parts = useExtras(rating === 'down' || failed || !!row.message?.unsupported || !!row.message?.offer);
  const note = ending(row, shortened, texts);
  const whole = !running;
  const retryable = whole && last && (note || failed) && !shortened && row.turn?.retryable !== false;
  if (running && row.text === '') return null;
  return (
    <li class="answer" aria-busy={running}>
      <span class="unseen">{assistant}: </span>
      {row.text !== '' && (
        <AnswerText
          chat={chat}
          row={row}
          whole={whole}
          citations={row.message?.citations}
          sourceBase={sourceBase}
          onFirstToken={reportPaint}
        />
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
      <Sources row={row} base={sourceBase} />
      {whole && row.text !== '' && <Actions row={row} chat={chat} last={last && !retryable} rating={rating} />}
      {parts && <parts.AnswerNotes {...props} failed={failed} />}
      {failure && <Failure failure={failure} row={row} chat={chat} />}
    </li>
  );
}
