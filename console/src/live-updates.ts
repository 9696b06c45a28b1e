/** Applies what the console's socket reports to the parts of the workspace. */

import type { Signal } from '@preact/signals';
import type { AgentStatuses } from './agent-statuses.ts';
import type { AlertWatch } from './alert-watch.ts';
import type { ConversationsController } from './conversations-controller.ts';
import type { DeadLetters } from './dead-letters.ts';
import type { ListController } from './list-controller.ts';
import type { LiveListeners } from './live.ts';
import type { ModelWatch } from './model-watch.ts';
import type { Notifications } from './notifications/notifications.ts';
import type { OtherAgents } from './other-agents.ts';
import type { Router } from './router.ts';
import { ticketTexts } from './texts/ticket-texts.ts';
import type { TicketController } from './ticket-controller.ts';

export interface LiveUpdatesParts {
  readonly router: Router;
  readonly list: ListController;
  readonly ticket: TicketController;
  readonly conversations: ConversationsController;
  readonly deadLetters: DeadLetters;
  readonly models: ModelWatch;
  readonly alerts: AlertWatch;
  readonly notifications: Notifications;
  readonly others: OtherAgents;
  readonly statuses: AgentStatuses;
  readonly connection: Signal<'connecting' | 'live' | 'lost'>;
  readonly announcement: Signal<string>;
  readonly checkAccess: () => void;
  readonly onSignedOut: () => void;
}

export function createLiveUpdates(parts: LiveUpdatesParts): LiveListeners {
  const { router, list, ticket, conversations, deadLetters, models, alerts, notifications, others } = parts;
  const { connection, announcement } = parts;
  const isOpen = (ticketId: string) => router.ticketId.value === ticketId;
  const fetchShown = () => {
    list.refresh();
    deadLetters.ticketChanged(undefined);
    models.refresh();
    alerts.refresh();
    void ticket.reload();
    const { id } = router.conversation.value;
    if (router.page.value === 'conversations') conversations.changed(id === undefined ? [] : [id]);
  };
  return {
    ticketChange: ({ ticket: changed }) => {
      list.change(changed);
      list.refresh();
      deadLetters.ticketChanged(changed);
      if (isOpen(changed.id)) void ticket.reload();
    },
    ticketDetail: ({ ticketId }) => {
      if (isOpen(ticketId)) void ticket.reload();
    },
    conversationErased: ({ conversationId }) => {
      ticket.erased(conversationId);
      conversations.erased(conversationId);
      list.refresh();
    },
    conversationsChange: ({ conversationIds }) => conversations.changed(conversationIds),
    notification: (notification) => void notifications.notify(notification),
    missed: fetchShown,
    presence: others.view,
    agentStatuses: parts.statuses.follow,
    message: ({ ticketId, message }) => {
      if (!isOpen(ticketId)) return;
      ticket.addMessage(message);
      if (message.from === 'visitor') announcement.value = `${ticketTexts.speakers.visitor}: ${message.text}`;
    },
    conversationMessage: ({ conversationId, message }) => {
      if (!conversations.reader.add(conversationId, message)) return;
      if (message.from === 'visitor') announcement.value = `${ticketTexts.speakers.visitor}: ${message.text}`;
    },
    answerText: (answer) => {
      ticket.showAnswer(answer);
      conversations.reader.showAnswer(answer);
    },
    answerEnd: ({ turnId, seq }) => {
      if (seq !== undefined) return; // it stays until its message has come
      if (ticket.current.value?.answer?.turnId === turnId) ticket.showAnswer(undefined);
      if (conversations.reader.current.value?.answer?.turnId === turnId) conversations.reader.showAnswer(undefined);
    },
    typing: ({ ticketId, on }) => {
      if (isOpen(ticketId)) ticket.visitorTyping(on);
    },
    agentTyping: others.type,
    read: ({ ticketId, seq, at }) => {
      if (isOpen(ticketId)) ticket.visitorRead(seq, at);
    },
    connected: () => {
      connection.value = 'live';
      parts.checkAccess();
      void notifications.load();
      // If it is still running, its whole text is sent again.
      ticket.showAnswer(undefined);
      conversations.reader.showAnswer(undefined);
      fetchShown(); // also on the first connect: tickets may have changed since the first request
    },
    lost: () => {
      others.stopTyping();
      connection.value = 'lost';
    },
    signedOut: parts.onSignedOut,
  };
}
