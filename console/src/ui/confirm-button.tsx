/** A button for what can't be undone: the first click asks, the second one acts. */
import { useSignal } from '@preact/signals';
import { useFocusBack } from './focus.ts';

export interface ConfirmButtonProps {
  readonly label: string;
  /** What it acts on, for screen readers. */
  readonly name: string;
  /** The second button: `Delete token`. */
  readonly sure: string;
  readonly cancel: string;
  readonly onConfirm: () => void;
}

export function ConfirmButton({ label, name, sure, cancel, onConfirm }: ConfirmButtonProps) {
  const asks = useSignal(false);
  const opener = useFocusBack(asks.value);
  const ask = (on: boolean) => () => {
    asks.value = on;
  };
  if (!asks.value)
    return (
      <button
        ref={opener}
        type="button"
        class="button button--quiet"
        aria-label={`${label}, ${name}`}
        onClick={ask(true)}
      >
        {label}
      </button>
    );
  return (
    <>
      <button type="button" class="button button--quiet" ref={focusFirst} onClick={ask(false)}>
        {cancel}
      </button>
      <button
        type="button"
        class="button button--plain button--stop"
        aria-label={`${sure}, ${name}`}
        onClick={() => {
          asks.value = false;
          onConfirm();
        }}
      >
        {sure}
      </button>
    </>
  );
}

/** The button that asked is gone, and the focus with it. */
function focusFirst(button: HTMLButtonElement | null) {
  button?.focus();
}
