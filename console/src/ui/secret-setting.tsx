/** A secret that can be replaced but not read: it is shown until it is saved. */
import type { SchemaNode } from '@firstword/shared/schema-node';
import { useId } from 'preact/hooks';
import type { SettingValue } from '../sites-controller.ts';
import { settingHint, settingLabel, siteTexts as texts } from '../texts/site-texts.ts';
import type { SettingFieldProps } from './setting-props.ts';

export interface SecretSettingProps {
  readonly name: string;
  readonly node: SchemaNode;
  /** What is being entered. */
  readonly value: SettingValue;
  readonly isSet: boolean;
  readonly fixedBy: SettingFieldProps['fixedBy'];
  readonly onChange: (value: SettingValue) => void;
}

const SECRET_BYTES = 32;

export function SecretSetting({ name, node, value, isSet, fixedBy, onChange }: SecretSettingProps) {
  const id = useId();
  const hint = [
    settingHint(name, node.description),
    fixedBy !== undefined ? texts.fixed[fixedBy] : isSet ? texts.secretSet : '',
  ];
  return (
    <div class="field setting">
      <label for={id}>{settingLabel(name)}</label>
      <span class="setting__control">
        <input
          id={id}
          type="text"
          autocomplete="off"
          spellcheck={false}
          disabled={fixedBy !== undefined}
          value={typeof value === 'string' ? value : ''}
          aria-describedby={`${id}-hint`}
          onInput={({ currentTarget }) => onChange(currentTarget.value === '' ? undefined : currentTarget.value)}
        />
        <button
          type="button"
          class="button button--plain"
          disabled={fixedBy !== undefined}
          onClick={() => onChange(hexOf(crypto.getRandomValues(new Uint8Array(SECRET_BYTES))))}
        >
          {texts.generate}
        </button>
      </span>
      <p class="field__hint" id={`${id}-hint`}>
        {hint.filter(Boolean).join(' ')}
      </p>
    </div>
  );
}

const hexOf = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
