/** What stands below a whole answer: its sources, actions, notes, and an action that failed. */
import type { Signal } from '@preact/signals';
import { useState } from 'preact/hooks';
import type { ActionFailure } from '../chat/chat-state.ts';
import type { Chat } from '../chat/create-chat.ts';
import { useTexts } from '../texts.ts';
import type { AnswerRow } from '../ui/answer-text.tsx';
import { Icon } from '../ui/icons.tsx';
import { Time } from '../ui/time.tsx';
import type { View } from '../ui/view.ts';
import { AnswerNotes } from './answer-notes.tsx';
import { copyByCommand } from './copy-text.ts';
import { ExtraIcon } from './extra-icons.tsx';
import { useExtraTexts } from './extra-texts.ts';
import { Sources } from './sources.tsx';

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
  const { copy, copied: done, good, bad, again, thanks, copyFailed } = useExtraTexts();
  const { message } = row;
  async function copyText(button: HTMLElement) {
    const root = button.getRootNode();
    const written = await navigator.clipboard?.writeText(row.text).then(
      () => true,
      () => false,
    );
    setCopied(written || copyByCommand(root, row.text));
  }
  /** A double click rates once. */
  function rate(id: string, value: 'up' | 'down') {
    if (chat.state.value.ratings[id] !== value) chat.rateAnswer(row.key, id, value);
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
        {copied ? <Icon name="check" /> : <ExtraIcon name="copy" />}
      </button>
      {/* Not where a text is the site's own. */}
      {message?.turnId && (
        <>
          <button
            type="button"
            class="action"
            title={good}
            aria-label={good}
            aria-pressed={rating === 'up'}
            onClick={() => rate(message.id, 'up')}
          >
            <ExtraIcon name="up" />
          </button>
          <button
            type="button"
            class="action"
            title={bad}
            aria-label={bad}
            aria-pressed={rating === 'down'}
            onClick={() => rate(message.id, 'down')}
          >
            <ExtraIcon name="down" />
          </button>
        </>
      )}
      {last && (
        <button type="button" class="action" title={again} aria-label={again} onClick={() => chat.retryTurn(row.key)}>
          <ExtraIcon name="again" />
        </button>
      )}
      {message && (
        <span class="actions__note">
          <Time at={message.at} clockOffsetMs={chat.outline.value.clockOffsetMs} />
        </span>
      )}
      {rating && <span class="actions__note">{thanks}</span>}
      {copied === false && (
        <span class="actions__note" role="alert">
          {copyFailed}
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

/** `last`: only the last answer can be regenerated; `retryable`: the note above offers that already. */
export function AnswerEnd(props: {
  row: AnswerRow;
  chat: Chat;
  sourceBase: string;
  view: Signal<View | undefined> | undefined;
  last: boolean;
  failed: boolean;
  retryable: boolean;
  rating: 'up' | 'down' | undefined;
  failure: ActionFailure | undefined;
}) {
  const { row, chat, sourceBase, view, last, retryable, rating, failure } = props;
  return (
    <>
      <Sources row={row} base={sourceBase} readable={!!chat.outline.value.site?.articles} view={view} />
      {row.text !== '' && <Actions row={row} chat={chat} last={last && !retryable} rating={rating} />}
      <AnswerNotes {...props} />
      {failure && <Failure failure={failure} row={row} chat={chat} />}
    </>
  );
}
