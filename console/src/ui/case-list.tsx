/** Test cases that agents saved from their reviews or that were written by hand, and the file that `npm run eval` reads. */
import { basePath } from '../base-path.ts';
import { caseNoteText } from '../texts/analysis-texts.ts';
import { knowledgeTexts as texts } from '../texts/knowledge-texts.ts';
import type { Workspace } from '../workspace.ts';
import { CaseForm } from './case-form.tsx';
import { Ago } from './clock.tsx';
import { ConversationLink } from './conversation-link.tsx';
import { ReportFailed } from './report-failed.tsx';

export function CaseList({ workspace }: { workspace: Workspace }) {
  const { cases, overview, removeCase } = workspace.knowledge;
  const list = cases.response.value?.cases;
  const site = overview.response.value?.site ?? '';
  return (
    <section class="report__part" aria-label={texts.cases}>
      <div class="report__title">
        <h2>{texts.cases}</h2>
        {list !== undefined && list.length > 0 && (
          <a
            class="link"
            href={`${basePath}/api/v1/evaluation-cases?${new URLSearchParams({ site, format: 'jsonl' })}`}
            download={`${site}-cases.jsonl`}
          >
            {texts.downloadCases}
          </a>
        )}
      </div>
      <p class="report__quiet">{texts.casesHint}</p>
      <CaseForm key={site} knowledge={workspace.knowledge} />
      {cases.failed.value && <ReportFailed text={texts.casesFailed} onTryAgain={() => cases.load()} />}
      {list?.length === 0 && <p class="report__empty">{texts.casesEmpty}</p>}
      <ul class="gaps">
        {list?.map(({ id, conversation, conversationId, note, by, savedAt }) => (
          <li key={id} class="gap">
            <div>
              <p class="gap__question">{conversation.at(-1)}</p>
              <p class="gap__count gap__count--below">
                {`${[...(note === '' ? [] : [caseNoteText(note)]), by].join(' · ')}, `}
                <Ago at={savedAt} />
              </p>
              {conversationId !== undefined && (
                <ConversationLink router={workspace.router} id={conversationId}>
                  {texts.conversation}
                </ConversationLink>
              )}
            </div>
            <button
              type="button"
              class="button button--quiet"
              aria-label={`${texts.remove}, ${conversation.at(-1)}`}
              onClick={() => void removeCase(id)}
            >
              {texts.remove}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
