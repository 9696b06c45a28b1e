/** Asks why a proposed reply is rejected; the next run receives the reason. */
import { useId } from 'preact/hooks';
import { COMMANDS } from '../commands/commands.ts';
import { analysisTexts } from '../texts/analysis-texts.ts';
import { dialogTexts } from '../texts/dialog-texts.ts';
import type { Workspace } from '../workspace.ts';
import { Choices, choicesOf, chosen } from './choices.tsx';
import { DialogForm } from './dialog-form.tsx';
import { fieldText } from './field.tsx';

export function RejectDialog({ workspace }: { workspace: Workspace }) {
  const id = useId();
  const runId = workspace.ticket.plan.value?.proposal?.runId;

  function reject(form: FormData) {
    const reason = chosen(form, 'reason', analysisTexts.rejectReasons);
    const note = fieldText(form, 'note').trim();
    if (runId === undefined || reason === undefined) return;
    const rerun = form.get('rerun') !== null;
    void workspace.ticket.act('reject', { runId, reason, rerun, ...(note === '' ? {} : { note }) });
  }

  return (
    <DialogForm
      workspace={workspace}
      title={dialogTexts.reject}
      hint={dialogTexts.rejectHint}
      action={COMMANDS.reject.label}
      onSubmit={reject}
    >
      <Choices title={dialogTexts.reason} name="reason" choices={choicesOf(analysisTexts.rejectReasons)} />
      <label class="field" for={id}>
        {dialogTexts.noteOptional}
        <textarea id={id} name="note" rows={3} maxLength={1000} />
      </label>
      <label class="choices__item">
        <input type="checkbox" name="rerun" defaultChecked />
        {dialogTexts.rerunAfter}
      </label>
    </DialogForm>
  );
}
