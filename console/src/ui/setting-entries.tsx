/** A list of entries with parts, such as the periods of opening hours. */
import { firstValue } from '../setting-values.ts';
import type { SettingValue } from '../sites-controller.ts';
import { settingLabel, siteTexts as texts } from '../texts/site-texts.ts';
import { recordOf, SettingParts } from './setting-parts.tsx';
import type { CompoundProps } from './setting-props.ts';

export function SettingEntries({ name, node, value, fixedBy, onChange, Field }: CompoundProps) {
  const entries = Array.isArray(value) ? value : [];
  const item = node.items ?? {};
  const replace = (at: number, changed: SettingValue) =>
    onChange(entries.flatMap((entry, index) => (index === at ? (changed === undefined ? [] : [changed]) : [entry])));
  return (
    <fieldset class="setting-group" disabled={fixedBy !== undefined}>
      <legend>{settingLabel(name)}</legend>
      {entries.map((entry, at) => (
        // Entries have no id; a change of one keeps the place of the others.
        <div key={at} class="setting-entry">
          <SettingParts
            node={item}
            record={recordOf(entry) ?? {}}
            onChange={(changed) => replace(at, changed)}
            Field={Field}
          />
          <button
            type="button"
            class="button button--quiet"
            aria-label={`${texts.removeEntry}, ${settingLabel(name)} ${at + 1}`}
            onClick={() => replace(at, undefined)}
          >
            {texts.removeEntry}
          </button>
        </div>
      ))}
      <button type="button" class="button button--plain" onClick={() => onChange([...entries, firstValue(name, item)])}>
        {texts.addEntry}
      </button>
    </fieldset>
  );
}
