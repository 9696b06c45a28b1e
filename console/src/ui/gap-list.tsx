/** What visitors asked and no article covers, by topic, with the conversations. */
import type { KnowledgeGap } from '@firstword/shared/knowledge';
import { knowledgeTexts as texts } from '../texts/knowledge-texts.ts';
import { proposalTexts } from '../texts/proposal-texts.ts';
import type { Workspace } from '../workspace.ts';
import { Ago } from './clock.tsx';
import { ConversationLink } from './conversation-link.tsx';
import { ReportFailed } from './report-failed.tsx';

export function GapList({ workspace }: { workspace: Workspace }) {
  const { gaps } = workspace.knowledge;
  const list = gaps.response.value?.gaps;
  return (
    <section class="report__part" aria-label={texts.gaps}>
      <h2>{texts.gaps}</h2>
      <p class="report__quiet">{texts.gapsHint}</p>
      {gaps.failed.value && <ReportFailed text={texts.gapsFailed} onTryAgain={() => gaps.load()} />}
      {list?.length === 0 && <p class="report__empty">{texts.gapsEmpty}</p>}
      <ul class="gaps">
        {list?.map((gap) => (
          <Gap key={gap.id} workspace={workspace} gap={gap} />
        ))}
      </ul>
    </section>
  );
}

function Gap({
  workspace,
  gap: { id, question, count, lastAt, conversations },
}: {
  workspace: Workspace;
  gap: KnowledgeGap;
}) {
  return (
    <li class="gap">
      <details>
        <summary>
          <span class="gap__question">{question}</span>
          <span class="gap__count">
            {`${texts.asked(count)} · `}
            <Ago at={lastAt} />
          </span>
        </summary>
        <ul class="gap__conversations">
          {conversations.map((conversation) => (
            <li key={conversation.id}>
              <p>{conversation.question}</p>
              <ConversationLink router={workspace.router} id={conversation.id}>
                {texts.conversation}
              </ConversationLink>
            </li>
          ))}
        </ul>
      </details>
      <div class="source__actions">
        <button
          type="button"
          class="button button--quiet"
          aria-label={`${proposalTexts.draft}, ${question}`}
          onClick={() => void workspace.knowledge.proposals.draft(id)}
        >
          {proposalTexts.draft}
        </button>
        <button
          type="button"
          class="button button--quiet"
          aria-label={`${texts.dismiss}, ${question}`}
          onClick={() => void workspace.knowledge.removeGap(id)}
        >
          {texts.dismiss}
        </button>
      </div>
    </li>
  );
}
