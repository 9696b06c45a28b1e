/** Asks how a ticket ended. */
import { COMMANDS } from '../commands/commands.ts';
import { texts } from '../texts.ts';
import type { Workspace } from '../workspace.ts';
import { Choices, choicesOf, chosen } from './choices.tsx';
import { DialogForm } from './dialog-form.tsx';

export function ResolveDialog({ workspace }: { workspace: Workspace }) {
  return (
    <DialogForm
      workspace={workspace}
      title={texts.dialogs.resolve}
      action={COMMANDS.resolve.label}
      onSubmit={(form) => {
        const code = chosen(form, 'code', texts.resolutions);
        if (code !== undefined) void workspace.ticket.act('resolve', { code });
      }}
    >
      <Choices title={texts.dialogs.reason} name="code" choices={choicesOf(texts.resolutions)} />
    </DialogForm>
  );
}
