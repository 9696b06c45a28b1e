/** A setting with parts. One that is optional has a switch of its own. */
import { useId } from 'preact/hooks';
import { firstValue } from '../setting-values.ts';
import { settingHint, settingLabel, siteTexts as texts } from '../texts/site-texts.ts';
import { recordOf, SettingParts } from './setting-parts.tsx';
import type { CompoundProps } from './setting-props.ts';

export function SettingGroup({ name, node, value, fixedBy, isRequired, onChange, Field }: CompoundProps) {
  const id = useId();
  const isOptional = !isRequired && node.default === undefined;
  const record = recordOf(value);
  const hint = [settingHint(name, node.description), fixedBy === undefined ? '' : texts.fixed[fixedBy]]
    .filter(Boolean)
    .join(' ');
  return (
    <fieldset class="setting-group" disabled={fixedBy !== undefined} aria-describedby={`${id}-hint`}>
      <legend>
        {isOptional ? (
          <label>
            <input
              type="checkbox"
              checked={record !== undefined}
              onChange={({ currentTarget }) => onChange(currentTarget.checked ? firstValue(name, node) : undefined)}
            />
            {settingLabel(name)}
          </label>
        ) : (
          settingLabel(name)
        )}
      </legend>
      <p class="field__hint" id={`${id}-hint`}>
        {hint}
      </p>
      {(record !== undefined || !isOptional) && (
        <SettingParts node={node} record={record ?? {}} onChange={onChange} Field={Field} />
      )}
    </fieldset>
  );
}
