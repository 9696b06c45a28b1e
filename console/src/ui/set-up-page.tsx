/** The Set-up page: a site, its articles, the models, a first answer, and the code for its pages, in this order. */
import { mayEverywhere } from '@firstword/shared/permissions';
import { useEffect } from 'preact/hooks';
import { basePath } from '../base-path.ts';
import type { ModelsController } from '../models-controller.ts';
import { modelSettingsTexts as modelTexts } from '../texts/model-settings-texts.ts';
import { setUpTexts as texts } from '../texts/set-up-texts.ts';
import { teamTexts } from '../texts/team-texts.ts';
import type { Workspace } from '../workspace.ts';
import { GuidancePreview } from './guidance-preview.tsx';
import { ModelForm } from './model-form.tsx';
import { NewSiteForm } from './new-site-form.tsx';
import { PageLink } from './page-link.tsx';
import { SiteSnippets } from './site-snippets.tsx';
import { SourcesPart } from './sources-part.tsx';

export function SetUpPage({ workspace }: { workspace: Workspace }) {
  const { sites, knowledge, modelSettings, session, router } = workspace;
  const isAllowed = mayEverywhere(session.agent, 'installation:manage');
  const overview = sites.overview.response.value;
  const own = overview?.sites.find(({ origin, archived }) => origin !== 'demo' && !archived);
  useEffect(() => {
    if (isAllowed) {
      void sites.load();
      void modelSettings.load();
    }
    return () => {
      modelSettings.leave();
      knowledge.close();
      void sites.show(undefined);
    };
  }, [sites, knowledge, modelSettings, isAllowed]);
  useEffect(() => {
    if (own !== undefined) void knowledge.showSite(own.id);
  }, [knowledge, own?.id]);
  if (!isAllowed) return <p class="report__empty">{teamTexts.notAllowed}</p>;
  return (
    <main class="report knowledge" aria-busy={overview === undefined}>
      <header class="report__head">
        <h1>{texts.title}</h1>
      </header>
      <p class="report__quiet">{texts.hint}</p>
      <section class="report__part" aria-label={texts.site}>
        <h2>{texts.site}</h2>
        {own !== undefined && <p>{texts.siteDone(own.name)}</p>}
        {overview !== undefined && own === undefined && <NewSiteForm sites={sites} onClose={undefined} />}
        <p class="report__failed" role="alert">
          {own === undefined && sites.notice.value?.kind === 'failed' && sites.notice.value.text}
        </p>
      </section>
      {own === undefined ? (
        <PageLink router={router} page="conversations" class="button button--plain set-up__later" current={false}>
          {texts.later}
        </PageLink>
      ) : (
        <>
          <Articles workspace={workspace} />
          <Connection models={workspace.modelSettings} />
          <Trial workspace={workspace} siteId={own.id} />
          <SiteSnippets siteId={own.id} overview={overview} accent={undefined} title={texts.pages} />
        </>
      )}
    </main>
  );
}

function Connection({ models }: { models: ModelsController }) {
  const source = models.view.response.value?.source;
  const isConnected = source === 'console' || source === 'configuration';
  return (
    <section class="report__part" aria-label={modelTexts.step}>
      <h2>{modelTexts.step}</h2>
      <p class="report__quiet">{isConnected ? modelTexts.stepDone : modelTexts.formHint}</p>
      {source === 'demo' && <p class="report__quiet">{modelTexts.stepLater}</p>}
      {isConnected ? (
        <p role="status">{models.notice.value?.kind === 'done' && models.notice.value.text}</p>
      ) : (
        <ModelForm models={models} />
      )}
    </section>
  );
}

function Articles({ workspace: { knowledge } }: { workspace: Workspace }) {
  const passages = knowledge.overview.response.value?.searched.passages ?? 0;
  return (
    <section class="report__part" aria-label={texts.articles}>
      <h2>{texts.articles}</h2>
      <p class="report__quiet">{texts.articlesHint}</p>
      <p role="status">{passages > 0 && texts.articlesDone(passages)}</p>
      <SourcesPart knowledge={knowledge} isFirst />
    </section>
  );
}

function Trial({ workspace: { knowledge, modelSettings }, siteId }: { workspace: Workspace; siteId: string }) {
  return (
    <section class="report__part" aria-label={texts.trial}>
      <h2>{texts.trial}</h2>
      {modelSettings.isDemo.value && <p class="report__quiet">{texts.demoEngine}</p>}
      <GuidancePreview
        guidance={knowledge.guidance}
        hint={texts.trialHint}
        read={() => knowledge.guidance.view.response.value?.guidance ?? null}
      />
      <a href={`${basePath}/?site=${encodeURIComponent(siteId)}`} target="_blank" rel="noreferrer">
        {texts.openPreview}
      </a>
    </section>
  );
}
