/** The Sites page: all sites, and the settings of the one that is open. */
import { mayEverywhere } from '@firstword/shared/permissions';
import type { SiteSummary } from '@firstword/shared/site-settings';
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { commonTexts } from '../texts/common-texts.ts';
import { siteTexts as texts } from '../texts/site-texts.ts';
import { teamTexts } from '../texts/team-texts.ts';
import type { Workspace } from '../workspace.ts';
import { ListHead } from './list-head.tsx';
import { NewSiteForm } from './new-site-form.tsx';
import { ReportFailed } from './report-failed.tsx';
import { SiteSettingsPart } from './site-settings-part.tsx';

export function SitesPage({ workspace }: { workspace: Workspace }) {
  const { sites, session } = workspace;
  const isAllowed = mayEverywhere(session.agent, 'installation:manage');
  const overview = sites.overview.response.value;
  useEffect(() => {
    if (isAllowed) void sites.load();
    return () => void sites.show(undefined);
  }, [sites, isAllowed]);
  const isReady = overview !== undefined && sites.schema.response.value !== undefined;
  const hasFailed = sites.overview.failed.value || sites.schema.failed.value;
  return (
    <main class="report" aria-busy={!isReady && !hasFailed}>
      <header class="report__head">
        <h1>{texts.title}</h1>
      </header>
      {!isAllowed && <p class="report__empty">{teamTexts.notAllowed}</p>}
      {hasFailed && <ReportFailed text={texts.notRead} onTryAgain={() => sites.load()} />}
      {isAllowed && !isReady && !hasFailed && <p class="report__quiet">{commonTexts.loading}</p>}
      {isReady &&
        (sites.open.value === undefined ? <SiteList workspace={workspace} /> : <SiteSettingsPart sites={sites} />)}
    </main>
  );
}

function SiteList({ workspace: { sites } }: { workspace: Workspace }) {
  const adding = useSignal(false);
  const all = sites.overview.response.value?.sites ?? [];
  return (
    <section class="report__part" aria-label={texts.title}>
      <ListHead action={texts.add} adding={adding}>
        <p class="report__quiet">{texts.hint}</p>
      </ListHead>
      <p class="report__failed" role="alert">
        {sites.notice.value?.kind === 'failed' && sites.notice.value.text}
      </p>
      {adding.value && (
        <NewSiteForm
          sites={sites}
          onClose={() => {
            adding.value = false;
          }}
        />
      )}
      <ul class="settings-list">
        {all.map((site) => (
          <SiteItem key={site.id} site={site} onOpen={() => void sites.show(site.id)} />
        ))}
      </ul>
    </section>
  );
}

function SiteItem({ site, onOpen }: { site: SiteSummary; onOpen: () => void }) {
  const { id, name, origin, archived, allowedOrigins } = site;
  return (
    <li class="settings-item">
      <div>
        <p class="settings-item__name">
          {name}
          {archived && <span class="settings-item__state">{texts.archivedMark}</span>}
        </p>
        <p class="settings-item__line">{[id, texts.origins[origin], ...allowedOrigins].join(' · ')}</p>
      </div>
      <div class="settings-item__actions">
        <button type="button" class="button button--plain" aria-label={`${texts.openSite}, ${name}`} onClick={onOpen}>
          {texts.openSite}
        </button>
      </div>
    </li>
  );
}
