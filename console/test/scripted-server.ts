/** Serves the console with its REST API and socket from memory, to test and develop the page without the product's server. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import type { AlertList } from '@firstword/shared/alert';
import type { ConsoleClientEvents, ConsoleServerEvents } from '@firstword/shared/console-events';
import type { ApiError, TicketDetail } from '@firstword/shared/console-wire';
import { keysOf } from '@firstword/shared/keys-of';
import { type ReplyDraft, replyDraftSchema } from '@firstword/shared/reply-draft';
import { killSwitchSchema } from '@firstword/shared/reports';
import type { SessionView } from '@firstword/shared/sign-in';
import { firstRunSchema, type LinkView, linkQuerySchema, signInSchema } from '@firstword/shared/sign-in';
import type { Ticket } from '@firstword/shared/ticket';
import type { AgentAction } from '@firstword/shared/ticket-requests';
import {
  type BulkAction,
  bulkActionSchemas,
  ticketActionSchemas,
  ticketListQuerySchema,
} from '@firstword/shared/ticket-requests';
import { type ErasureReport, type VisitorRef, visitorRefSchema } from '@firstword/shared/visitor-data';
import { type WritingEvent, type WritingTask, writingTaskSchema } from '@firstword/shared/writing-help';
import { listenLocally } from '@firstword/testing/listen-locally';
import { Server } from 'socket.io';
import { createScriptedAttachments, type ScriptedAttachments } from './scripted-attachments.ts';
import { createScriptedBenchmarks, type ScriptedBenchmarks } from './scripted-benchmarks.ts';
import { createScriptedCannedReplies } from './scripted-canned-replies.ts';
import { createScriptedConversations, type ScriptedConversations } from './scripted-conversations.ts';
import { createScriptedEvaluations, type ScriptedEvaluations } from './scripted-evaluations.ts';
import { createScriptedFeed, type ScriptedFeed } from './scripted-feed.ts';
import { sendFile } from './scripted-files.ts';
import { createScriptedReplays, type ScriptedReplays } from './scripted-replays.ts';
import { searchIn } from './scripted-search.ts';
import { createScriptedTeam, SITES } from './scripted-team.ts';
import { createScriptedTickets, type ScriptedTickets } from './scripted-tickets.ts';
import { createScriptedWebhooks, type ScriptedWebhooks } from './scripted-webhooks.ts';
import { NO_ALERTS } from './shop-alerts.ts';
import { auditPage } from './shop-audit.ts';
import { shopConversations } from './shop-conversations.ts';
import { readKnowledge, shopCases } from './shop-knowledge.ts';
import { type ShopReports, shopReports } from './shop-reports.ts';
import { agent, otherAgent } from './ticket-builders.ts';
import { callsOf } from './ticket-calls.ts';

export const SESSION_COOKIE = { name: 'firstword-agent', value: 'scripted' };
const COOKIE = `${SESSION_COOKIE.name}=${SESSION_COOKIE.value}`;
export const FIRST_RUN_TOKEN = 'first-run-token-of-the-scripted-server';
export const INVITE_TOKEN = 'a-one-time-link-for-an-invited-agent';
export const RESET_TOKEN = 'a-one-time-link-for-a-new-password';
const REMOVED: ErasureReport['removed'] = {
  ...{ conversations: 1, messages: 5, ratings: 0, files: 0, tickets: 0, analyses: 0, sessions: 1, waitingEvents: 0 },
};
const BULK_CHANGES: Readonly<Record<BulkAction, Partial<Ticket>>> = {
  claim: { state: 'in-progress', assignee: agent },
  assign: { assignee: otherAgent },
  resolve: { state: 'resolved' },
  snooze: { state: 'snoozed' },
  'mark-spam': { state: 'spam' },
  restore: { state: 'needs-review' },
};
const LINKS: Readonly<Record<string, LinkView>> = {
  [FIRST_RUN_TOKEN]: { kind: 'first-run' },
  [INVITE_TOKEN]: { kind: 'invite', email: 'second@wendleby.example' },
  [RESET_TOKEN]: { kind: 'reset', email: 'agent@wendleby.example', name: 'First Agent' },
};
export const PASSWORD = 'correct horse battery';

export interface ScriptedServer {
  readonly url: string;
  readonly tickets: ScriptedTickets;
  readonly conversations: ScriptedConversations;
  readonly feed: ScriptedFeed;
  readonly webhooks: ScriptedWebhooks;
  readonly benchmarks: ScriptedBenchmarks;
  readonly evaluations: ScriptedEvaluations;
  /** The data of the report pages; tests may replace it. */
  reports: ShopReports;
  alerts: AlertList;
  /** Requests for reports, with their queries. */
  readonly reportRequests: string[];
  /** Texts that were to be rewritten or translated. */
  readonly writingTasks: WritingTask[];
  /** Continues a text that is written no further than its first piece. */
  holdWriting: Promise<void>;
  readonly replays: ScriptedReplays;
  readonly files: ScriptedAttachments;
  /** Drafts of replies, by ticket. */
  readonly drafts: Map<string, ReplyDraft>;
  /** Received actions, in order. */
  readonly actions: { id: string; action: AgentAction; body: Record<string, unknown> }[];
  /** Visitors whose data was deleted. */
  readonly erasures: VisitorRef[];
  /** Events received from the page's sockets. */
  readonly receivedEvents: { event: string; payload: unknown }[];
  /** How many of the next actions are applied without a response. */
  dropResponses: number;
  emit<E extends keyof ConsoleServerEvents>(event: E, ...payload: Parameters<ConsoleServerEvents[E]>): void;
  /** Pages that have connected so far. */
  connections(): number;
  /** Disconnects all sockets, as a network failure does. */
  disconnectAll(): void;
  /** Ends all connections, as a server does when an agent's roles have changed. */
  endConnections(): void;
  signOutAll(): void;
  close(): Promise<void>;
}

