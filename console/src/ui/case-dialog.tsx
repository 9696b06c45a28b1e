/** Shows what a test case of a visitor's message stores, to be edited before it is added. */
import { useSignal } from '@preact/signals';
import { caseDraftOf } from '../case-draft.ts';
import { answerTo } from '../replay-run.ts';
import { commonTexts } from '../texts/common-texts.ts';
import { evaluationTexts as texts } from '../texts/evaluation-texts.ts';
import { knowledgeTexts } from '../texts/knowledge-texts.ts';
import { replayTexts } from '../texts/replay-texts.ts';
import type { Workspace } from '../workspace.ts';
import { CaseFields, readCase } from './case-fields.tsx';
import { CloseFoot, DialogFrame, FormDialogFoot } from './dialog-frame.tsx';
import { MarkdownText } from './markdown-text.tsx';
import { ReportFailed } from './report-failed.tsx';

export function CaseDialog({ workspace }: { workspace: Workspace }) {
  const { stored } = workspace.messageCases;
  const isRead = stored.response.value !== undefined;
  return (
    <DialogFrame workspace={workspace} title={texts.addMessage} hint={texts.addMessageHint} wide>
      {isRead ? (
        <CaseOfMessage workspace={workspace} />
      ) : stored.failed.value ? (
        <>
          <ReportFailed text={knowledgeTexts.casesFailed} onTryAgain={() => stored.load()} />
          <CloseFoot workspace={workspace} />
        </>
      ) : (
        <p class="report__quiet">{commonTexts.loading}</p>
      )}
    </DialogFrame>
  );
}

function CaseOfMessage({ workspace }: { workspace: Workspace }) {
  const { messageCases, dialog } = workspace;
  const isSending = useSignal(false);
  const target = messageCases.target.value;
  if (target === undefined) return null;
  const { messages, question } = target;
  const known = messageCases.known.value;
  const answer = answerTo(messages, question.seq);
  async function submit(event: SubmitEvent & { currentTarget: HTMLFormElement }) {
    event.preventDefault();
    isSending.value = true;
    const isAdded = await messageCases.add(readCase(event.currentTarget));
    isSending.value = false;
    if (isAdded && dialog.value === 'case') dialog.value = undefined;
  }
  return (
    <form onSubmit={submit}>
      {known !== undefined && <p class="report__quiet">{texts.known(known.by)}</p>}
      {answer !== undefined && (
        <section aria-label={replayTexts.original}>
          <h3>{replayTexts.original}</h3>
          <div class="replay__question">
            <MarkdownText text={answer.text} span={undefined} />
          </div>
        </section>
      )}
      <CaseFields draft={caseDraftOf(messages, question, known)} />
      {messageCases.failure.value !== undefined && (
        <p class="report__failed" role="alert">
          {messageCases.failure.value}
        </p>
      )}
      <FormDialogFoot workspace={workspace}>
        <button type="submit" class="button button--primary" disabled={isSending.value}>
          {known === undefined ? texts.addCase : texts.replaceCase}
        </button>
      </FormDialogFoot>
    </form>
  );
}
