/** The state of the workspace: ticket list, open ticket, conversations, live updates and commands. */
import { may, mayEverywhere, maySomewhere } from '@firstword/shared/permissions';
import type { SessionView } from '@firstword/shared/sign-in';
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { type AgentPictures, createAgentPictures } from './agent-pictures.ts';
import { type AgentStatuses, createAgentStatuses } from './agent-statuses.ts';
import { type AlertWatch, createAlertWatch } from './alert-watch.ts';
import type { Api } from './api.ts';
import { basePath } from './base-path.ts';
import type { DialogName, Situation } from './commands/command.ts';
import { createCommandTarget, type Pane } from './commands/command-target.ts';
import { COMMANDS, type CommandId, hasList, isAvailable } from './commands/commands.ts';
import { type ConversationsController, createConversations } from './conversations-controller.ts';
import { createDeadLetters, type DeadLetters } from './dead-letters.ts';
import { createListController, type ListController } from './list-controller.ts';
import type { Live, LiveListeners } from './live.ts';
import { createLiveUpdates } from './live-updates.ts';
import { createMessageTranslations, type MessageTranslations } from './message-translations.ts';
import { createModelWatch, type ModelWatch } from './model-watch.ts';
import { createNotifications, type Notifications } from './notifications/notifications.ts';
import { createPush, type Push } from './notifications/push.ts';
import { createPushWorker } from './notifications/push-worker.ts';
import { createOtherAgents, type OtherAgents } from './other-agents.ts';
import { createReadNotice } from './read-notice.ts';
import type { Router } from './router.ts';
import type { Drafts } from './synced-drafts.ts';
import { replyTexts } from './texts/reply-texts.ts';
import { signInTexts } from './texts/sign-in-texts.ts';
import { ticketTexts } from './texts/ticket-texts.ts';
import { language } from './texts/translated.ts';
import { createTicketController, type TicketController } from './ticket-controller.ts';
import { createTicketSelection, type TicketSelection } from './ticket-selection.ts';
import { createTypingNotice } from './typing-notice.ts';
import { createVisitorRequests, type VisitorRequests } from './visitor-requests.ts';
import { watchOpenConversation } from './watch-open-conversation.ts';
import { createWorkspacePages, type WorkspacePages } from './workspace-pages.ts';
import { createWritingAssist, type WritingAssist } from './writing-assist.ts';

export interface Workspace extends WorkspacePages {
  readonly session: SessionView;
  readonly router: Router;
  readonly list: ListController;
  readonly selection: TicketSelection;
  readonly ticket: TicketController;
  readonly conversations: ConversationsController;
  readonly assist: WritingAssist;
  readonly translations: MessageTranslations;
  readonly deadLetters: DeadLetters;
  readonly visitorRequests: VisitorRequests;
  readonly notifications: Notifications;
  readonly push: Push;
  readonly models: ModelWatch;
  readonly alerts: AlertWatch;
  readonly connection: ReadonlySignal<'connecting' | 'live' | 'lost'>;
  readonly statuses: AgentStatuses;
  readonly pictures: AgentPictures;
  readonly viewers: OtherAgents['viewers'];
  readonly writing: OtherAgents['writing'];
  readonly situation: ReadonlySignal<Situation>;
  readonly dialog: Signal<DialogName | undefined>;
  /** The visible pane on narrow screens. */
  readonly pane: Signal<Pane>;
  /** The latest screen reader announcement. */
  readonly announcement: ReadonlySignal<string>;
  /** Counts requests to focus the composer. */
  readonly composerFocusRequests: ReadonlySignal<number>;
  run(id: CommandId): void;
  /** Sends the reply. An unedited proposal is delayed, so that it can be undone; other text is sent at once. */
  send(): void;
  write(text: string): void;
  close(): void;
}

export interface WorkspaceParts {
  readonly api: Api;
  readonly drafts: Drafts;
  readonly router: Router;
  readonly session: SessionView;
  readonly connect: (listeners: LiveListeners) => Live;
  readonly onSignedOut: (hint: string | undefined) => void;
  /** The agent's roles may have changed since the session was read, or while the page was disconnected. */
  readonly checkAccess: () => void;
  /** Pause in typing after which the typing indicator ends. */
  readonly typingMs?: number;
}

