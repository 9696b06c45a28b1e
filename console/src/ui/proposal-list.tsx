/** Proposed articles: each open draft can be edited and published, or rejected. */
import type { Proposal } from '@firstword/shared/proposal';
import { articleIdOf } from '../article-id.ts';
import { knowledgeTexts } from '../texts/knowledge-texts.ts';
import { proposalTexts as texts } from '../texts/proposal-texts.ts';
import type { Workspace } from '../workspace.ts';
import { ArticleFields, readArticleFields } from './article-fields.tsx';
import { Ago } from './clock.tsx';
import { ConversationLink } from './conversation-link.tsx';
import { ReportFailed } from './report-failed.tsx';

export function ProposalList({ workspace }: { workspace: Workspace }) {
  const { list, failure } = workspace.knowledge.proposals;
  const proposals = list.response.value?.proposals;
  return (
    <section class="report__part" aria-label={texts.title}>
      <h2>{texts.title}</h2>
      <p class="report__quiet">{texts.hint}</p>
      <p class="report__failed" role="alert">
        {failure.value}
      </p>
      {list.failed.value && <ReportFailed text={texts.failed} onTryAgain={() => list.load()} />}
      {proposals?.length === 0 && <p class="report__empty">{texts.empty}</p>}
      <ul class="gaps">
        {proposals?.map((proposal) => (
          <li key={proposal.id} class="passage">
            {proposal.state === 'open' ? (
              <Draft workspace={workspace} proposal={proposal} />
            ) : (
              <Decided proposal={proposal} />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Decided({ proposal: { state, title, question, decidedBy, createdAt } }: { proposal: Proposal }) {
  return (
    <>
      <p class="passage__title">{title === '' ? question : title}</p>
      <p class="passage__why" role="status">
        <span>{decidedBy === undefined ? texts.states[state] : texts.decided(texts.states[state], decidedBy)}</span>
        <Ago at={createdAt} />
      </p>
    </>
  );
}

function Draft({ workspace, proposal }: { workspace: Workspace; proposal: Proposal }) {
  const { proposals } = workspace.knowledge;
  const { title, body, question, origin, conversationIds, articles } = proposal;
  return (
    <details>
      <summary>
        <span class="gap__question">{title}</span>
        <span class="gap__count">
          {origin === undefined ? texts.asked(question) : `${texts.origins[origin]} · ${texts.asked(question)}`}
        </span>
      </summary>
      <form
        class="source-form"
        aria-label={title}
        onSubmit={(event) => {
          event.preventDefault();
          void proposals.accept(proposal.id, readArticleFields(event.currentTarget));
        }}
      >
        <ArticleFields article={{ id: articleIdOf(title), title, url: '', body }} />
        <div class="source-form__wide">
          <p>{texts.sources}</p>
          <ul class="gap__conversations">
            {conversationIds.map((conversation) => (
              <li key={conversation}>
                <ConversationLink router={workspace.router} id={conversation}>
                  {knowledgeTexts.conversation}
                </ConversationLink>
              </li>
            ))}
            {articles.map((article) => (
              <li key={article.id}>{article.title}</li>
            ))}
          </ul>
        </div>
        <div class="form-foot">
          <button
            type="button"
            class="button button--quiet"
            aria-label={`${texts.reject}, ${title}`}
            onClick={() => void proposals.reject(proposal.id)}
          >
            {texts.reject}
          </button>
          <button type="submit" class="button button--primary">
            {texts.accept}
          </button>
        </div>
      </form>
    </details>
  );
}
