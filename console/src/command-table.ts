/** The ids, keys and groups of all commands. */

export const COMMANDS = {
  next: { key: 'j', group: 'list' },
  previous: { key: 'k', group: 'list' },
  'focus-list': { key: '/', group: 'list' },
  'view-review': { key: '1', group: 'list' },
  'view-mine': { key: '2', group: 'list' },
  'view-open': { key: '3', group: 'list' },
  'view-done': { key: '4', group: 'list' },
  send: { key: 'a', group: 'reply' },
  edit: { key: 'e', group: 'reply' },
  'take-over': { key: 't', group: 'reply' },
  reject: { key: 'r', group: 'reply' },
  claim: { key: 'c', group: 'ticket' },
  assign: { key: 'i', group: 'ticket' },
  rerun: { key: 'g', group: 'ticket' },
  compare: { key: 'v', group: 'ticket' },
  note: { key: 'n', group: 'ticket' },
  snooze: { key: 's', group: 'ticket' },
  'hand-back': { key: 'u', group: 'ticket' },
  resolve: { key: 'x', group: 'ticket' },
  reopen: { key: 'o', group: 'ticket' },
  merge: { key: 'm', group: 'ticket' },
  'mark-spam': { key: '!', group: 'ticket' },
  restore: { key: 'z', group: 'ticket' },
  numbers: { key: '5', group: 'page' },
  costs: { key: '6', group: 'page' },
  keys: { key: '?', group: 'page' },
  palette: { key: 'mod+k', group: 'page' },
  'sign-out': { group: 'page' },
} as const satisfies Record<string, { key?: string; group: 'list' | 'reply' | 'ticket' | 'page' }>;
export type CommandId = keyof typeof COMMANDS;
export type CommandGroup = (typeof COMMANDS)[CommandId]['group'];

export function keyOf(id: CommandId): string | undefined {
  const command: { key?: string; group: string } = COMMANDS[id];
  return command.key;
}
