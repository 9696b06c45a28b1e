/** A button for a command, with its shortcut in the tooltip. Not rendered while the command isn't available. */
import { type CommandId, commandOf, isAvailable, labelOf } from '../commands/commands.ts';
import { keyLabel, keyShortcut } from '../commands/shortcuts.ts';
import type { Workspace } from '../workspace.ts';
import { isMac } from './platform.ts';

export interface CommandButtonProps {
  readonly workspace: Workspace;
  readonly id: CommandId;
  readonly kind?: 'quiet' | 'plain';
}

export function CommandButton({ workspace, id, kind = 'quiet' }: CommandButtonProps) {
  const situation = workspace.situation.value;
  if (!isAvailable(id, situation)) return null;
  const key = commandOf(id).key;
  return (
    <button
      type="button"
      class={`button button--${kind}`}
      disabled={workspace.ticket.busy.value !== undefined}
      onClick={() => workspace.run(id)}
      {...(key === undefined ? {} : { 'data-tip': keyLabel(key, isMac), 'aria-keyshortcuts': keyShortcut(key) })}
    >
      {labelOf(id, situation)}
    </button>
  );
}
