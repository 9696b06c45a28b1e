/** The last line of a form: how its work goes, cancel, and what the form does. */
import type { ComponentChildren } from 'preact';
import { commonTexts } from '../texts/common-texts.ts';

interface FormFootProps {
  action: string;
  disabled?: boolean | undefined;
  /** Undefined: the form can't be left. */
  onCancel: (() => void) | undefined;
  children?: ComponentChildren;
}

export function FormFoot({ action, disabled, onCancel, children }: FormFootProps) {
  return (
    <div class="form-foot">
      {children}
      {onCancel !== undefined && (
        <button type="button" class="button button--quiet" onClick={onCancel}>
          {commonTexts.cancel}
        </button>
      )}
      <button type="submit" class="button button--primary" disabled={disabled}>
        {action}
      </button>
    </div>
  );
}
