/** The history of a site's settings: who saved each version, what changed in it, and the way back. */
import type { SiteDiff, SiteSettingsView } from '@firstword/shared/site-settings';
import type { SitesController } from '../sites-controller.ts';
import { settingLabel, siteTexts as texts } from '../texts/site-texts.ts';
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
            {shown?.number === one.number && <Changes changes={shown.changes} />}
          </VersionItem>
        ))}
      </ul>
    </details>
  );
}

function Changes({ changes }: { changes: SiteDiff['changes'] }) {
  if (changes.length === 0) return <p class="report__quiet">{texts.noChanges}</p>;
  return (
    <dl class="site-changes">
      {changes.map(({ name, before, after }) => (
        <div key={name}>
          <dt>{settingLabel(name)}</dt>
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
