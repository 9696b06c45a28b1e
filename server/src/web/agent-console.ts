/** Builds the agents' part of a web process: accounts, REST API, console socket, and the notices of tickets to visitors. */

import type { AgentView } from '@firstword/shared/agent-view';
import type { ResponderChange } from '@firstword/shared/wire';
import type { Router } from 'express';
import { DEVICE_DAYS } from '../agents/known-devices.ts';
import { createDeviceCookie, createSessionCookie } from '../agents/session-cookie.ts';
import { createReplySender } from '../conversation/reply-sender.ts';
import { startTicketNotices } from '../conversation/ticket-notices.ts';
import { createApi } from '../http/api.ts';
import { createConversationFinder } from '../http/conversation-finder.ts';
import { createReadRecorder, type ReadRecorder } from '../http/read-recorder.ts';
import { type ConsoleNamespace, createConsoleNamespace } from '../realtime/console-namespace.ts';
import { createPresence, PRESENCE_MS } from '../store/agent-presence.ts';
import { createReplyPermits } from '../store/reply-permits.ts';
import { createVisiblePages } from '../store/visible-pages.ts';
import type { AgentConsoleParts } from './agent-console-parts.ts';

export interface AgentConsole {
  readonly api: Router;
  /** For the feed: what agents' pages are sent. */
  readonly live: Pick<
    ConsoleNamespace,
    'publishMessage' | 'publishRead' | 'publishConversations' | 'publishErased' | 'publishMissed'
  >;
  publishTyping(conversationId: string, on: boolean): void;
  /** The signed-in agent to whom the cookie belongs. */
  signedIn(cookie: string | undefined, https: boolean): Promise<AgentView | undefined>;
  readonly noteRead: ReadRecorder;
  /** After a change of what the agent may do: open pages follow at once. */
  checkAccess(agentId: string): void;
  /** Whether one of the agent's pages is connected, on any process, and the agent is not away. */
  isOnline(agentId: string): boolean;
  /** The agent who has the conversation's open ticket, for its visitor. */
  agentOf(conversationId: string): Promise<Pick<ResponderChange, 'agent'>>;
  /** Token of the one-time link that creates the first account; undefined once there is one. */
  firstRun(): Promise<string | undefined>;
  close(): Promise<void>;
}

export function createAgentConsole(parts: AgentConsoleParts): AgentConsole {
  const { io, redis, keys, tickets, conversations, store, viewers, sites, usage, isOwnOrigin, log } = parts;
  const { quality, cannedReplies, replyDrafts, attachments, writingHelp, replayAnswer } = parts;
  const { agents, apiTokens, pictures } = parts.accounts;
  const cookie = createSessionCookie(parts.publicHttps);
  const signedIn = async (header: string | undefined, https: boolean) => {
    const token = cookie.read(header, https);
    const session = token === undefined ? undefined : await agents.session(token, true);
    return session?.secondFactor === 'missing' ? undefined : session?.agent;
  };
  const presence = createPresence(redis, keys, PRESENCE_MS);
  const noteRead = createReadRecorder(parts.auditLog, parts.addressOf);
  const console = createConsoleNamespace(io, {
    agents,
    cookie,
    isOwnOrigin,
    ...{ tickets, conversations, store, presence },
    findConversation: createConversationFinder(parts.archive, sites),
    visiblePages: createVisiblePages(redis, keys, PRESENCE_MS),
    onWatch: noteRead,
    onAgentTyping: viewers.publishTyping,
    async onAgentRead(conversationId, seq) {
      const moved = await parts.readMarks.moveAgents(conversationId, seq);
      if (moved !== undefined) viewers.publishSeen(conversationId, moved);
    },
    onAgentsChange(agentIds) {
      notices.publishAgents(agentIds);
      void tickets
        .assignWaiting()
        .catch((error: unknown) => log.warn({ reason: String(error) }, 'assigning waiting tickets failed; retrying'));
    },
    log,
  });
  const onAccessChange = (agentId: string) => {
    console.checkAccess(agentId);
    void parts.own.pushDevices
      .checkAccess(agentId)
      .catch((error: unknown) => log.warn({ reason: String(error) }, 'checking the push devices of an agent failed'));
  };
  const agentShown = async ({ id, name }: Pick<AgentView, 'id' | 'name'>) => {
    const picture = await pictures.of(id);
    return { name, online: console.isOnline(id), ...(picture === undefined ? {} : { picture }) };
  };
  const notices = startTicketNotices({
    ...{ tickets, conversations, store, viewers, agentShown, log },
    localeOf: (siteId) => sites.get(siteId)?.locale,
    onResolved: parts.onResolved,
  });

  const api = createApi({
    sendReply: createReplySender({
      permits: createReplyPermits(redis, keys),
      tickets,
      conversations,
      pictureOf: pictures.of,
      attachments,
      onEdited: parts.onReplyEdited,
    }),
    ...{ agents, apiTokens, pictures },
    cookie,
    deviceCookie: createDeviceCookie(parts.publicHttps, DEVICE_DAYS),
    signInOptions: parts.signInOptions,
    isOwnOrigin,
    addressOf: parts.addressOf,
    limitRefusedCalls: parts.limitRefusedCalls,
    mode: parts.mode,
    models: () => [...parts.models().keys()],
    outsideLimits: parts.outsideLimits,
    modelStatus: parts.modelStatus.view,
    speculates: parts.speculates,
    onSignOut: console.endSession,
    onAccessChange,
    async setStatus(agentId, status) {
      await presence.setStatus(agentId, status);
      await console.publishStatuses();
    },
    tickets,
    deadLetters: parts.deadLetters,
    sites,
    felt: usage.felt,
    visits: usage.visits,
    reports: usage.reports,
    spentOn: usage.spentOn,
    ...{ budgets: parts.budgets, alerts: parts.alerts },
    killSwitch: usage.budgets.killSwitch,
    store,
    preChat: parts.preChat,
    profiles: parts.profiles,
    replyAddressOf: parts.replyAddressOf,
    readMarks: parts.readMarks,
    ...parts.own,
    archive: parts.archive,
    visitorData: parts.visitorData,
    ...{ quality, cannedReplies, replyDrafts, attachments, writingHelp, replayAnswer },
    auditLog: parts.auditLog,
    webhooks: parts.webhooks,
    feed: parts.feed,
    ...parts.knowledge,
    ...parts.learning,
    ...parts.siteSettings,
    modelSettings: parts.modelSettings,
    ...{ benchmarks: parts.benchmarks, evaluations: parts.evaluations },
    ...parts.visitorSessions,
    log,
  });

  return {
    api,
    live: console,
    publishTyping: console.publishTyping,
    isOnline: console.isOnline,
    async agentOf(conversationId) {
      const agent = (await tickets.pointerOf(conversationId))?.agent;
      return agent === undefined ? {} : { agent: await agentShown(agent) };
    },
    signedIn,
    noteRead,
    checkAccess: onAccessChange,
    firstRun: async () => (await agents.firstRun())?.token,
    async close() {
      notices.stop();
      await console.close();
      await notices.stopped;
    },
  };
}
