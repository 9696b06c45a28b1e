/** The state of the workspace: ticket list, open ticket, reports, live updates and commands. */

import type { AuditEntry } from '@firstword/shared/audit';
import type { AgentList, SessionView, TagList, TicketList } from '@firstword/shared/console-wire';
import { may } from '@firstword/shared/permissions';
import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Api, AuditChoice } from './api.ts';
import { basePath } from './base-path.ts';
import { type CannedReplies, createCannedReplies } from './canned-replies.ts';
import type { CommandTarget, DialogName, Situation } from './commands/command.ts';
import { COMMANDS, type CommandId, hasList, isAvailable } from './commands/commands.ts';
import { type ConversationsController, createConversations } from './conversations-controller.ts';
import { createDeadLetters, type DeadLetters } from './dead-letters.ts';
import { createFeedWatch, type FeedWatch } from './feed-watch.ts';
import { createKnowledgeController, type KnowledgeController } from './knowledge-controller.ts';
import { createListController, type ListController } from './list-controller.ts';
import type { Live, LiveListeners } from './live.ts';
import { createMessageTranslations, type MessageTranslations } from './message-translations.ts';
import { createModelWatch, type ModelWatch } from './model-watch.ts';
import { createNotifications, type Notifications } from './notifications/notifications.ts';
import { createPagedList, type PagedList } from './paged-list.ts';
import { othersByTicket, type Presence } from './presence.ts';
import { createReportController, type ReportController } from './report-controller.ts';
import { createResource, type Resource } from './resource.ts';
import type { Router } from './router.ts';
import { createSavedViews, type SavedViews } from './saved-views.ts';
import { createSearchBox, type SearchBox } from './search-box.ts';
import { createSitesController, type SitesController } from './sites-controller.ts';
import type { Drafts } from './synced-drafts.ts';
import { createTeamController, type TeamController } from './team-controller.ts';
import { signInTexts } from './texts/sign-in-texts.ts';
import { ticketTexts } from './texts/ticket-texts.ts';
import { createTicketController, type TicketController } from './ticket-controller.ts';
import { createTicketSelection, type TicketSelection } from './ticket-selection.ts';
import { createTypingNotice } from './typing-notice.ts';
import { createVisitorRequests, type VisitorRequests } from './visitor-requests.ts';
import { createWebhooksController, type WebhooksController } from './webhooks-controller.ts';
import { createWritingAssist, type WritingAssist } from './writing-assist.ts';

export type Pane = 'conversation' | 'analysis';

