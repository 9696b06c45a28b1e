/** The message field: grows to six lines, Enter sends, Shift+Enter breaks. A send while an answer runs replaces that answer. */
import { isComposing } from '@firstword/shared/composing';
import { MESSAGE_TEXT_MAX } from '@firstword/shared/limits';
import type { Signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { runningTurn } from '../chat/chat-state.ts';
import type { Chat } from '../chat/create-chat.ts';
import { cut } from '../cut.ts';
import { useTexts } from '../texts.ts';
import { Icon } from './icons.tsx';

/** What the field holds: a longer text would take the browser seconds to lay out, at each key. */
const FIELD_MAX = 2 * MESSAGE_TEXT_MAX;
/** From this length on the visitor sees how many characters are left. */
const COUNT_FROM = MESSAGE_TEXT_MAX - 200;
const HEIGHT_MAX_PX = 6 * 22 + 18;
/** Idle time after which the agent no longer sees "is typing". */
const TYPING_MS = 4000;

/** `children` are drawn before the field. */
export function Composer({
  chat,
  draft,
  onSend,
  children,
}: {
  chat: Chat;
  draft: Signal<string>;
  onSend: () => void;
  children?: ComponentChildren;
}) {
  const { write, send, stop, charactersLeft, charactersOver } = useTexts();
  const field = useRef<HTMLTextAreaElement>(null);
  const quiet = useRef<ReturnType<typeof setTimeout>>(undefined);
  const text = draft.value;
  const left = MESSAGE_TEXT_MAX - text.trim().length;
  const turn = runningTurn(chat.outline.value);
  const isSendable = (value: string) => value.trim() !== '' && value.trim().length <= MESSAGE_TEXT_MAX;

  useLayoutEffect(() => {
    const area = field.current;
    if (!area) return;
    area.style.height = text === '' ? '' : '0';
    // An empty field is one row high; measuring it would force a layout in the middle of a send.
    if (text === '') return;
    area.style.height = `${Math.min(area.scrollHeight, HEIGHT_MAX_PX)}px`;
  }, [text]);

  function stopTyping() {
    if (quiet.current === undefined) return;
    clearTimeout(quiet.current);
    quiet.current = undefined;
    chat.typing(false);
  }
  function change(area: HTMLTextAreaElement) {
    // Scripts and some keyboards pass over `maxlength`.
    if (area.value.length > FIELD_MAX) area.value = cut(area.value, FIELD_MAX);
    draft.value = area.value;
    if (quiet.current === undefined) chat.typing(true);
    clearTimeout(quiet.current);
    quiet.current = setTimeout(stopTyping, TYPING_MS);
  }
  function submit() {
    // Not `text`: a second Enter may come before the emptied field is drawn.
    const { value } = draft;
    if (!isSendable(value)) return;
    stopTyping();
    draft.value = '';
    chat.send(value);
    onSend();
    field.current?.focus();
  }

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {children}
      <textarea
        ref={field}
        rows={1}
        // Empty, it keeps the panel's direction: `auto` would align an Arabic placeholder to the left.
        dir={text === '' ? undefined : 'auto'}
        maxLength={FIELD_MAX}
        enterkeyhint="send"
        aria-label={write}
        placeholder={write}
        value={text}
        aria-invalid={left < 0}
        onInput={({ currentTarget }) => change(currentTarget)}
        onKeyDown={(event) => {
          // While an input method composes, Enter confirms a word.
          if (event.key !== 'Enter' || event.shiftKey || isComposing(event)) return;
          event.preventDefault();
          submit();
        }}
      />
      <div class="composer__buttons">
        {turn && (
          <button type="button" class="composer__button" aria-label={stop} title={stop} onClick={() => chat.stop()}>
            <Icon name="stop" />
          </button>
        )}
        {(!turn || text.trim() !== '') && (
          <button type="submit" class="composer__button" aria-label={send} title={send} disabled={!isSendable(text)}>
            <Icon name="send" />
          </button>
        )}
      </div>
      {text.length >= COUNT_FROM && (
        <p class={left < 0 ? 'composer__count composer__count--over' : 'composer__count'} role="status">
          <span key={left}>{left < 0 ? charactersOver(-left) : charactersLeft(left)}</span>
        </p>
      )}
    </form>
  );
}
