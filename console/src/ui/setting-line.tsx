/** A setting with one control: a text, a number, a choice, or a list of texts. */
import { useId } from 'preact/hooks';
import { linesOf } from '../lines-of.ts';
import { settingHint, settingLabel, siteTexts as texts } from '../texts/site-texts.ts';
import type { SettingFieldProps } from './setting-props.ts';

export function SettingLine({ name, node, value, fixedBy, isRequired, onChange }: SettingFieldProps) {
  const id = useId();
  const { description = '', type } = node;
  const hint = [
    settingHint(name, description),
    type === 'array' ? texts.onePerLine : '',
    fixedBy === undefined ? '' : texts.fixed[fixedBy],
  ];
  const shared = { id, disabled: fixedBy !== undefined, 'aria-describedby': `${id}-hint` };
  return (
    <div class={type === 'boolean' ? 'field setting setting--switch' : 'field setting'}>
      <label for={id}>{settingLabel(name)}</label>
      <Control {...{ node, value, isRequired, onChange, shared }} />
      <p class="field__hint" id={`${id}-hint`}>
        {hint.filter(Boolean).join(' ')}
      </p>
    </div>
  );
}

interface ControlProps extends Pick<SettingFieldProps, 'node' | 'value' | 'isRequired' | 'onChange'> {
  readonly shared: { readonly id: string; readonly disabled: boolean; readonly 'aria-describedby': string };
}

function Control({ node, value, isRequired, onChange, shared }: ControlProps) {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  if (node.type === 'boolean')
    return (
      <input
        type="checkbox"
        checked={value === true}
        onChange={({ currentTarget }) => onChange(currentTarget.checked)}
        {...shared}
      />
    );
  if (node.enum !== undefined)
    return (
      <select value={text} onChange={({ currentTarget }) => onChange(currentTarget.value || undefined)} {...shared}>
        {!isRequired && node.default === undefined && <option value="">{texts.notSet}</option>}
        {node.enum.map((one) => (
          <option key={String(one)} value={String(one)}>
            {settingLabel(String(one))}
          </option>
        ))}
      </select>
    );
  if (node.type === 'number' || node.type === 'integer')
    return (
      <input
        type="number"
        step={node.type === 'integer' ? 1 : 'any'}
        min={node.minimum}
        max={node.maximum}
        value={text}
        onInput={({ currentTarget: { value: typed, valueAsNumber } }) =>
          onChange(typed === '' ? undefined : valueAsNumber)
        }
        {...shared}
      />
    );
  if (node.type === 'array')
    return (
      <textarea
        rows={3}
        value={Array.isArray(value) ? value.join('\n') : ''}
        onChange={({ currentTarget }) => onChange(linesOf(currentTarget.value))}
        {...shared}
      />
    );
  const typed = (given: string) => onChange(given === '' && !isRequired ? undefined : given);
  if ((node.maxLength ?? 0) > 200)
    return (
      <textarea
        rows={3}
        maxLength={node.maxLength}
        value={text}
        onInput={({ currentTarget }) => typed(currentTarget.value)}
        {...shared}
      />
    );
  const isColour = node.pattern?.startsWith('^#') ?? false;
  return (
    <span class="setting__control">
      <input
        type="text"
        autocomplete="off"
        maxLength={node.maxLength}
        value={text}
        onInput={({ currentTarget }) => typed(currentTarget.value)}
        {...shared}
      />
      {isColour && (
        <input
          type="color"
          aria-label={texts.pickColour}
          disabled={shared.disabled}
          value={text === '' ? '#ffffff' : text}
          onInput={({ currentTarget }) => typed(currentTarget.value)}
        />
      )}
    </span>
  );
}

export function EnumSet({ name, node, value, fixedBy, onChange }: SettingFieldProps) {
  const chosen = Array.isArray(value) ? value.map(String) : [];
  const choices = (node.items?.enum ?? []).map(String);
  return (
    <fieldset class="field setting" disabled={fixedBy !== undefined}>
      <legend>{settingLabel(name)}</legend>
      <span class="setting__choices">
        {choices.map((choice) => (
          <label key={choice}>
            <input
              type="checkbox"
              checked={chosen.includes(choice)}
              onChange={({ currentTarget: { checked } }) =>
                onChange(choices.filter((one) => (one === choice ? checked : chosen.includes(one))))
              }
            />
            {settingLabel(choice)}
          </label>
        ))}
      </span>
    </fieldset>
  );
}
