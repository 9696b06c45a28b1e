/**
 * The text of the reply, unsupported sentences underlined. The same text lies under the transparent field and gives it
 * its height; only there can words be underlined, since a text field holds no markup.
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
        {/* A last line without text would not be as high as the one in the field. */}
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