export interface Workspace {
  readonly session: SessionView;
  readonly router: Router;
  readonly list: ListController;
  readonly selection: TicketSelection;
  readonly ticket: TicketController;
  readonly conversations: ConversationsController;
  readonly reports: ReportController;
  readonly knowledge: KnowledgeController;
  readonly team: TeamController;
  readonly webhooks: WebhooksController;
  readonly cannedReplies: CannedReplies;
  readonly assist: WritingAssist;
  readonly translations: MessageTranslations;
  readonly sites: SitesController;
  readonly audit: PagedList<AuditChoice, AuditEntry>;
  readonly deadLetters: DeadLetters;
  readonly visitorRequests: VisitorRequests;
  readonly notifications: Notifications;
  readonly savedViews: SavedViews;
  readonly searchBox: SearchBox;
  readonly models: ModelWatch;
  readonly feed: FeedWatch;
  /** Open tickets, for merging. */
  /** Tags in use, to suggest. */
  readonly tags: Resource<object, TagList>;
  readonly openTickets: Resource<MergeQuery, TicketList>;
  /** All agents, for assigning. */
  readonly agents: Resource<object, AgentList>;
  readonly connection: ReadonlySignal<'connecting' | 'live' | 'lost'>;
  /** Names of other agents viewing a ticket, by ticket id. */
  readonly viewers: ReadonlySignal<ReadonlyMap<string, readonly string[]>>;
  /** Names of other agents who are writing a reply to the open ticket. */
  readonly writing: ReadonlySignal<readonly string[]>;
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

/** Which open tickets a ticket can be merged into. */
export interface MergeQuery {
  readonly site?: string;
  readonly q?: string | undefined;
}

export interface WorkspaceParts {
  readonly api: Api;
  readonly drafts: Drafts;
  readonly router: Router;
  readonly session: SessionView;
  readonly connect: (listeners: LiveListeners) => Live;
  readonly onSignedOut: (hint: string | undefined) => void;
  /** Pause in typing after which the typing indicator ends. */
  readonly typingMs?: number;
}

export function createWorkspace(parts: WorkspaceParts): Workspace {
  const { api, router, session, onSignedOut, typingMs = 3000 } = parts;
  const agentId = session.agent.id;
  const connection = signal<'connecting' | 'live' | 'lost'>('connecting');
  const presence = signal<Presence>([]);
  /** Ids of agents who are typing on the open ticket. */
  const typingAgents = signal<readonly string[]>([]);
  const dialog = signal<DialogName | undefined>(undefined);
  const pane = signal<Pane>('conversation');
  const announcement = signal('');
  const composerFocusRequests = signal(0);

  const list = createListController(api, agentId);
  const selection = createTicketSelection(api, () => {
    void list.setFilter(list.filter.value);
    void ticket.reload();
  });
  const conversations = createConversations({ api, router });
  const reports = createReportController(api);
  const knowledge = createKnowledgeController(api.knowledge);
  const isAdmin = may(session.agent, 'installation:manage');
  const linkOf = (token: string) => `${location.origin}${basePath}/console/first-run#token=${token}`;
  const team = createTeamController(api.team, linkOf, session.secondFactor === 'on');
  const cannedReplies = createCannedReplies(api.cannedReplies);
  const deadLetters = createDeadLetters(api, isAdmin);
  const models = createModelWatch(api);
  const notifications = createNotifications({
    api: api.team,
    agentId,
    openTicket: router.go,
    shownTicket: () => (router.page.value === 'tickets' ? router.ticketId.value : undefined),
  });
  const ticket = createTicketController({
    api,
    drafts: parts.drafts,
    agent: session.agent,
    macroOf: async (id) => (await cannedReplies.find(id))?.macro,
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

  const fetchShown = () => {
    list.refresh();
    deadLetters.ticketChanged(undefined);
    models.refresh();
    void ticket.reload();
    const { id } = router.conversation.value;
    if (router.page.value === 'conversations') conversations.changed(id === undefined ? [] : [id]);
  };
  const isOpen = (ticketId: string) => router.ticketId.value === ticketId;
  const live = parts.connect({
    ticketChange: ({ ticket: changed }) => {
      list.change(changed);
      list.refresh();
      deadLetters.ticketChanged(changed);
      if (isOpen(changed.id)) void ticket.reload();
    },
    ticketDetail: ({ ticketId }) => {
      if (isOpen(ticketId)) void ticket.reload();
    },
    conversationsChange: ({ conversationIds }) => conversations.changed(conversationIds),
    notification: (notification) => void notifications.notify(notification),
    missed: fetchShown,
    presence: (viewers) => {
      presence.value = viewers;
    },
    message: ({ ticketId, message }) => {
      if (!isOpen(ticketId)) return;
      ticket.addMessage(message);
      if (message.from === 'visitor') announcement.value = `${ticketTexts.speakers.visitor}: ${message.text}`;
    },
    typing: ({ ticketId, on }) => {
      if (isOpen(ticketId)) ticket.visitorTyping(on);
    },
    agentTyping: ({ ticketId, agent, on }) => {
      if (!isOpen(ticketId)) return;
      const others = typingAgents.value.filter((id) => id !== agent.id);
      typingAgents.value = on ? [...others, agent.id] : others;
    },
    read: ({ ticketId, seq }) => {
      if (isOpen(ticketId)) ticket.visitorRead(seq);
    },
    connected: () => {
      connection.value = 'live';
      void notifications.load();
      fetchShown(); // also on the first connect: tickets may have changed since the first request
    },
    lost: () => {
      typingAgents.value = [];
      connection.value = 'lost';
    },
    signedOut: () => onSignedOut(signInTexts.signedOut),
  });

  const typingNotice = createTypingNotice(live, typingMs);

  const stopFollowing = router.ticketId.subscribe((ticketId) => {
    typingNotice.stop();
    assist.leave();
    translations.leave();
    typingAgents.value = [];
    live.watch(ticketId);
    pane.value = 'conversation';
    dialog.value = undefined;
    void ticket.open(ticketId);
  });
  const stopWatching = router.page.subscribe((page) => live.watchConversations(page === 'conversations'));
  const stopAnnouncing = list.announcement.subscribe((text) => {
    if (text !== '') announcement.value = text;
  });
  if (may(session.agent, 'tickets:read')) void list.show('review');
  else if (router.page.value === 'tickets') router.show('cost');

  const commandTarget: CommandTarget = {
    list,
    ticket,
    router,
    moveCursor(step) {
      if (router.page.value === 'conversations') conversations.moveCursor(step);
      else list.moveCursor(step, router.ticketId.value);
    },
    openDialog(name) {
      dialog.value = name;
    },
    focusComposer() {
      batch(() => {
        pane.value = 'conversation';
        composerFocusRequests.value += 1;
      });
    },
    writeOwnReply() {
      const detail = ticket.current.value?.detail;
      if (detail === undefined) return;
      ticket.writeOwn();
      commandTarget.focusComposer();
      if (isAvailable('claim', { detail, agentId })) void ticket.act('claim', {});
    },
    sendReply() {
      if (assist.text.value !== undefined) return;
      typingNotice.stop();
      ticket.send('delay');
    },
    saveCase: () => void ticket.saveCase(),
    signOut: () => void api.signOut().then(() => onSignedOut(undefined)),
  };
  const readOnly = !may(session.agent, 'tickets:write');
  const situation = computed(() => ({ detail: ticket.current.value?.detail, agentId, readOnly }));

  return {
    session,
    router,
    list,
    selection,
    ticket,
    conversations,
    reports,
    knowledge,
    team,
    webhooks: createWebhooksController(api.webhooks),
    cannedReplies,
    assist,
    translations,
    sites: createSitesController(api.sites),
    audit: createPagedList(({ id }: AuditEntry) => id, api.readAudit),
    deadLetters,
    visitorRequests: createVisitorRequests(api, () => void conversations.reader.refresh()),
    notifications,
    savedViews: createSavedViews(api),
    searchBox: createSearchBox(api),
    models,
    feed: createFeedWatch(api, isAdmin),
    tags: createResource({}, api.readTags),
    openTickets: createResource<MergeQuery, TicketList>({}, ({ site, q }) =>
      api.listTickets('open', { ...(site === undefined ? {} : { site }), ...(q === undefined ? {} : { q }) }),
    ),
    agents: createResource({}, api.readAgents),
    connection,
    viewers: computed(() => othersByTicket(presence.value, agentId)),
    writing: computed(() => {
      // Only agents who are viewing the ticket: a page that is closed while its agent types sends no end.
      const viewing = presence.value.find(({ ticketId }) => ticketId === router.ticketId.value)?.agents ?? [];
      return viewing.filter(({ id }) => id !== agentId && typingAgents.value.includes(id)).map(({ name }) => name);
    }),
    situation,
    dialog,
    pane,
    announcement,
    composerFocusRequests,
    run(id) {
      // List commands switch to the page with the list.
      if (COMMANDS[id].group === 'list' && !hasList(id, router.page.value)) router.go(undefined);
      if (isAvailable(id, situation.value)) COMMANDS[id].run(commandTarget);
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
      stopAnnouncing();
      typingNotice.stop();
      deadLetters.close();
      knowledge.close();
      models.close();
      notifications.close();
      live.close();
    },
  };
}
