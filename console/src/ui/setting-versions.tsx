/** The history of settings: who saved each version, what changed in it, and the way back. */
import type { SiteDiff } from '@firstword/shared/site-settings';
import type { VersionView } from '@firstword/shared/version';
import { SettingChanges } from './setting-changes.tsx';
import { VersionItem } from './version-item.tsx';

export interface SettingVersionsProps {
  readonly title: string;
  /** What they are versions of, for screen readers. */
  readonly of: string;
  readonly versions: readonly VersionView[];
  readonly current: number | undefined;
  /** What changed in the version that is compared. */
  readonly shown: { readonly number: number; readonly changes: SiteDiff['changes'] } | undefined;
  readonly isBusy: boolean;
  readonly labelOf: (name: string) => string;
  readonly onCompare: (number: number) => Promise<void>;
  readonly onRollBack: (number: number) => Promise<void>;
}

export function SettingVersions(props: SettingVersionsProps) {
  const { title, of, versions, current, shown, isBusy, labelOf, onCompare, onRollBack } = props;
  if (versions.length === 0) return null;
  return (
    <details class="report__part">
      <summary>{title}</summary>
      <ul class="versions">
        {versions.map((version) => (
          <VersionItem
            key={version.number}
            version={version}
            of={of}
            isCurrent={version.number === current}
            isBusy={isBusy}
            onCompare={() => void onCompare(version.number)}
            onRollBack={() => void onRollBack(version.number)}
          >
            {shown?.number === version.number && <SettingChanges changes={shown.changes} labelOf={labelOf} />}
          </VersionItem>
        ))}
      </ul>
    </details>
  );
}
