/** A list of suggestions beside a text field, opened by typing a mark and used with the keyboard. */
import { useSignal } from '@preact/signals';
import type { ComponentChildren, RefObject } from 'preact';
import { useId } from 'preact/hooks';
import { findTrigger, rankSuggestions, type Suggestion, type Trigger } from '../suggestions.ts';
import { replyTexts } from '../texts/reply-texts.ts';

export interface SuggestionParts<S extends Suggestion> {
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly mark: '/' | '@';
  /** The name of the list. */
  readonly label: string;
  readonly suggestions: readonly S[];
  /** Called each time the list opens. */
  readonly onOpen: () => void;
  /** The text that replaces the mark and what is typed after it. */
  readonly textOf: (suggestion: S) => string;
  readonly onPick?: (suggestion: S) => void;
}

export interface Suggestions {
  readonly attributes: {
    readonly 'aria-autocomplete': 'list';
    readonly 'aria-controls'?: string;
    readonly 'aria-activedescendant'?: string;
  };
  readonly list: ComponentChildren;
  close(): void;
  /** To be called after each input. */
  follow(field: HTMLTextAreaElement): void;
  /** Whether the key was for the list. */
  press(key: string): boolean;
}

export function useSuggestions<S extends Suggestion>(parts: SuggestionParts<S>): Suggestions {
  const { field, mark, label, suggestions, onOpen, textOf, onPick } = parts;
  const id = useId();
  const trigger = useSignal<Trigger | undefined>(undefined);
  const position = useSignal(0);
  const open = trigger.value;
  const found = open === undefined ? [] : rankSuggestions(suggestions, open.query);
  const chosen = Math.min(position.value, found.length - 1);
  const optionId = (index: number) => `${id}-${index}`;

  const close = () => {
    trigger.value = undefined;
  };
  function pick(suggestion: S | undefined) {
    const { current } = field;
    if (open === undefined || suggestion === undefined || current === null) return;
    close();
    current.focus();
    current.setSelectionRange(open.start, open.end);
    // Unlike a new value, it can be undone with the browser's own key.
    const text = textOf(suggestion);
    document.execCommand(text === '' ? 'delete' : 'insertText', false, text);
    onPick?.(suggestion);
  }

  return {
    attributes:
      found.length === 0
        ? { 'aria-autocomplete': 'list' }
        : { 'aria-autocomplete': 'list', 'aria-controls': id, 'aria-activedescendant': optionId(chosen) },
    close,
    follow({ value, selectionStart, selectionEnd }: HTMLTextAreaElement) {
      const next = selectionStart === selectionEnd ? findTrigger(value, selectionStart, mark) : undefined;
      if (next !== undefined && open === undefined) onOpen();
      if (next?.query !== open?.query) position.value = 0;
      trigger.value = next;
    },
    press(key) {
      if (found.length === 0) return false;
      const step = { ArrowDown: 1, ArrowUp: -1 }[key];
      if (step !== undefined) position.value = (chosen + step + found.length) % found.length;
      else if (key === 'Enter' || key === 'Tab') pick(found[chosen]);
      else if (key === 'Escape') close();
      else return false;
      return true;
    },
    list: (
      <div class="suggestions">
        {found.length > 0 && (
          <div class="suggestions__list" id={id} role="listbox" aria-label={label}>
            {found.map((suggestion, index) => (
              // The field keeps the focus and has the keys: a press of the mouse must not take it away.
              // biome-ignore lint/a11y/useKeyWithClickEvents: as above.
              <div
                key={suggestion.id}
                id={optionId(index)}
                class="suggestions__item"
                role="option"
                tabIndex={-1}
                aria-selected={index === chosen}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => pick(suggestion)}
              >
                <b>
                  {mark}
                  {suggestion.label}
                </b>
                <span dir="auto">{suggestion.aside}</span>
              </div>
            ))}
          </div>
        )}
        <p class="visually-hidden" role="status">
          {open === undefined ? '' : replyTexts.suggestions(found.length)}
        </p>
      </div>
    ),
  };
}
