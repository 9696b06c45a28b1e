/**
 * The text field of the reply. A text field can't contain markup, so a copy of the text below the transparent field
 * underlines unsupported sentences and sets the field's height.
 */
import { isComposing } from '@firstword/shared/composing';
import type { RefObject } from 'preact';
import type { ReplyPart } from '../marks.ts';
import { replyTexts } from '../texts/reply-texts.ts';

export interface ReplyFieldProps {
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly label: string;
  readonly text: string;
  readonly parts: readonly ReplyPart[];
  readonly onInput: (text: string) => void;
  readonly onSend: () => void;
  readonly onFocus: () => void;
}

export function ReplyField({ field, label, text, parts, onInput, onSend, onFocus }: ReplyFieldProps) {
  return (
    <div class="reply-field">
      <div class="reply-field__under" aria-hidden="true" dir="auto">
        {parts.map((part) =>
          part.unsupported === undefined ? part.text : <span class="unsupported">{part.text}</span>,
        )}
        {/* Without it, an empty last line would have no height. */}
        {'\n'}
      </div>
      <textarea
        ref={field}
        class="reply-field__text"
        dir="auto"
        rows={2}
        aria-label={label}
        placeholder={replyTexts.placeholder}
        value={text}
        onInput={({ currentTarget }) => onInput(currentTarget.value)}
        onFocus={onFocus}
        onKeyDown={(event) => {
          if (isComposing(event)) return;
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            onSend();
          }
          if (event.key === 'Escape' && !event.isComposing) event.currentTarget.blur();
        }}
      />
    </div>
  );
}
