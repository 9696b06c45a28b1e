/** The head of a list that can be added to: what it is, and the button that opens the form. */
import type { Signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useFocusBack } from './focus.ts';

export interface ListHeadProps {
  readonly action: string;
  /** Whether the form is open; the button is hidden then. */
  readonly adding: Signal<boolean>;
  readonly children: ComponentChildren;
}

export function ListHead({ action, adding, children }: ListHeadProps) {
  const opener = useFocusBack(adding.value);
  return (
    <div class="report__title">
      {children}
      {!adding.value && (
        <button
          ref={opener}
          type="button"
          class="button button--plain"
          onClick={() => {
            adding.value = true;
          }}
        >
          {action}
        </button>
      )}
    </div>
  );
}
