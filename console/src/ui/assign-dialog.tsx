/** Asks whose ticket it shall be. */
import { useLayoutEffect } from 'preact/hooks';
import { texts } from '../texts.ts';
import type { Workspace } from '../workspace.ts';
import { Choices } from './choices.tsx';
import { DialogForm } from './dialog-form.tsx';
import { fieldText } from './entry-page.tsx';

export function AssignDialog({ workspace }: { workspace: Workspace }) {
  const { colleagues, ticket } = workspace;
  useLayoutEffect(() => void colleagues.ask(), [colleagues]);
  const owner = ticket.desk.value?.detail?.ticket.assignee?.id;
  const others = colleagues.answer.value?.agents.filter(({ id }) => id !== owner);
  return (
    <DialogForm
      workspace={workspace}
      title={texts.dialogs.assign}
      hint={others?.length === 0 ? texts.dialogs.nobodyElse : texts.dialogs.assignHint}
      action={texts.commands.assign}
      onSubmit={(form) => {
        const agentId = fieldText(form, 'agent');
        if (agentId !== '') void ticket.act('assign', { agentId });
      }}
    >
      {others === undefined ? (
        <p role="status">{colleagues.failed.value ? texts.offline : texts.loading}</p>
      ) : (
        others.length > 0 && (
          <Choices
            title={texts.dialogs.to}
            name="agent"
            choices={others.map(({ id, name }) => ({ value: id, label: name }))}
          />
        )
      )}
    </DialogForm>
  );
}
