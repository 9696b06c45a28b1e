/** A workspace whose server is in memory. Requests that match `pending` are never answered, and those that match `failing` fail. */
import { answerReplayRequestSchema } from '@firstword/shared/answer-replay';
import type { TicketDetail } from '@firstword/shared/console-wire';
import { keysOf } from '@firstword/shared/keys-of';
import type { AgentRole } from '@firstword/shared/permissions';
import { ticketActionSchemas, ticketListQuerySchema } from '@firstword/shared/ticket-requests';
import type { ErasureReport } from '@firstword/shared/visitor-data';
import { effect, signal } from '@preact/signals';
import { createApi } from '../src/api.ts';
import type { Draft } from '../src/drafts.ts';
import type { Live, LiveListeners } from '../src/live.ts';
import type { PageName, Router } from '../src/router.ts';
import { createWorkspace, type Workspace } from '../src/workspace.ts';
import { createScriptedCannedReplies } from '../test/scripted-canned-replies.ts';
import { createScriptedConversations } from '../test/scripted-conversations.ts';
import { replayEvents } from '../test/scripted-replays.ts';
import { searchIn } from '../test/scripted-search.ts';
import { createScriptedTickets } from '../test/scripted-tickets.ts';
import { shopConversations } from '../test/shop-conversations.ts';
import { emptyReports, MODEL_ALARM, shopReports } from '../test/shop-reports.ts';
import { agent, otherAgent } from '../test/ticket-builders.ts';
import { nothing } from './sample.tsx';

export interface SampleOptions {
  readonly tickets: TicketDetail[];
  /** Id of the ticket that is open. */
  readonly open?: string;
  readonly role?: AgentRole;
  readonly hasConversations?: boolean;
  readonly pending?: RegExp;
  readonly failing?: RegExp;
}

export interface SampleWorkspace {
  readonly workspace: Workspace;
  /** What the server's socket would say. */
  readonly live: LiveListeners;
}

/** Resolves when the open ticket is shown. */
export async function openSampleWorkspace(options: SampleOptions): Promise<SampleWorkspace> {
  const { role = 'admin' } = options;
  const memory = createScriptedTickets(options.tickets);
  let listeners: LiveListeners | undefined;
  const workspace = createWorkspace({
    api: createApi({ fetch: answerFrom(memory, options), onSignedOut: nothing, retryMs: [] }),
    drafts: createMemoryDrafts(),
    router: createStillRouter(options.open),
    session: { ...memory.session, agent: { ...agent, roles: { '*': role } } },
    connect: (given) => {
      listeners = given;
      return NOT_CONNECTED;
    },
    onSignedOut: nothing,
    checkAccess: nothing,
  });
  if (listeners === undefined) throw new Error('The workspace has not connected.');
  if (options.open !== undefined) await until(() => workspace.ticket.plan.value !== undefined);
  return { workspace, live: listeners };
}

/** Resolves when the signals that `isSo` reads make it true. */
export function until(isSo: () => boolean): Promise<void> {
  let stop = () => {};
  const met = new Promise<void>((resolve) => {
    stop = effect(() => {
      if (isSo()) resolve();
    });
  });
  return met.finally(stop);
}

const NOT_CONNECTED: Live = {
  watch: nothing,
  watchConversation: nothing,
  watchConversations: nothing,
  visible: nothing,
  typing: nothing,
  read: () => false,
  close: nothing,
};

const ERASED: ErasureReport = {
  visitors: 1,
  removed: {
    ...{ conversations: 2, messages: 31, ratings: 1, files: 1 },
    ...{ tickets: 1, analyses: 2, sessions: 1, waitingEvents: 0 },
  },
};

const linesOf = (events: readonly object[]) =>
  new Response(events.map((event) => `${JSON.stringify(event)}\n`).join(''));

function answerFrom(
  tickets: ReturnType<typeof createScriptedTickets>,
  { tickets: given, hasConversations = true, pending, failing }: SampleOptions,
): typeof fetch {
  const conversations = createScriptedConversations(hasConversations ? shopConversations(Date.now(), 8) : []);
  const canned = createScriptedCannedReplies([{ id: 'demo', name: 'Wendleby' }]);
  const failed = given.map(({ ticket }) => ticket).filter(({ analysis }) => analysis?.state === 'failed');
  const answer = (route: string, url: URL, body: unknown): object | undefined => {
    if (route === 'GET /tickets')
      return tickets.list(ticketListQuerySchema.parse(Object.fromEntries(url.searchParams)));
    if (route === 'GET /agents')
      return { agents: [agent, otherAgent].map(({ id, name }) => ({ id, name, sites: ['demo', 'workshop'] })) };
    if (route === 'GET /ticket-tags') return { tags: ['refund', 'vip', 'late-delivery'] };
    if (route === 'GET /evaluation-cases') return { cases: [] };
    if (route === 'GET /models') return { state: MODEL_ALARM.code, alarms: [MODEL_ALARM], checks: [] };
    if (route === 'GET /dead-letters') return { deadLetters: shopReports(Date.now(), failed).deadLetters };
    if (route === 'GET /budgets') return emptyReports(Date.now()).budgets;
    if (route === 'GET /search') return searchIn({ tickets, conversations }, url.searchParams.get('q') ?? '');
    if (route === 'POST /visitors/erase') return ERASED;
    const [, id = '', action] = /^\w+ \/tickets\/([^/]+)(?:\/([a-z-]+))?$/.exec(route) ?? [];
    const asked = keysOf(ticketActionSchemas).find((name) => name === action);
    if (asked !== undefined) {
      const outcome = tickets.act(id, asked, ticketActionSchemas[asked].parse(body));
      return outcome === 'conflict' ? undefined : outcome;
    }
    return tickets.read(id) ?? conversations.answer(route, url)?.[1] ?? canned(route, body)?.[1];
  };
  return async (input, init) => {
    const url = new URL(String(input), location.origin);
    const route = `${init?.method ?? 'GET'} ${url.pathname.slice(url.pathname.indexOf('/api/v1') + '/api/v1'.length)}`;
    if (pending?.test(route)) return new Promise(nothing);
    if (failing?.test(route)) return new Response('', { status: 503 });
    const body = typeof init?.body === 'string' ? JSON.parse(init.body) : undefined;
    if (route.endsWith('/replay')) return linesOf(replayEvents(answerReplayRequestSchema.parse(body).model).flat());
    const found = answer(route, url, body);
    return found === undefined ? new Response('', { status: 404 }) : Response.json(found);
  };
}

function createMemoryDrafts() {
  const drafts = new Map<string, Draft>();
  const read = (ticketId: string) => drafts.get(ticketId);
  return {
    read,
    write: (ticketId: string, draft: Draft) => void drafts.set(ticketId, draft),
    clear: (ticketId: string) => void drafts.delete(ticketId),
    load: async (ticketId: string) => read(ticketId),
  };
}

/** Its links lead nowhere. */
function createStillRouter(ticketId: string | undefined): Router {
  return {
    page: signal<PageName>('tickets'),
    ticketId: signal(ticketId),
    conversation: signal({ id: undefined, query: '' }),
    firstRun: false,
    token: undefined,
    signInFailure: undefined,
    go: nothing,
    show: nothing,
    goToConversation: nothing,
    filterConversations: nothing,
    ticketHref: (id) => `#${id}`,
    pageHref: (page) => `#${page}`,
    conversationHref: (id) => `#${id}`,
  };
}
