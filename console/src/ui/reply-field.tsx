/**
 * The text field of the reply. A text field can't contain markup, so a copy of the text below the transparent field
 * underlines unsupported sentences and sets the field's height.
 */
import { isComposing } from '@firstword/shared/composing';
import type { RefObject } from 'preact';
import type { ReplyPart } from '../marks.ts';
import { replyTexts } from '../texts/reply-texts.ts';
import type { Suggestions } from './use-suggestions.tsx';

export interface ReplyFieldProps {
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly label: string;
  readonly text: string;
  readonly readOnly: boolean;
  readonly parts: readonly ReplyPart[];
  readonly onInput: (text: string) => void;
  readonly onSend: () => void;
  readonly onFocus: () => void;
  readonly suggestions: Suggestions;
}

export function ReplyField({
  field,
  label,
  text,
  readOnly,
  parts,
  onInput,
  onSend,
  onFocus,
  suggestions,
}: ReplyFieldProps) {
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
        readOnly={readOnly}
        {...suggestions.attributes}
        onInput={({ currentTarget }) => {
          onInput(currentTarget.value);
          suggestions.follow(currentTarget);
        }}
        onFocus={onFocus}
        onBlur={suggestions.close}
        onKeyDown={(event) => {
          if (isComposing(event)) return;
          const modified = event.ctrlKey || event.metaKey;
          if (!modified && suggestions.press(event.key)) {
            event.preventDefault();
            event.stopPropagation();
            return;
          }
          if (event.key === 'Enter' && modified) {
            event.preventDefault();
            onSend();
          }
          if (event.key === 'Escape' && !event.isComposing) event.currentTarget.blur();
        }}
      />
    </div>
  );
}
