/** A labelled input with a hint that screen readers read with it. */
import { useId } from 'preact/hooks';

export interface FieldProps {
  readonly label: string;
  readonly name: string;
  readonly type: 'text' | 'email' | 'password' | 'url';
  readonly autocomplete: 'name' | 'username' | 'current-password' | 'new-password' | 'one-time-code' | 'off';
  readonly hint?: string;
  readonly minLength?: number;
  readonly maxLength: number;
  /** A value to begin with. */
  readonly initial?: string | undefined;
  /** A value that can't be changed here. */
  readonly fixed?: string | undefined;
}

export function Field({ label, name, type, autocomplete, hint, minLength, maxLength, initial, fixed }: FieldProps) {
  const id = useId();
  const attributes = {
    id,
    name,
    autocomplete,
    required: true,
    maxLength,
    ...(initial === undefined ? {} : { defaultValue: initial }),
    ...(fixed === undefined ? {} : { value: fixed, readOnly: true }),
    ...(minLength === undefined ? {} : { minLength }),
    ...(hint === undefined ? {} : { 'aria-describedby': `${id}-hint` }),
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {type === 'text' && <input type="text" dir="auto" {...attributes} />}
      {type === 'email' && <input type="email" {...attributes} />}
      {type === 'url' && <input type="url" {...attributes} />}
      {type === 'password' && <input type="password" {...attributes} />}
      {hint !== undefined && (
        <p class="field__hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

/** The value of a text field in a submitted form. */
export function fieldText(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}
