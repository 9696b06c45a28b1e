/** A text of a form, which the configuration may have set. */
import { useId } from 'preact/hooks';
import { modelSettingsTexts as texts } from '../texts/model-settings-texts.ts';

export interface TextSettingProps {
  readonly label: string;
  readonly value: string;
  readonly hint: string;
  readonly type?: 'text' | 'password';
  /** What sets it instead; it is then only shown. */
  readonly setBy: string | undefined;
  readonly isRequired?: boolean;
  readonly onEdit: (value: string) => void;
}

export function TextSetting({
  label,
  value,
  hint,
  type = 'text',
  setBy,
  isRequired = false,
  onEdit,
}: TextSettingProps) {
  const id = useId();
  const attributes = {
    id,
    value,
    autocomplete: 'off',
    spellcheck: false,
    readOnly: setBy !== undefined,
    required: isRequired && setBy === undefined,
    'aria-describedby': `${id}-hint`,
    onInput: ({ currentTarget }: { currentTarget: HTMLInputElement }) => onEdit(currentTarget.value),
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {type === 'text' ? <input type="text" {...attributes} /> : <input type="password" {...attributes} />}
      <p class="field__hint" id={`${id}-hint`}>
        {setBy === undefined ? hint : texts.setBy(setBy)}
      </p>
    </div>
  );
}
