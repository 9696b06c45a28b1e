/** A labelled text area for a list with one entry a line, with a hint that screen readers read with it. */
import type { TextareaHTMLAttributes } from 'preact';
import { useId } from 'preact/hooks';

interface LinesFieldProps
  extends Pick<
    TextareaHTMLAttributes<HTMLTextAreaElement>,
    'rows' | 'required' | 'maxLength' | 'defaultValue' | 'dir'
  > {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
}

export function LinesField({ label, hint, ...attributes }: LinesFieldProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <textarea id={id} {...attributes} aria-describedby={`${id}-hint`} />
      <p class="field__hint" id={`${id}-hint`}>
        {hint}
      </p>
    </div>
  );
}
