/** The parts of a command: its group, label, key, availability and effect. */
import type { TicketDetail } from '@firstword/shared/console-wire';
import type { ListController } from '../list-controller.ts';
import type { Router } from '../router.ts';
import type { TicketController } from '../ticket-controller.ts';

export type CommandGroup = 'list' | 'reply' | 'ticket' | 'page';

export type DialogName =
  | 'dead-letters'
  | 'kill-switch'
  | 'assign'
  | 'case'
  | 'compare'
  | 'replay'
  | 'reject'
  | 'resolve'
  | 'snooze'
  | 'note'
  | 'tag'
  | 'rerun'
  | 'merge'
  | 'mark-spam'
  | 'hand-back'
  | 'visitor-data'
  | 'shortcuts'
  | 'palette'
  | 'search'
  | 'assign-selected'
  | 'snooze-selected'
  | 'resolve-selected';

export interface Situation {
  /** The open ticket, if any. */
  readonly detail: TicketDetail | undefined;
  readonly agentId: string;
  /** The agent's role on the ticket's site only reads. */
  readonly readOnly?: boolean;
}

/** A situation with an open ticket. */
export interface TicketSituation {
  readonly detail: TicketDetail;
  readonly agentId: string;
}

/** The parts of the workspace that commands act on. */
export interface CommandTarget {
  readonly list: Pick<ListController, 'show'>;
  readonly ticket: Pick<TicketController, 'act'>;
  readonly router: Pick<Router, 'show'>;
  /** In the list of the page; `0` focuses the list or its search field. */
  moveCursor(step: 1 | -1 | 0): void;
  openDialog(name: DialogName): void;
  focusComposer(): void;
  writeOwnReply(): void;
  sendReply(): void;
  /** Saves a case for evaluations of the newest reply that was rejected or edited. */
  saveCase(): void;
  signOut(): void;
}

export interface Command {
  readonly group: CommandGroup;
  readonly label: string;
  readonly key?: string;
  /** A more exact label for the open ticket. */
  readonly labelFor?: (situation: TicketSituation) => string | undefined;
  /** For commands on a ticket or its reply; absent: whenever a ticket is open. The server checks again. */
  readonly isAvailable?: (situation: TicketSituation) => boolean;
  readonly run: (target: CommandTarget) => void;
}
