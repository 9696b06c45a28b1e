/** The Knowledge page: a site's sources, a trial of the search, guidance, gaps, and evaluations of its answers. */
import { maySomewhere } from '@firstword/shared/permissions';
import { useEffect, useId } from 'preact/hooks';
import { commonTexts } from '../texts/common-texts.ts';
import { overviewSentence, knowledgeTexts as texts } from '../texts/knowledge-texts.ts';
import type { Workspace } from '../workspace.ts';
import { ArticleList } from './article-list.tsx';
import { CaseList } from './case-list.tsx';
import { EvaluationPart } from './evaluation-part.tsx';
import { GapList } from './gap-list.tsx';
import { GuidancePart } from './guidance-part.tsx';
import { ProposalList } from './proposal-list.tsx';
import { ReportFailed } from './report-failed.tsx';
import { SearchTrialPart } from './search-trial-part.tsx';
import { SourcesPart } from './sources-part.tsx';

export function KnowledgePage({ workspace }: { workspace: Workspace }) {
  const { knowledge, session } = workspace;
  const isAdmin = maySomewhere(session.agent, 'knowledge:manage');
  const overview = knowledge.overview.response.value;
  useEffect(() => {
    if (isAdmin) void knowledge.showSite(knowledge.overview.query.value.site);
    return knowledge.close;
  }, [knowledge, isAdmin]);
  return (
    <main class="report knowledge" aria-busy={knowledge.overview.busy.value && overview === undefined}>
      <header class="report__head">
        <h1>{texts.title}</h1>
        {overview !== undefined && <SiteChoice workspace={workspace} />}
      </header>
      {!isAdmin && <p class="report__empty">{texts.notAdmin}</p>}
      {knowledge.overview.failed.value && (
        <ReportFailed text={texts.notRead} onTryAgain={() => knowledge.showSite(knowledge.overview.query.value.site)} />
      )}
      {isAdmin && overview === undefined && !knowledge.overview.failed.value && (
        <p class="report__quiet">{commonTexts.loading}</p>
      )}
      {overview !== undefined && (
        <>
          <p class="report__sentence">{overviewSentence(overview)}</p>
          <SourcesPart knowledge={knowledge} />
          <ArticleList knowledge={knowledge} />
          <SearchTrialPart knowledge={knowledge} />
          <GuidancePart guidance={knowledge.guidance} />
          <GapList workspace={workspace} />
          <ProposalList workspace={workspace} />
          <CaseList workspace={workspace} />
          <EvaluationPart knowledge={knowledge} />
        </>
      )}
    </main>
  );
}

function SiteChoice({ workspace: { knowledge } }: { workspace: Workspace }) {
  const id = useId();
  const { site, sites } = knowledge.overview.response.value ?? { site: '', sites: [] };
  if (sites.length < 2) return null;
  return (
    <div class="report__filters">
      <span class="report__choice">
        <label for={id}>{texts.site}</label>
        <select id={id} value={site} onChange={({ currentTarget }) => void knowledge.showSite(currentTarget.value)}>
          {sites.map((choice) => (
            <option key={choice.id} value={choice.id}>
              {choice.name}
            </option>
          ))}
        </select>
      </span>
    </div>
  );
}
