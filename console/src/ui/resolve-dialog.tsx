/** Asks for the resolution of a ticket. */
import { COMMANDS } from '../commands/commands.ts';
import { dialogTexts } from '../texts/dialog-texts.ts';
import { ticketTexts } from '../texts/ticket-texts.ts';
import type { Workspace } from '../workspace.ts';
import { Choices, choicesOf, chosen } from './choices.tsx';
import { DialogForm } from './dialog-form.tsx';

export function ResolveDialog({ workspace }: { workspace: Workspace }) {
  return (
    <DialogForm
      workspace={workspace}
      title={dialogTexts.resolve}
      action={COMMANDS.resolve.label}
      onSubmit={(form) => {
        const code = chosen(form, 'code', ticketTexts.resolutions);
        if (code !== undefined) void workspace.ticket.act('resolve', { code });
      }}
    >
      <Choices title={dialogTexts.reason} name="code" choices={choicesOf(ticketTexts.resolutions)} />
    </DialogForm>
  );
}
