/** What is asked before an action for the selected tickets. The bar above the list then says what was done. */
import { useState } from 'preact/hooks';
import { COMMANDS } from '../commands/commands.ts';
import { snoozeTimes } from '../snooze-times.ts';
import { dialogTexts } from '../texts/dialog-texts.ts';
import { ticketTexts } from '../texts/ticket-texts.ts';
import type { Workspace } from '../workspace.ts';
import { agentChoices } from './agent-choices.ts';
import { Choices, choicesOf, chosen } from './choices.tsx';
import { DialogForm } from './dialog-form.tsx';
import { PickDialog } from './pick-dialog.tsx';
import { SnoozeChoices, snoozeChoice } from './snooze-dialog.tsx';

export function AssignSelectedDialog({ workspace }: { workspace: Workspace }) {
  const { list, selection } = workspace;
  const chosenTickets = list.ticketRows.value.rows?.filter(({ id }) => selection.selected.value?.has(id)) ?? [];
  const sites = [...new Set(chosenTickets.map(({ siteId }) => siteId))];
  return (
    <PickDialog
      workspace={workspace}
      resource={workspace.agents}
      choicesOf={({ agents }) =>
        agentChoices(
          agents.filter((agent) => sites.every((site) => agent.sites.includes(site))),
          workspace.statuses,
        )
      }
      title={dialogTexts.assignSelected(countOf(workspace))}
      hint={dialogTexts.assignSelectedHint}
      emptyHint={dialogTexts.noOtherAgents}
      label={dialogTexts.to}
      action={COMMANDS.assign.label}
      onPick={(agentId) => act(workspace, () => workspace.selection.act('assign', { agentId }))}
    />
  );
}

export function SnoozeSelectedDialog({ workspace }: { workspace: Workspace }) {
  const [now] = useState(() => Date.now());
  const times = snoozeTimes(now);
  return (
    <DialogForm
      workspace={workspace}
      title={dialogTexts.snoozeSelected(countOf(workspace))}
      hint={dialogTexts.snoozeHint}
      action={COMMANDS.snooze.label}
      onSubmit={(form) => act(workspace, () => workspace.selection.act('snooze', snoozeChoice(form, times)))}
    >
      <SnoozeChoices times={times} now={now} />
    </DialogForm>
  );
}

export function ResolveSelectedDialog({ workspace }: { workspace: Workspace }) {
  return (
    <DialogForm
      workspace={workspace}
      title={dialogTexts.resolveSelected(countOf(workspace))}
      action={COMMANDS.resolve.label}
      onSubmit={(form) => {
        const code = chosen(form, 'code', ticketTexts.resolutions);
        if (code !== undefined) act(workspace, () => workspace.selection.act('resolve', { code }));
      }}
    >
      <Choices title={dialogTexts.reason} name="code" choices={choicesOf(ticketTexts.resolutions)} />
    </DialogForm>
  );
}

const countOf = ({ selection }: Workspace) => selection.selected.value?.size ?? 0;

function act({ dialog }: Workspace, send: () => Promise<void>): void {
  dialog.value = undefined;
  void send();
}