export async function startScriptedServer(details: TicketDetail[], port = 0): Promise<ScriptedServer> {
  const tickets = createScriptedTickets(details);
  const conversations = createScriptedConversations(shopConversations(Date.now()));
  const feed = createScriptedFeed();
  const replays = createScriptedReplays();
  const team = createScriptedTeam();
  const webhooks = createScriptedWebhooks(Date.now());
  const benchmarks = createScriptedBenchmarks(Date.now());
  const evaluations = createScriptedEvaluations(Date.now(), shopCases);
  const cannedReplies = createScriptedCannedReplies(SITES);
  const files = createScriptedAttachments();
  const actions: ScriptedServer['actions'] = [];
  const erasures: ScriptedServer['erasures'] = [];
  const receivedEvents: ScriptedServer['receivedEvents'] = [];
  const reportRequests: string[] = [];
  const { session } = tickets;
  let signedOut = false;
  const signedIn = (request: IncomingMessage) => !signedOut && (request.headers.cookie ?? '').includes(COOKIE);

  const server = createServer((request, response) => {
    handle(request, response).catch(() => refuse(response, 400, 'bad-request', 'The request is invalid.'));
  });
  const io = new Server<ConsoleClientEvents, ConsoleServerEvents>(server, { serveClient: false });
  const namespace = io.of('/console');
  namespace.use((socket, next) =>
    next(signedIn(socket.request) ? undefined : Object.assign(new Error('refused'), { data: { code: 'signed-out' } })),
  );
  let connections = 0;
  namespace.on('connection', (socket) => {
    connections += 1;
    socket.onAny((event: string, payload: unknown) => receivedEvents.push({ event, payload }));
    socket.emit('agent-statuses', [
      { id: otherAgent.id, status: 'away' },
      { id: agent.id, status: 'online' },
    ]);
    socket.on('ticket-watch', (_payload, reply) => reply({ ok: true }));
    socket.on('conversation-watch', (_payload, reply) => reply({ ok: true }));
    socket.on('conversations-watch', (_payload, reply) => reply({ ok: true }));
    socket.on('page-visible', (_payload, reply) => reply({ ok: true }));
    socket.on('typing', (_payload, reply) => reply({ ok: true }));
    socket.on('read', (_payload, reply) => reply({ ok: true }));
  });

  async function handle(request: IncomingMessage, response: ServerResponse) {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (!url.pathname.startsWith('/api/v1/')) {
      if (files.send(url.pathname, response) || sendFile(url.pathname, response)) return;
      return refuse(response, 404, 'not-found', `There is no file at ${url.pathname}.`);
    }
    if (/\/tickets\/[^/]+\/files$/.test(url.pathname)) return void (await files.handle(request, response, url));
    const body: unknown = request.method === 'GET' ? undefined : JSON.parse((await readText(request)) || '{}');
    await handleApi(request, response, url, body);
  }

  async function handleApi(request: IncomingMessage, response: ServerResponse, url: URL, body: unknown) {
    const route = `${request.method} ${url.pathname.slice('/api/v1'.length)}`;
    if (route === 'GET /sign-in-options') return answer(response, 200, { password: true });
    if (route === 'POST /first-run/link') {
      const link = LINKS[linkQuerySchema.parse(body).token];
      if (link === undefined) return refuse(response, 403, 'forbidden', 'This link was already used.');
      return answer(response, 200, link);
    }
    if (route === 'POST /first-run') {
      const form = firstRunSchema.parse(body);
      if (LINKS[form.token] === undefined) return refuse(response, 403, 'forbidden', 'This link was already used.');
      return signIn(response);
    }
    if (route === 'POST /session') {
      if (signInSchema.parse(body).password !== PASSWORD)
        return refuse(response, 401, 'signed-out', 'Incorrect e-mail address or password.');
      return signIn(response);
    }
    if (!signedIn(request)) return refuse(response, 401, 'signed-out', 'You are signed out.');
    if (request.method !== 'GET' && request.headers['x-csrf-token'] !== session.csrf)
      return refuse(response, 403, 'forbidden', 'The CSRF token is missing.');
    if (route === 'GET /session') return answer(response, 200, session);
    if (route === 'DELETE /session') {
      signedOut = true;
      return answer(response, 200, {});
    }
    if (route === 'GET /agents')
      return answer(response, 200, {
        agents: [session.agent, otherAgent].map(({ id, name }) => ({ id, name, sites: ['demo', 'workshop'] })),
      });
    if (/^POST \/writing-help\//.test(route)) return write(response, writingTaskSchema.parse(body));
    if (replays.answer(route, body, response)) return;
    const [, draftOf] = /^[A-Z]+ \/drafts\/([^/]+)$/.exec(route) ?? [];
    if (draftOf !== undefined) {
      if (request.method === 'POST') scripted.drafts.set(draftOf, replyDraftSchema.parse(body));
      if (request.method === 'DELETE') scripted.drafts.delete(draftOf);
      const draft = scripted.drafts.get(draftOf);
      return answer(response, 200, draft === undefined ? {} : { draft });
    }
    if (route === 'GET /ticket-tags') return answer(response, 200, { tags: ['refund', 'vip'] });
    if (route === 'GET /tickets') {
      const query = ticketListQuerySchema.parse(Object.fromEntries(url.searchParams));
      if (query.view === 'all') return refuse(response, 400, 'bad-request', 'The console never lists all tickets.');
      return answer(response, 200, tickets.list(query));
    }
    if (route === 'POST /visitors/export') return answer(response, 200, { visitors: [], conversations: [] });
    if (route === 'POST /visitors/erase') {
      erasures.push(visitorRefSchema.parse(body));
      return answer(response, 200, { visitors: 1, removed: REMOVED });
    }
    if (route === 'GET /alerts') return answer(response, 200, scripted.alerts);
    if (route === 'GET /models') return answer(response, 200, scripted.reports.models);
    if (route === 'GET /audit') return answer(response, 200, auditPage(url));
    if (route === 'GET /search') {
      const q = url.searchParams.get('q') ?? '';
      return answer(response, 200, searchIn({ tickets, conversations }, q));
    }
    const known = conversations.answer(route, url) ?? feed.answer(route);
    if (known !== undefined) return answer(response, known[0], known[1]);
    const report = readReport(route);
    if (report !== undefined) {
      reportRequests.push(`${route}${url.search}`);
      return answer(response, 200, report);
    }
    const fromTeam =
      team.answer(route, body) ??
      webhooks.answer(route, body) ??
      benchmarks.answer(route, body) ??
      evaluations.answer(route, body) ??
      cannedReplies(route, body);
    if (fromTeam !== undefined) return answer(response, fromTeam[0], fromTeam[1]);
    const knowledge = readKnowledge(route);
    if (knowledge !== undefined) return answer(response, 200, knowledge);
    if (route === 'POST /kill-switch') {
      setKillSwitch(killSwitchSchema.parse(body));
      return answer(response, 200, scripted.reports.budgets);
    }
    const bulk = keysOf(bulkActionSchemas).find((one) => route === `POST /tickets/${one}`);
    if (bulk !== undefined) {
      const { ticketIds } = bulkActionSchemas[bulk].parse(body);
      for (const id of ticketIds) tickets.change(id, BULK_CHANGES[bulk]);
      return answer(response, 200, { done: ticketIds, notDone: [] });
    }
    const [, id = '', action] = /^\w+ \/tickets\/([^/]+)(?:\/([a-z-]+))?$/.exec(route) ?? [];
    const ticket = tickets.read(id);
    if (ticket === undefined) return refuse(response, 404, 'not-found', 'Ticket not found.');
    if (action === undefined) return answer(response, 200, ticket);
    if (route.startsWith('GET ') && action === 'calls') return answer(response, 200, callsOf(ticket));
    if (!isAction(action)) return refuse(response, 404, 'not-found', 'Unknown action.');
    const choice = ticketActionSchemas[action].parse(body);
    actions.push({ id, action, body: choice });
    const outcome = tickets.act(id, action, choice);
    if (server.listening && scripted.dropResponses > 0) {
      scripted.dropResponses -= 1;
      response.destroy();
      return;
    }
    if (outcome === 'conflict') {
      const error: ApiError = { code: 'conflict', message: 'The ticket has changed.' };
      const now = tickets.read(id);
      return answer(response, 409, now === undefined ? error : { ...error, detail: now });
    }
    answer(response, 200, outcome);
  }

  function readReport(route: string): object | undefined {
    const { responseTime, cost, quality, budgets, verdicts, deadLetters } = scripted.reports;
    // A run that was started again is no longer a dead letter.
    const remaining = deadLetters.filter(
      ({ ticket }) => !actions.some((done) => done.id === ticket.id && done.action === 'rerun'),
    );
    return {
      'GET /reports/response-time': responseTime,
      'GET /reports/cost': cost,
      'GET /reports/quality': quality,
      'GET /budgets': budgets,
      'GET /verdicts': verdicts,
      'GET /dead-letters': { deadLetters: remaining },
    }[route];
  }

  function setKillSwitch({ site, stopped, reason }: { site: string; stopped: boolean; reason: string }) {
    const { budgets } = scripted.reports;
    const reasonAndName = `${reason} (${session.agent.name})`;
    const sites = budgets.sites.map(({ stopped: before, ...known }) => {
      if (site !== known.id && site !== 'all') return before === undefined ? known : { ...known, stopped: before };
      if (!stopped) return { ...known, verdict: 'ok' as const };
      const by = site === 'all' ? ('all' as const) : ('site' as const);
      return { ...known, verdict: 'stopped' as const, stopped: { by, reason: reasonAndName } };
    });
    scripted.reports = {
      ...scripted.reports,
      budgets: site === 'all' && stopped ? { sites, everySite: { reason: reasonAndName } } : { sites },
    };
  }

  /** In two pieces. */
  async function write(response: ServerResponse, task: WritingTask) {
    scripted.writingTasks.push(task);
    response.writeHead(200, { 'content-type': 'application/x-ndjson' });
    const line = (event: WritingEvent) => response.write(`${JSON.stringify(event)}\n`);
    line({ text: `${task.task}: ` });
    await scripted.holdWriting;
    line({ text: task.text });
    line({ done: true });
    response.end();
  }

  function signIn(response: ServerResponse) {
    signedOut = false;
    response.setHeader('set-cookie', `${COOKIE}; Path=/; HttpOnly; SameSite=Lax`);
    answer(response, 200, session satisfies SessionView);
  }

  const usedPort = await listenLocally(server, port);
  const scripted: ScriptedServer = {
    files,
    url: `http://127.0.0.1:${usedPort}`,
    tickets,
    conversations,
    feed,
    replays,
    webhooks,
    benchmarks,
    evaluations,
    alerts: NO_ALERTS,
    reports: shopReports(
      Date.now(),
      details.map(({ ticket }) => ticket).filter(({ analysis }) => analysis?.state === 'failed'),
    ),
    reportRequests,
    writingTasks: [],
    holdWriting: Promise.resolve(),
    drafts: new Map(),
    actions,
    erasures,
    receivedEvents,
    dropResponses: 0,
    emit: (event, ...payload) => void namespace.emit(event, ...payload),
    connections: () => connections,
    disconnectAll() {
      for (const socket of namespace.sockets.values()) socket.conn.close();
    },
    endConnections() {
      namespace.disconnectSockets(true);
    },
    signOutAll() {
      signedOut = true;
    },
    async close() {
      const closed = io.close();
      // A connection that Chromium opened in advance, and never used, would keep the server open for two minutes.
      server.closeAllConnections();
      await closed;
    },
  };
  return scripted;
}

function isAction(name: string): name is AgentAction {
  return Object.hasOwn(ticketActionSchemas, name);
}

function answer(response: ServerResponse, status: number, body?: unknown) {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

function refuse(response: ServerResponse, status: number, code: ApiError['code'], message: string) {
  answer(response, status, { code, message } satisfies ApiError);
}
