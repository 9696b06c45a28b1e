/** Takes a note for other agents. */
import { useId } from 'preact/hooks';
import { texts } from '../texts.ts';
import type { Workspace } from '../workspace.ts';
import { DialogForm } from './dialog-form.tsx';
import { fieldText } from './entry-page.tsx';

export function NoteDialog({ workspace }: { workspace: Workspace }) {
  const id = useId();
  return (
    <DialogForm
      workspace={workspace}
      title={texts.dialogs.note}
      hint={texts.dialogs.noteHint}
      action={texts.dialogs.note}
      onSubmit={(form) => {
        const text = fieldText(form, 'text').trim();
        if (text !== '') void workspace.ticket.act('note', { text });
      }}
    >
      <label class="field" for={id}>
        {texts.dialogs.noteText}
        <textarea id={id} name="text" rows={5} maxLength={2000} required data-first />
      </label>
    </DialogForm>
  );
}
