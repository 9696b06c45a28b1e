/** A group of radio buttons. */
import { keysOf } from '@firstword/shared/keys-of';

export interface ChoicesProps<T extends string> {
  readonly title: string;
  readonly name: string;
  readonly choices: readonly { readonly value: T; readonly label: string; readonly aside?: string }[];
  /** Whether the first choice is selected. Default: true. */
  readonly preselect?: boolean;
}

export function Choices<T extends string>({ title, name, choices, preselect = true }: ChoicesProps<T>) {
  return (
    <fieldset class="choices">
      <legend>{title}</legend>
      {choices.map(({ value, label, aside }, index) => (
        <label key={value} class="choices__item">
          <input
            type="radio"
            name={name}
            value={value}
            required
            defaultChecked={preselect && index === 0}
            {...(index === 0 ? { 'data-first': '', ref: focusWhenLate } : {})}
          />
          <span class="choices__label" dir="auto">
            {label}
          </span>
          {aside !== undefined && <span class="choices__aside">{aside}</span>}
        </label>
      ))}
    </fieldset>
  );
}

/** Choices fetched from the server appear after the dialog has opened, and get the focus then, unless the agent is searching them. */
function focusWhenLate(input: HTMLInputElement | null) {
  if (input?.closest('dialog')?.open && !document.activeElement?.matches('[type=search]')) input.focus();
}

/** One choice for each key, with its label. */
export function choicesOf<T extends string>(labels: Record<T, string>): { value: T; label: string }[] {
  return keysOf(labels).map((value) => ({ value, label: labels[value] }));
}

/** The selected key, if it is one of the set. */
export function chosen<T extends string>(form: FormData, name: string, labels: Record<T, string>): T | undefined {
  const value = form.get(name);
  return keysOf(labels).find((key) => key === value);
}
