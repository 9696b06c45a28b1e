/** Asks whose ticket it shall be. */
import { COMMANDS } from '../commands/commands.ts';
import { dialogTexts } from '../texts/dialog-texts.ts';
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
      title={dialogTexts.assign}
      hint={dialogTexts.assignHint}
      nothing={dialogTexts.noOtherAgents}
      label={dialogTexts.to}
      action={COMMANDS.assign.label}
      onPick={(agentId) => void ticket.act('assign', { agentId })}
    />
  );
}
