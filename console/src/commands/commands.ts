/** All commands of the workspace, in one table for buttons, shortcuts and the command palette. */
import { keysOf } from '@firstword/shared/keys-of';
import type { TicketAction, TicketState } from '@firstword/shared/ticket';
import { isAllowed, REVIEW_STATES } from '@firstword/shared/ticket-transitions';
import type { TicketView } from '@firstword/shared/ticket-views';
import { type LoadedPage, pageOf } from '../pages.ts';
import { pendingProposal, reviewedRun } from '../reply-plan.ts';
import type { PageName } from '../router.ts';
import { commandTexts as texts } from '../texts/command-texts.ts';
import { conversationTexts } from '../texts/conversation-texts.ts';
import { isDone } from '../ticket-rows.ts';
import type { Command, CommandTarget, DialogName, Situation, TicketSituation } from './command.ts';

const isOpen = ({ detail }: TicketSituation) => !isDone(detail.ticket);
/** By the transition table that the server applies, too. */
const allows =
  (action: TicketAction) =>
  ({ detail }: TicketSituation) =>
    isAllowed(action, detail.ticket.state, 'agent');
const inState =
  (...states: TicketState[]) =>
  ({ detail }: TicketSituation) =>
    states.includes(detail.ticket.state);
const isMine = ({ detail, agentId }: TicketSituation) => detail.ticket.assignee?.id === agentId;

const show = (view: TicketView) => (target: CommandTarget) => void target.list.show(view);
const moveCursor = (step: 1 | -1 | 0) => (target: CommandTarget) => target.moveCursor(step);
const dialog = (name: DialogName) => (target: CommandTarget) => target.openDialog(name);
const act = (action: 'claim' | 'reopen' | 'restore') => (target: CommandTarget) => void target.ticket.act(action, {});

function goTo(page: LoadedPage): Command {
  const { key, title } = pageOf(page);
  return {
    ...(key === undefined ? {} : { key }),
    group: 'page',
    label: texts.goTo(title),
    run: (target) => target.router.show(page),
  };
}

