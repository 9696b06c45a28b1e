/** The state of the pages and dialogs that live updates don't change: reports, knowledge, settings, searches and choices. */
import type { AgentList } from '@firstword/shared/agent-view';
import type { AuditEntry } from '@firstword/shared/audit';
import type { TagList, TicketList } from '@firstword/shared/console-wire';
import { mayEverywhere } from '@firstword/shared/permissions';
import type { SessionView } from '@firstword/shared/sign-in';
import type { Api, AuditChoice } from './api.ts';
import { basePath } from './base-path.ts';
import { type BenchmarkController, createBenchmarkController } from './benchmark-controller.ts';
import { type CannedReplies, createCannedReplies } from './canned-replies.ts';
import { createFeedWatch, type FeedWatch } from './feed-watch.ts';
import { createKnowledgeController, type KnowledgeController } from './knowledge-controller.ts';
import { createMessageCases, type MessageCases } from './message-cases.ts';
import { createMessageReplay, type MessageReplay } from './message-replay.ts';
import { createModelsController, type ModelsController } from './models-controller.ts';
import { createPagedList, type PagedList } from './paged-list.ts';
import { createReportController, type ReportController } from './report-controller.ts';
import { createResource, type Resource } from './resource.ts';
import { createSavedViews, type SavedViews } from './saved-views.ts';
import { createSearchBox, type SearchBox } from './search-box.ts';
import { createSitesController, type SitesController } from './sites-controller.ts';
import { createTeamController, type TeamController } from './team-controller.ts';
import { createWebhooksController, type WebhooksController } from './webhooks-controller.ts';

export interface WorkspacePages {
  readonly reports: ReportController;
  readonly knowledge: KnowledgeController;
  readonly team: TeamController;
  readonly webhooks: WebhooksController;
  readonly cannedReplies: CannedReplies;
  readonly sites: SitesController;
  readonly modelSettings: ModelsController;
  readonly benchmarks: BenchmarkController;
  readonly audit: PagedList<AuditChoice, AuditEntry>;
  readonly savedViews: SavedViews;
  readonly searchBox: SearchBox;
  readonly replay: MessageReplay;
  readonly messageCases: MessageCases;
  readonly feed: FeedWatch;
  /** Tags in use, to suggest. */
  readonly tags: Resource<object, TagList>;
  /** Open tickets, for merging. */
  readonly openTickets: Resource<MergeQuery, TicketList>;
  /** All agents, for assigning. */
  readonly agents: Resource<object, AgentList>;
}

/** Which open tickets a ticket can be merged into. */
export interface MergeQuery {
  readonly site?: string;
  readonly q?: string | undefined;
}

export function createWorkspacePages(api: Api, { agent, secondFactor, mode }: SessionView): WorkspacePages {
  const linkOf = (token: string) => `${location.origin}${basePath}/console/first-run#token=${token}`;
  return {
    reports: createReportController(api),
    knowledge: createKnowledgeController(api.knowledge, api.evaluations),
    team: createTeamController(api.team, linkOf, secondFactor === 'on'),
    webhooks: createWebhooksController(api.webhooks),
    cannedReplies: createCannedReplies(api.cannedReplies),
    sites: createSitesController(api.sites),
    modelSettings: createModelsController(api, mode),
    benchmarks: createBenchmarkController(api.benchmarks),
    audit: createPagedList(({ id }: AuditEntry) => id, api.readAudit),
    savedViews: createSavedViews(api.inbox),
    searchBox: createSearchBox(api.inbox),
    replay: createMessageReplay(api.replay, api.knowledge),
    messageCases: createMessageCases(api.knowledge),
    feed: createFeedWatch(api, mayEverywhere(agent, 'installation:manage')),
    tags: createResource({}, api.readTags),
    openTickets: createResource<MergeQuery, TicketList>({}, ({ site, q }) =>
      api.listTickets('open', { ...(site === undefined ? {} : { site }), ...(q === undefined ? {} : { q }) }),
    ),
    agents: createResource({}, api.readAgents),
  };
}
