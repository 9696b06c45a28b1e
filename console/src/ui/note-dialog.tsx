/** Adds a note for other agents. */
import { useId } from 'preact/hooks';
import { dialogTexts } from '../texts/dialog-texts.ts';
import type { Workspace } from '../workspace.ts';
import { DialogForm } from './dialog-form.tsx';
import { fieldText } from './field.tsx';

export function NoteDialog({ workspace }: { workspace: Workspace }) {
  const id = useId();
  return (
    <DialogForm
      workspace={workspace}
      title={dialogTexts.note}
      hint={dialogTexts.noteHint}
      action={dialogTexts.note}
      onSubmit={(form) => {
        const text = fieldText(form, 'text').trim();
        if (text !== '') void workspace.ticket.act('note', { text });
      }}
    >
      <label class="field" for={id}>
        {dialogTexts.noteText}
        <textarea id={id} name="text" rows={5} maxLength={2000} required data-first />
      </label>
    </DialogForm>
  );
}
