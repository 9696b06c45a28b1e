/** The last line of a form on a settings page: cancel, and what the form does. */
import { commonTexts } from '../texts/common-texts.ts';

export function FormFoot({ action, onCancel }: { action: string; onCancel: () => void }) {
  return (
    <div class="settings-form__foot">
      <button type="button" class="button button--quiet" onClick={onCancel}>
        {commonTexts.cancel}
      </button>
      <button type="submit" class="button button--primary">
        {action}
      </button>
    </div>
  );
}