export const COMMANDS = {
  next: { key: 'j', group: 'list', label: texts.next, run: moveCursor(1) },
  previous: { key: 'k', group: 'list', label: texts.previous, run: moveCursor(-1) },
  'focus-list': { key: 'f', group: 'list', label: texts.focusList, run: moveCursor(0) },
  'view-review': { key: '1', group: 'list', label: texts.viewReview, run: show('review') },
  'view-mine': { key: '2', group: 'list', label: texts.viewMine, run: show('mine') },
  'view-open': { key: '3', group: 'list', label: texts.viewOpen, run: show('open') },
  'view-done': { key: '4', group: 'list', label: texts.viewDone, run: show('done') },

  send: {
    key: 'a',
    group: 'reply',
    label: texts.send,
    isAvailable: allows('reply'),
    run: (target) => target.sendReply(),
  },
  edit: {
    key: 'e',
    group: 'reply',
    label: texts.edit,
    isAvailable: allows('reply'),
    run: (target) => target.focusComposer(),
  },
  'write-own-reply': {
    key: 't',
    group: 'reply',
    label: texts.writeOwnReply,
    isAvailable: allows('reply'),
    run: (target) => target.writeOwnReply(),
  },
  reject: {
    key: 'r',
    group: 'reply',
    label: texts.reject,
    isAvailable: ({ detail }) => pendingProposal(detail) !== undefined,
    run: dialog('reject'),
  },
  'save-case': {
    key: 'l',
    group: 'reply',
    label: texts.saveCase,
    isAvailable: ({ detail }) => reviewedRun(detail) !== undefined,
    run: (target) => target.saveCase(),
  },

  claim: {
    key: 'c',
    group: 'ticket',
    label: texts.claim,
    labelFor: claimLabel,
    isAvailable: (situation) => allows('claim')(situation) && !(isMine(situation) && inState('in-progress')(situation)),
    run: act('claim'),
  },
  assign: { key: 'i', group: 'ticket', label: texts.assign, isAvailable: allows('assign'), run: dialog('assign') },
  rerun: { key: 'g', group: 'ticket', label: texts.rerun, isAvailable: isOpen, run: dialog('rerun') },
  compare: {
    key: 'v',
    group: 'ticket',
    label: texts.compare,
    isAvailable: ({ detail }) => detail.runs.length > 1,
    run: dialog('compare'),
  },
  tag: { key: '#', group: 'ticket', label: texts.tag, run: dialog('tag') },
  note: { key: 'n', group: 'ticket', label: texts.note, run: dialog('note') },
  snooze: {
    key: 's',
    group: 'ticket',
    label: texts.snooze,
    isAvailable: allows('snooze'),
    run: dialog('snooze'),
  },
  'hand-back': {
    key: 'u',
    group: 'ticket',
    label: texts.handBack,
    isAvailable: allows('hand-back'),
    run: dialog('hand-back'),
  },
  resolve: {
    key: 'x',
    group: 'ticket',
    label: texts.resolve,
    isAvailable: allows('resolve'),
    run: dialog('resolve'),
  },
  reopen: { key: 'o', group: 'ticket', label: texts.reopen, isAvailable: allows('reopen'), run: act('reopen') },
  merge: { key: 'm', group: 'ticket', label: texts.merge, isAvailable: allows('merge'), run: dialog('merge') },
  'mark-spam': {
    key: '!',
    group: 'ticket',
    label: texts.markSpam,
    isAvailable: allows('mark-spam'),
    run: dialog('mark-spam'),
  },
  restore: {
    key: 'z',
    group: 'ticket',
    label: texts.restore,
    labelFor: ({ detail }) => (detail.ticket.state === 'merged' ? texts.undoMerge : undefined),
    isAvailable: allows('restore'),
    run: act('restore'),
  },

  conversations: {
    key: '7',
    group: 'page',
    label: texts.goTo(conversationTexts.title),
    run: (target) => target.router.show('conversations'),
  },
  'response-time': goTo('response-time'),
  cost: goTo('cost'),
  quality: goTo('quality'),
  knowledge: goTo('knowledge'),
  team: goTo('team'),
  'api-tokens': goTo('api-tokens'),
  account: goTo('account'),
  webhooks: goTo('webhooks'),
  'canned-replies': goTo('canned-replies'),
  'set-up': goTo('set-up'),
  sites: goTo('sites'),
  models: goTo('models'),
  audit: goTo('audit'),
  shortcuts: { key: '?', group: 'page', label: texts.shortcuts, run: dialog('shortcuts') },
  search: { key: '/', group: 'page', label: texts.search, run: dialog('search') },
  palette: { key: 'mod+k', group: 'page', label: texts.palette, run: dialog('palette') },
  'sign-out': { group: 'page', label: texts.signOut, run: (target) => target.signOut() },
} as const satisfies Record<string, Command>;
export type CommandId = keyof typeof COMMANDS;
export const COMMAND_IDS = keysOf(COMMANDS);

export function commandOf(id: CommandId): Command {
  return COMMANDS[id];
}

/** Whether the command is available now. This only hides buttons that can't work; the server decides. */
export function isAvailable(id: CommandId, { detail, agentId, readOnly = false }: Situation): boolean {
  const { group, isAvailable: check } = commandOf(id);
  if (group === 'list' || group === 'page') return true;
  return !readOnly && detail !== undefined && (check === undefined || check({ detail, agentId }));
}

/** The label for the open ticket. */
export function labelOf(id: CommandId, { detail, agentId }: Situation): string {
  const { label, labelFor } = commandOf(id);
  return (detail && labelFor?.({ detail, agentId })) ?? label;
}

function claimLabel(situation: TicketSituation): string | undefined {
  const { assignee, state } = situation.detail.ticket;
  if (assignee === undefined || REVIEW_STATES.includes(state)) return undefined;
  return isMine(situation) ? texts.resume : texts.takeOver(assignee.name);
}

const MOVES: readonly CommandId[] = ['next', 'previous', 'focus-list'];

/** Whether the command works in the list of this page. The views are those of tickets; the other list commands work in every list. */
export function hasList(id: CommandId, page: PageName): boolean {
  return page === 'tickets' || (page === 'conversations' && MOVES.includes(id));
}
