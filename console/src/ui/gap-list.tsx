/** What visitors asked and no article covers, by topic, with the conversations. */
import type { KnowledgeGap } from '@firstword/shared/knowledge';
import { useSignal } from '@preact/signals';
import { knowledgeTexts as texts } from '../texts/knowledge-texts.ts';
import type { Workspace } from '../workspace.ts';
import { Ago } from './clock.tsx';
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
              <GapConversation workspace={workspace} id={conversation.id} />
            </li>
          ))}
        </ul>
      </details>
      <button
        type="button"
        class="button button--quiet"
        aria-label={`${texts.dismiss}, ${question}`}
        onClick={() => void workspace.knowledge.removeGap(id)}
      >
        {texts.dismiss}
      </button>
    </li>
  );
}

function GapConversation({ workspace, id }: { workspace: Workspace; id: string }) {
  const shown = useSignal<readonly { seq: number; from: keyof typeof texts.speakers; text: string }[]>([]);
  const failed = useSignal(false);
  async function show() {
    const result = await workspace.readConversation(id);
    failed.value = !result.ok;
    if (result.ok) shown.value = result.value.messages;
  }
  if (shown.value.length === 0)
    return (
      <>
        <button type="button" class="link" onClick={() => void show()}>
          {texts.conversation}
        </button>
        {failed.value && (
          <p class="report__failed" role="alert">
            {texts.conversationFailed}
          </p>
        )}
      </>
    );
  return (
    <ol class="gap__messages">
      {shown.value.map(({ seq, from, text }) => (
        <li key={seq}>
          <b>{texts.speakers[from]}</b> {text}
        </li>
      ))}
    </ol>
  );
}
