/** What commands act on: the workspace's parts, and the steps that several of them share. */
import { batch, type Signal } from '@preact/signals';
import type { ConversationsController } from '../conversations-controller.ts';
import type { ListController } from '../list-controller.ts';
import type { Router } from '../router.ts';
import type { TicketController } from '../ticket-controller.ts';
import type { TypingNotice } from '../typing-notice.ts';
import type { WritingAssist } from '../writing-assist.ts';
import type { CommandTarget, DialogName } from './command.ts';
import { isAvailable } from './commands.ts';

export type Pane = 'conversation' | 'analysis';

export interface CommandTargetParts {
  readonly list: ListController;
  readonly ticket: TicketController;
  readonly router: Router;
  readonly conversations: Pick<ConversationsController, 'moveCursor'>;
  readonly assist: Pick<WritingAssist, 'text'>;
  readonly typingNotice: Pick<TypingNotice, 'stop'>;
  readonly agentId: string;
  readonly dialog: Signal<DialogName | undefined>;
  readonly pane: Signal<Pane>;
  readonly composerFocusRequests: Signal<number>;
  readonly signOut: () => void;
}

export function createCommandTarget(parts: CommandTargetParts): CommandTarget {
  const { list, ticket, router, conversations, agentId } = parts;
  const target: CommandTarget = {
    list,
    ticket,
    router,
    moveCursor(step) {
      if (router.page.value === 'conversations') conversations.moveCursor(step);
      else list.moveCursor(step, router.ticketId.value);
    },
    openDialog(name) {
      parts.dialog.value = name;
    },
    focusComposer() {
      batch(() => {
        parts.pane.value = 'conversation';
        parts.composerFocusRequests.value += 1;
      });
    },
    writeOwnReply() {
      const detail = ticket.current.value?.detail;
      if (detail === undefined) return;
      ticket.writeOwn();
      target.focusComposer();
      if (isAvailable('claim', { detail, agentId })) void ticket.act('claim', {});
    },
    sendReply() {
      if (parts.assist.text.value !== undefined) return;
      parts.typingNotice.stop();
      ticket.send('delay');
    },
    saveCase: () => void ticket.saveCase(),
    signOut: parts.signOut,
  };
  return target;
}
