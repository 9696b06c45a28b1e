/** A question with a few answers. */
import { keysOf } from '../keys-of.ts';

export interface ChoicesProps<T extends string> {
  readonly title: string;
  readonly name: string;
  readonly choices: readonly { readonly value: T; readonly label: string; readonly aside?: string }[];
  /** Whether the first is chosen already. Default true. */
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
          <span class="choices__label">{label}</span>
          {aside !== undefined && <span class="choices__aside">{aside}</span>}
        </label>
      ))}
    </fieldset>
  );
}

/** Choices that were read from the server come when the dialog is open already, and are what it asks about. */
function focusWhenLate(input: HTMLInputElement | null) {
  if (input?.closest('dialog')?.open) input.focus();
}

/** The choices of a closed set with its words. */
export function choicesOf<T extends string>(words: Record<T, string>): { value: T; label: string }[] {
  return keysOf(words).map((value) => ({ value, label: words[value] }));
}

/** The chosen one, if it is one of the set. */
export function chosen<T extends string>(form: FormData, name: string, words: Record<T, string>): T | undefined {
  const value = form.get(name);
  return keysOf(words).find((key) => key === value);
}
