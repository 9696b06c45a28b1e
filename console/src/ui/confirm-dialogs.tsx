/** Confirmations of actions that the visitor notices at once. */
import { COMMANDS } from '../commands/commands.ts';
import { dialogTexts } from '../texts/dialog-texts.ts';
import type { Workspace } from '../workspace.ts';
import { DialogForm } from './dialog-form.tsx';

export function SpamDialog({ workspace }: { workspace: Workspace }) {
  return (
    <DialogForm
      workspace={workspace}
      title={dialogTexts.spam}
      hint={dialogTexts.spamHint}
      action={COMMANDS['mark-spam'].label}
      onSubmit={() => void workspace.ticket.act('mark-spam', {})}
    />
  );
}

export function HandBackDialog({ workspace }: { workspace: Workspace }) {
  return (
    <DialogForm
      workspace={workspace}
      title={dialogTexts.handBack}
      hint={dialogTexts.handBackHint}
      action={COMMANDS['hand-back'].label}
      onSubmit={() => void workspace.ticket.act('hand-back', {})}
    />
  );
}
