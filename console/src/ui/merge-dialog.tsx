/** Asks in which ticket the matter of this one goes on. */
import { useLayoutEffect } from 'preact/hooks';
import { mergeTargets } from '../merge-targets.ts';
import { texts } from '../texts.ts';
import type { Workspace } from '../workspace.ts';
import { Choices } from './choices.tsx';
import { DialogForm } from './dialog-form.tsx';
import { fieldText } from './entry-page.tsx';

export function MergeDialog({ workspace }: { workspace: Workspace }) {
  const { openTickets, ticket } = workspace;
  useLayoutEffect(() => void openTickets.ask(), [openTickets]);
  const own = ticket.desk.value?.detail?.ticket;
  const found = openTickets.answer.value?.tickets;
  const targets = own && found && mergeTargets(own, found);
  return (
    <DialogForm
      workspace={workspace}
      title={texts.dialogs.merge}
      hint={targets?.length === 0 ? texts.dialogs.nothingToMerge : texts.dialogs.mergeHint}
      action={texts.commands.merge}
      onSubmit={(form) => {
        const intoTicketId = fieldText(form, 'into');
        if (intoTicketId !== '') void ticket.act('merge', { intoTicketId });
      }}
    >
      {targets === undefined ? (
        <p role="status">{openTickets.failed.value ? texts.offline : texts.loading}</p>
      ) : (
        targets.length > 0 && (
          <Choices
            title={texts.dialogs.mergeInto}
            name="into"
            choices={targets.map(({ id, number, firstLine, email }) => ({
              value: id,
              label: `#${number} ${firstLine}`,
              ...(email === undefined ? {} : { aside: email }),
            }))}
          />
        )
      )}
    </DialogForm>
  );
}
