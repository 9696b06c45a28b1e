/** What changed between two versions of settings. A secret is only named. */
import type { SiteDiff } from '@firstword/shared/site-settings';
import { siteTexts as texts } from '../texts/site-texts.ts';

export interface SettingChangesProps {
  readonly changes: SiteDiff['changes'];
  readonly labelOf: (name: string) => string;
}

export function SettingChanges({ changes, labelOf }: SettingChangesProps) {
  if (changes.length === 0) return <p class="report__quiet">{texts.noChanges}</p>;
  return (
    <dl class="site-changes">
      {changes.map(({ name, before, after }) => (
        <div key={name}>
          <dt>{labelOf(name)}</dt>
          <dd>
            {before !== undefined && <del>{shown(before)}</del>} {after !== undefined && <ins>{shown(after)}</ins>}
            {before === undefined && after === undefined && texts.changedSecret}
          </dd>
        </div>
      ))}
    </dl>
  );
}

const shown = (value: SiteDiff['changes'][number]['before']) =>
  typeof value === 'string' ? value : JSON.stringify(value);
