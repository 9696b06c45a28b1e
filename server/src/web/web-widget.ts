/** Builds the visitors' side: the Socket.IO namespace of the widget. */
import type { Site } from '@firstword/shared/site';
import { createHandOffCancel } from '../conversation/hand-off-cancel.ts';
import type { ReplyAddress } from '../conversation/reply-address.ts';
import type { TranscriptMail } from '../conversation/transcript-mail.ts';
import type { Metrics } from '../lib/metrics.ts';
import type { TokenHash } from '../lib/tokens.ts';
import { type ConnectedModels, modeOf } from '../models/live-router.ts';
import type { Viewers } from '../realtime/viewers.ts';
import {
  createWidgetNamespace,
  type WidgetNamespace,
  type WidgetNamespaceParts,
} from '../realtime/widget-namespace.ts';
import { countryOf, regionOf } from '../routing/region.ts';
import { createWithdrawalFinder } from '../triage/withdrawal.ts';
import type { AgentConsole } from './agent-console.ts';
import type { WebChat } from './web-chat.ts';
import type { createWebIdentity } from './web-identity.ts';
import type { WebAppSettings } from './web-settings.ts';

export interface WebWidgetParts {
  readonly sites: ReadonlyMap<string, Site>;
  /** Those that visitors may use. */
  readonly openSites: ReadonlyMap<string, Site>;
  readonly viewers: Viewers;
  readonly chat: WebChat;
  readonly replyAddress: ReplyAddress;
  readonly live: ConnectedModels;
  readonly tokenHash: TokenHash;
  readonly mailTranscript: TranscriptMail;
  readonly metrics: Metrics;
}

/** What it shares with the other routes and with the console. */
interface WidgetAccess extends Pick<WidgetNamespaceParts, 'addressOf' | 'admission' | 'origins' | 'fairShare'> {
  readonly ofVisitor: ReturnType<typeof createWebIdentity>['admission'];
  readonly agentConsole: Pick<AgentConsole, 'publishTyping' | 'agentOf' | 'isOnline'>;
}

const UNWATCHED_MS = 60_000;

export function createWebWidget(
  parts: WebWidgetParts,
  access: WidgetAccess,
  settings: WebAppSettings,
): WidgetNamespace {
  const { sites, chat, metrics } = parts;
  const { agentConsole, ofVisitor, ...ofServer } = access;
  const { log, routing } = settings;
  const { tickets, usage, store } = chat;
  return createWidgetNamespace({
    ...ofServer,
    ...ofVisitor,
    viewers: parts.viewers,
    hideAddress: parts.tokenHash,
    sites: parts.openSites,
    sessions: chat.sessions,
    makeHot: store.makeHot,
    conversations: chat.conversations,
    profiles: chat.profiles,
    regionOf: ({ headers, address }, timeZone) => {
      const country = address.viaProxy ? countryOf(headers) : undefined;
      return regionOf({ country, timeZone }, routing.defaultRegion, routing.regions);
    },
    metrics,
    mode: () => modeOf(parts.live.current()),
    mail: settings.mail.smtpUrl !== undefined,
    unwatchedMs: settings.unwatchedMs ?? UNWATCHED_MS,
    onConnect(owner) {
      void usage.budgets.prepare(owner);
      void chat.ticketCeilings.prepare(owner);
    },
    onFirstTokenSeen: usage.feltTurns.seen,
    onRated: (conversationId, turnId, value) => usage.visits.note(conversationId, { type: 'rated', turnId, value }),
    onVisitorTyping: agentConsole.publishTyping,
    preChat: chat.preChat,
    readMarks: chat.readMarks,
    ownConversations: chat.ownConversations,
    articles: chat.articles,
    replyTimes: chat.replyTimes,
    mailTranscript: parts.mailTranscript,
    visitorConversations: chat.visitorConversations,
    replyAddress: parts.replyAddress,
    agentOf: agentConsole.agentOf,
    store,
    findWithdrawal: createWithdrawalFinder(),
    cancelHandOff: createHandOffCancel({ tickets, sites, isOnline: agentConsole.isOnline, now: Date.now }),
    log,
  });
}
