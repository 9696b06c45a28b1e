/** Maps keys to commands. Pure. Shortcuts are off while the agent types, and never override those of the browser. */
import { COMMAND_IDS, type CommandId, commandOf } from './commands.ts';

export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly isComposing: boolean;
}

/** Where the focus is. */
export interface KeyContext {
  readonly typing: boolean;
  readonly inDialog: boolean;
  readonly inList: boolean;
}

export function commandForKey(press: KeyPress, { typing, inDialog, inList }: KeyContext): CommandId | undefined {
  if (press.isComposing || inDialog || press.altKey) return undefined;
  const modified = press.ctrlKey || press.metaKey;
  if (modified) return press.key.toLowerCase() === 'k' ? 'palette' : undefined;
  if (typing) return undefined;
  // Outside the list, arrow keys scroll.
  if (inList && press.key === 'ArrowDown') return 'next';
  if (inList && press.key === 'ArrowUp') return 'previous';
  return COMMAND_IDS.find((id) => commandOf(id).key === press.key);
}

/** The key as printed on a keyboard. */
export function keyLabel(key: string, mac: boolean): string {
  return key.startsWith('mod+') ? `${mac ? '⌘' : 'Ctrl '}${key.slice(4).toUpperCase()}` : key.toUpperCase();
}

/** The key in the syntax of `aria-keyshortcuts`. */
export function keyShortcut(key: string): string {
  return key.startsWith('mod+') ? `Control+${key.slice(4)} Meta+${key.slice(4)}` : key;
}
