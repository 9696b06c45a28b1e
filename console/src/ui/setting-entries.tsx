/** A list of entries with parts, such as the periods of opening hours. */

import type { ComponentChildren } from 'preact';
import { firstValue } from '../setting-values.ts';
import type { SettingValue } from '../sites-controller.ts';
import { settingLabel, siteTexts as texts } from '../texts/site-texts.ts';
import { recordOf, SettingParts } from './setting-parts.tsx';
import type { CompoundProps } from './setting-props.ts';

export function SettingEntries({ name, node, value, fixedBy, onChange, Field }: CompoundProps) {
  const entries = Array.isArray(value) ? value : [];
  const item = node.items ?? {};
  return (
    <fieldset class="setting-group" disabled={fixedBy !== undefined}>
      <legend>{settingLabel(name)}</legend>
      {entries.map((entry, at) => (
        // Entries have no id; a change of one keeps the place of the others.
        <SettingEntry key={at} {...{ name, entries, entry, at, onChange, Field }} node={item} />
      ))}
      <button type="button" class="button button--plain" onClick={() => onChange([...entries, firstValue(name, item)])}>
        {texts.addEntry}
      </button>
    </fieldset>
  );
}

interface SettingEntryProps extends Pick<CompoundProps, 'name' | 'node' | 'onChange' | 'Field'> {
  readonly entries: readonly Exclude<SettingValue, undefined>[];
  readonly entry: SettingValue;
  readonly at: number;
  /** Shown above its parts. */
  readonly children?: ComponentChildren;
}

/** One entry of a list with its parts, and the button that removes it. */
export function SettingEntry({ name, node, entries, entry, at, onChange, Field, children }: SettingEntryProps) {
  const replace = (changed: SettingValue) =>
    onChange(entries.flatMap((each, index) => (index !== at ? [each] : changed === undefined ? [] : [changed])));
  return (
    <div class="setting-entry">
      {children}
      <SettingParts node={node} record={recordOf(entry) ?? {}} onChange={replace} Field={Field} />
      <button
        type="button"
        class="button button--quiet"
        aria-label={`${texts.removeEntry}, ${settingLabel(name)} ${at + 1}`}
        onClick={() => replace(undefined)}
      >
        {texts.removeEntry}
      </button>
    </div>
  );
}
