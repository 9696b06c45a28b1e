/** Actions that the visitor notices at once ask first. */
import { texts } from '../texts.ts';
import type { Workspace } from '../workspace.ts';
import { DialogForm } from './dialog-form.tsx';

export function SpamDialog({ workspace }: { workspace: Workspace }) {
  return (
    <DialogForm
      workspace={workspace}
      title={texts.dialogs.spam}
      hint={texts.dialogs.spamHint}
      action={texts.commands['mark-spam']}
      onSubmit={() => void workspace.ticket.act('mark-spam', {})}
    />
  );
}

export function HandBackDialog({ workspace }: { workspace: Workspace }) {
  return (
    <DialogForm
      workspace={workspace}
      title={texts.dialogs.handBack}
      hint={texts.dialogs.handBackHint}
      action={texts.commands['hand-back']}
      onSubmit={() => void workspace.ticket.act('hand-back', {})}
    />
  );
}