export function createWorkspace(parts: WorkspaceParts): Workspace {
  const { api, router, session, onSignedOut, typingMs = 3000 } = parts;
  const agentId = session.agent.id;
  const connection = signal<'connecting' | 'live' | 'lost'>('connecting');
  const others = createOtherAgents(agentId, router.ticketId);
  const statuses = createAgentStatuses(api.team, agentId);
  const pictures = createAgentPictures(api.team, agentId);
  const dialog = signal<DialogName | undefined>(undefined);
  const pane = signal<Pane>('conversation');
  const announcement = signal('');
  const composerFocusRequests = signal(0);

  const list = createListController(api, agentId);
  const selection = createTicketSelection(api.inbox, () => {
    void list.setFilter(list.filter.value);
    void ticket.reload();
  });
  const conversations = createConversations({ api, router });
  const pages = createWorkspacePages(api, session);
  const deadLetters = createDeadLetters(api, mayEverywhere(session.agent, 'installation:manage'));
  const models = createModelWatch(api);
  const alerts = createAlertWatch(api);
  const notifications = createNotifications({
    api: api.team,
    agentId,
    openTicket: router.go,
    shownTicket: () => (router.page.value === 'tickets' ? router.ticketId.value : undefined),
  });
  const push = createPush({
    api: api.push,
    worker: createPushWorker(`${basePath}/console/`),
    language,
    askPermission: notifications.desktop.ask,
    openTicket: router.go,
  });
  const ticket = createTicketController({
    api,
    drafts: parts.drafts,
    agent: session.agent,
    macroOf: async (id) => (await pages.cannedReplies.find(id))?.macro,
    onDone(action, changed) {
      announcement.value = ticketTexts.done[action];
      dialog.value = undefined;
      list.change(changed);
      list.settle(router.ticketId.value);
      list.refresh();
    },
  });

  const assist = createWritingAssist(api.writing, ticket);
  const translations = createMessageTranslations(api.writing, ticket);

  const live = parts.connect(
    createLiveUpdates({
      ...{ router, list, ticket, conversations, deadLetters, models, alerts, notifications, others, statuses },
      ...{ connection, announcement, checkAccess: parts.checkAccess },
      onSignedOut: () => onSignedOut(signInTexts.signedOut),
    }),
  );

  const tellVisible = () => live.visible(document.visibilityState === 'visible');
  document.addEventListener('visibilitychange', tellVisible);
  tellVisible();
  if (maySomewhere(session.agent, 'tickets:write')) void push.renew();

  const stopReading = createReadNotice(live, ticket.current, agentId);
  const typingNotice = createTypingNotice(live, typingMs);

  const stopFollowing = router.ticketId.subscribe((ticketId) => {
    typingNotice.stop();
    assist.leave();
    translations.leave();
    others.stopTyping();
    live.watch(ticketId);
    pane.value = 'conversation';
    dialog.value = undefined;
    void ticket.open(ticketId);
  });
  const stopWatching = router.page.subscribe((page) => live.watchConversations(page === 'conversations'));
  const stopReadingLive = watchOpenConversation(live, router.page, conversations.reader.current);
  const stopAnnouncing = list.announcement.subscribe((text) => {
    if (text !== '') announcement.value = text;
  });
  if (maySomewhere(session.agent, 'tickets:read')) void list.show('review');
  else if (router.page.value === 'tickets') router.show('cost');

  const commandTarget = createCommandTarget({
    ...{ list, ticket, router, conversations, assist, typingNotice, agentId },
    ...{ dialog, pane, composerFocusRequests },
    signOut: () => void Promise.all([api.signOut(), push.end()]).then(() => onSignedOut(undefined)),
  });
  const situation = computed(() => {
    const detail = ticket.current.value?.detail;
    return {
      detail,
      agentId,
      readOnly: detail !== undefined && !may(session.agent, 'tickets:write', detail.ticket.siteId),
    };
  });

  return {
    ...pages,
    session,
    router,
    list,
    selection,
    ticket,
    conversations,
    assist,
    translations,
    deadLetters,
    visitorRequests: createVisitorRequests(api, () => void conversations.reader.refresh()),
    notifications,
    push,
    models,
    alerts,
    connection,
    statuses,
    pictures,
    viewers: others.viewers,
    writing: others.writing,
    situation,
    dialog,
    pane,
    announcement,
    composerFocusRequests,
    run(id) {
      // List commands switch to the page with the list.
      if (COMMANDS[id].group === 'list' && !hasList(id, router.page.value)) router.go(undefined);
      if (isAvailable(id, situation.value)) COMMANDS[id].run(commandTarget);
      else if (situation.value.readOnly) announcement.value = replyTexts.readOnly;
      else if (situation.value.detail !== undefined) announcement.value = ticketTexts.notAvailable;
    },
    send() {
      if (assist.text.value !== undefined) return;
      typingNotice.stop();
      if (isAvailable('send', situation.value)) ticket.send(ticket.plan.value?.send === 'approve' ? 'delay' : 'now');
    },
    write(text) {
      ticket.write(text);
      const ticketId = ticket.current.value?.ticketId;
      if (ticketId !== undefined) typingNotice.typed(ticketId);
    },
    close() {
      ticket.close();
      conversations.close();
      stopFollowing();
      stopWatching();
      stopReadingLive();
      stopAnnouncing();
      typingNotice.stop();
      stopReading();
      deadLetters.close();
      pages.knowledge.close();
      models.close();
      alerts.close();
      document.removeEventListener('visibilitychange', tellVisible);
      notifications.close();
      push.close();
      live.close();
    },
  };
}
