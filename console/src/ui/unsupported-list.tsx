/** The unsupported sentences of the reply, each with its reason. A click selects the sentence in the field. */
import type { RefObject } from 'preact';
import type { ReplyPart } from '../marks.ts';
import { replyTexts } from '../texts/reply-texts.ts';
import { Icon } from './icons.tsx';

export interface UnsupportedListProps {
  readonly parts: readonly ReplyPart[];
  readonly field: RefObject<HTMLTextAreaElement | null>;
}

export function UnsupportedList({ parts, field }: UnsupportedListProps) {
  const unsupported = parts.filter((part) => part.unsupported !== undefined);
  if (unsupported.length === 0) return null;
  return (
    <section class="unsupported-list" aria-label={replyTexts.unsupported(unsupported.length)}>
      <p class="unsupported-list__title">
        <Icon name="warning" size={14} />
        {replyTexts.unsupported(unsupported.length)}
      </p>
      <ul>
        {unsupported.map(({ start, end, text, unsupported: reason }) => (
          <li key={start}>
            <button
              type="button"
              class="unsupported-list__item"
              onClick={() => {
                field.current?.focus();
                field.current?.setSelectionRange(start, end);
              }}
            >
              <span class="unsupported-list__text">{text}</span>
              <span class="unsupported-list__why">{reason?.why ?? replyTexts.unsupportedWhy}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
