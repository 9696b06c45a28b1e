/** Asks which ticket of the same site to merge this one into. The server searches them. */
import type { Ticket } from '@firstword/shared/ticket';
import { COMMANDS } from '../commands/commands.ts';
import { mergeTargets } from '../merge-targets.ts';
import { dialogTexts } from '../texts/dialog-texts.ts';
import type { Workspace } from '../workspace.ts';
import { PickDialog } from './pick-dialog.tsx';

export function MergeDialog({ workspace }: { workspace: Workspace }) {
  const { openTickets, ticket } = workspace;
  const own = ticket.current.value?.detail?.ticket;
  return (
    <PickDialog
      workspace={workspace}
      resource={openTickets}
      queryFor={(typed) => ({
        ...(own === undefined ? {} : { site: own.siteId }),
        ...{ q: typed === '' ? undefined : typed },
      })}
      choicesOf={({ tickets }) => (own === undefined ? [] : mergeTargets(own, tickets).map(choiceOf))}
      title={dialogTexts.merge}
      hint={dialogTexts.mergeHint}
      emptyHint={dialogTexts.nothingToMerge}
      label={dialogTexts.mergeInto}
      action={COMMANDS.merge.label}
      onPick={(intoTicketId) => void ticket.act('merge', { intoTicketId })}
    />
  );
}

function choiceOf({ id, number, firstLine, email }: Ticket) {
  return { value: id, label: `#${number} ${firstLine}`, ...(email === undefined ? {} : { aside: email }) };
}
