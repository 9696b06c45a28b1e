/** The history of a site's settings: who saved each version, what changed in it, and the way back. */
import type { SiteSettingsView } from '@firstword/shared/site-settings';
import type { SitesController } from '../sites-controller.ts';
import { settingLabel, siteTexts as texts } from '../texts/site-texts.ts';
import { SettingChanges } from './setting-changes.tsx';
import { VersionItem } from './version-item.tsx';

export function SiteVersions({
  sites,
  view: { versions, version },
}: {
  sites: SitesController;
  view: SiteSettingsView;
}) {
  if (versions.length === 0) return null;
  const shown = sites.diff.value;
  return (
    <details class="report__part">
      <summary>{texts.versions}</summary>
      <ul class="versions">
        {versions.map((one) => (
          <VersionItem
            key={one.number}
            version={one}
            of={texts.title}
            isCurrent={one.number === version}
            isBusy={sites.busy.value}
            onCompare={() => void sites.compare(one.number)}
            onRollBack={() => void sites.rollBack(one.number)}
          >
            {shown?.number === one.number && <SettingChanges changes={shown.changes} labelOf={settingLabel} />}
          </VersionItem>
        ))}
      </ul>
    </details>
  );
}
