/** Asks which agent to assign the ticket to. */
import { COMMANDS } from '../commands/commands.ts';
import { dialogTexts } from '../texts/dialog-texts.ts';
import type { Workspace } from '../workspace.ts';
import { agentChoices } from './agent-choices.ts';
import { PickDialog } from './pick-dialog.tsx';

export function AssignDialog({ workspace }: { workspace: Workspace }) {
  const { agents, statuses, ticket } = workspace;
  const { siteId = '', assignee } = ticket.current.value?.detail?.ticket ?? {};
  return (
    <PickDialog
      workspace={workspace}
      resource={agents}
      choicesOf={(list) =>
        agentChoices(
          list.agents.filter(({ id, sites }) => id !== assignee?.id && sites.includes(siteId)),
          statuses,
        )
      }
      title={dialogTexts.assign}
      hint={dialogTexts.assignHint}
      emptyHint={dialogTexts.noOtherAgents}
      label={dialogTexts.to}
      action={COMMANDS.assign.label}
      onPick={(agentId) => void ticket.act('assign', { agentId })}
    />
  );
}
