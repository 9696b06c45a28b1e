/** Asks whose ticket it shall be. */
import { COMMANDS } from '../commands/commands.ts';
import { texts } from '../texts.ts';
import type { Workspace } from '../workspace.ts';
import { PickDialog } from './pick-dialog.tsx';

export function AssignDialog({ workspace }: { workspace: Workspace }) {
  const { colleagues, ticket } = workspace;
  const owner = ticket.current.value?.detail?.ticket.assignee?.id;
  return (
    <PickDialog
      workspace={workspace}
      resource={colleagues}
      choicesOf={({ agents }) =>
        agents.filter(({ id }) => id !== owner).map(({ id, name }) => ({ value: id, label: name }))
      }
      title={texts.dialogs.assign}
      hint={texts.dialogs.assignHint}
      nothing={texts.dialogs.nobodyElse}
      label={texts.dialogs.to}
      action={COMMANDS.assign.label}
      onPick={(agentId) => void ticket.act('assign', { agentId })}
    />
  );
}
