/** The agents' side of a server on a real port: REST, console socket, tickets, over one Redis. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TicketDetail } from '@firstword/shared/console-wire';
import type { Ticket } from '@firstword/shared/ticket';
import type { Message } from '@firstword/shared/wire';
import express, { type Router } from 'express';
import type { Redis } from 'ioredis';
import { type Agents, createAgents } from '../../src/agents/agents.ts';
import { type ApiTokens, createApiTokens } from '../../src/agents/api-tokens.ts';
import { createPasswords, type Passwords } from '../../src/agents/passwords.ts';
import { createSessionCookie } from '../../src/agents/session-cookie.ts';
import { createApi } from '../../src/http/api.ts';
import type { ConversationPort } from '../../src/http/api-conversation-port.ts';
import type { BudgetSettings } from '../../src/ledger/budgets.ts';
import { createFeltTtft, type FeltTtft } from '../../src/ledger/felt-ttft.ts';
import { createKillSwitch, type KillSwitch } from '../../src/ledger/kill-switch.ts';
import { createReports } from '../../src/ledger/reports.ts';
import { createVisits } from '../../src/ledger/visits.ts';
import { connectRedis } from '../../src/lib/redis.ts';
import { createTokenHash } from '../../src/lib/tokens.ts';
import { type ConsoleNamespace, createConsoleNamespace } from '../../src/realtime/console-namespace.ts';
import { createPresence } from '../../src/realtime/console-presence.ts';
import { createSocketServer } from '../../src/realtime/socket-server.ts';
import { createConversationStore } from '../../src/store/conversation-store.ts';
import { createRedisKeys, type RedisKeys } from '../../src/store/keys.ts';
import { createPreChatStore, type PreChatStore } from '../../src/store/pre-chat-store.ts';
import { createReadMarks, type ReadMarks } from '../../src/store/read-marks.ts';
import type { DeadLetter } from '../../src/tickets/analysis-queue.ts';
import type { Tickets } from '../../src/tickets/ticket-types.ts';
import { createTickets } from '../../src/tickets/tickets.ts';
import { silentLog, type TestRedis } from './private-redis.ts';

export const EMAIL = 'agent@shop.example';
export const PASSWORD = 'a long enough password';
/** The real cost would make every sign-in of a test a quarter of a second. */
const CHEAP = { N: 16, r: 1, p: 1 };

export interface Desk {
  readonly url: string;
  readonly api: Router;
  readonly origin: string;
  /** Desks with one prefix are processes of one installation. */
  readonly prefix: string;
  readonly redis: Redis;
  readonly keys: RedisKeys;
  readonly agents: Agents;
  readonly apiTokens: ApiTokens;
  readonly tickets: Tickets;
  readonly namespace: ConsoleNamespace;
  readonly preChat: PreChatStore;
  readonly readMarks: ReadMarks;
  readonly felt: FeltTtft;
  readonly killSwitch: KillSwitch;
  /** What the queue gave up. */
  readonly deadLetters: DeadLetter[];
  /** Passwords checked so far. */
  readonly checked: () => number;
  /** What the visitors were told, as viewers heard of it. */
  readonly published: Message[];
  readonly mailed: { ticketId: string; text: string }[];
  readonly typed: { conversationId: string; on: boolean }[];
  /** A browser without cookies yet. */
  openPage(): Page;
  /** A browser of an agent who has just signed in. */
  signIn(email?: string, role?: 'admin' | 'agent'): Promise<Page>;
  /** A ticket of a visitor who has said one thing. */
  openTicket(): Promise<Ticket>;
  close(): Promise<void>;
}

export interface Answer<Body = Record<string, unknown>> {
  readonly status: number;
  readonly body: Body;
  readonly headers: Headers;
}

export interface Page {
  readonly cookie: () => string;
  readonly csrf: () => string;
  request<Body = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string | undefined>,
  ): Promise<Answer<Body>>;
  act(ticket: Ticket, action: string, body?: object): Promise<Answer<TicketDetail>>;
}

export async function startDesk(
  server: TestRedis,
  parts: {
    prefix?: string;
    publicHttps?: boolean;
    now?: () => number;
    passwords?: Passwords;
    tickMs?: number;
    budgets?: Partial<BudgetSettings>;
  } = {},
): Promise<Desk> {
  const redis = await server.connect();
  const subscriber = await connectRedis(server.url, 'waiting', silentLog);
  const prefix = parts.prefix ?? `test-${randomUUID()}`;
  const keys = createRedisKeys(prefix);
  const now = parts.now ?? Date.now;
  const cheap = createPasswords(CHEAP);
  let checked = 0;
  const passwords: Passwords = parts.passwords ?? {
    ...cheap,
    verify(password, stored) {
      checked += 1;
      return cheap.verify(password, stored);
    },
  };
  const times = { idleSeconds: 12 * 3600, absoluteSeconds: 7 * 24 * 3600 };
  const tokenHash = createTokenHash('a secret of this desk');
  const agents = createAgents({ redis, keys, tokenHash, passwords, times, now });
  const apiTokens = createApiTokens(redis, keys, tokenHash);
  const tickets = createTickets({ redis, subscriber, keys, log: silentLog, now });
  const conversations = createConversationPort(redis, keys);
  const cookie = createSessionCookie(parts.publicHttps ?? false);
  const published: Message[] = [];
  const mailed: Desk['mailed'] = [];
  const typed: Desk['typed'] = [];

  const app = express();
  const http = createServer(app);
  const events = await connectRedis(server.url, 'waiting', silentLog);
  const io = createSocketServer(
    http,
    { publisher: redis, subscriber: events },
    { allowPolling: false, channelPrefix: keys.socketChannels() },
  );
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const { port } = http.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  const isOwnOrigin = (given: string) => given === origin;
  const namespace = createConsoleNamespace(io, {
    agents,
    cookie,
    isOwnOrigin,
    tickets,
    presence: createPresence(redis, keys, 5000),
    onAgentTyping: (conversationId, on) => void typed.push({ conversationId, on }),
    log: silentLog,
    ...(parts.tickMs === undefined ? {} : { tickMs: parts.tickMs }),
  });
  const objective = { withinMs: 400, share: 0.95 };
  const felt = createFeltTtft(
    { redis, keys, log: silentLog, objective, now },
    { flushMs: 60_000, maxWaiting: 100, keepDays: 30 },
  );
  const killSwitch = createKillSwitch(redis, keys, silentLog, 60_000);
  const deadLetters: DeadLetter[] = [];
  const readMarks = createReadMarks(redis, keys);
  const preChat = createPreChatStore(redis, keys);
  const api = createApi({
    sites: new Map([
      ['acme', { name: 'Acme' }],
      ['other', { name: 'Other' }],
    ]),
    felt,
    visits: createVisits({ redis, keys, log: silentLog, now }, 30),
    reports: createReports(redis, keys),
    budgets: { degradeAt: 0.8, stopped: false, sites: {}, ...parts.budgets },
    killSwitch,
    deadLetters: async (limit) => deadLetters.slice(0, limit),
    now,
    agents,
    apiTokens,
    cookie,
    isOwnOrigin,
    mode: 'demo',
    models: ['deepseek-v4-pro', 'our-own'],
    onSignOut: namespace.endSession,
    tickets,
    conversations,
    readMarks,
    preChat,
    redis,
    keys,
    publish: (_conversationId, message) => void published.push(message),
    onReply: (ticket, text) => void mailed.push({ ticketId: ticket.id, text }),
    log: silentLog,
  });
  app.use('/api/v1', api);

  const openPage = () => createPage(`${origin}/api/v1`, origin);
  return {
    url: `${origin}/api/v1`,
    origin,
    api,
    prefix,
    redis,
    keys,
    agents,
    apiTokens,
    tickets,
    namespace,
    readMarks,
    preChat,
    felt,
    killSwitch,
    deadLetters,
    checked: () => checked,
    published,
    mailed,
    typed,
    openPage,
    async signIn(email = EMAIL, role = 'agent') {
      await agents.add({ email, name: email.split('@')[0] ?? email, password: PASSWORD, role });
      const page = openPage();
      const { status } = await page.request('POST', '/session', { email, password: PASSWORD });
      if (status !== 200) throw new Error(`signing in answered ${status}`);
      return page;
    },
    async openTicket() {
      const conversationId = randomUUID();
      const store = createConversationStore(redis, keys, { leaseMs: 60_000, keepDeltasSeconds: 60 });
      const said = { siteId: 'acme', visitorId: 'v', id: randomUUID(), text: 'Where is my lamp?', at: now() };
      await store.append({ ...said, conversationId, turnId: randomUUID() });
      const { ticket } = await tickets.open({
        siteId: 'acme',
        conversationId,
        openedBy: 'assistant',
        reason: 'complex',
        urgency: 'normal',
        firstLine: said.text,
        waitingSince: now(),
        verdict: { handling: 'complex', reasons: ['model'] },
        idempotencyKey: randomUUID(),
        analyse: false,
      });
      return ticket;
    },
    async close() {
      killSwitch.close();
      await felt.close();
      await namespace.close();
      await io.close();
      for (const connection of [events, subscriber]) connection.disconnect();
    },
  };
}

/** Stores a reply in the log as the conversation room does, once for each id. */
function createConversationPort(redis: Redis, keys: RedisKeys): ConversationPort {
  const said = new Map<string, { conversationId: string; stored: Promise<Message> }>();
  const store = createConversationStore(redis, keys, { leaseMs: 60_000, keepDeltasSeconds: 60 });
  const append = async (conversationId: string, message: Omit<Message, 'seq'>) => {
    const seq = await redis.hincrby(keys.head(conversationId), 'seq', 1);
    await redis.xadd(keys.log(conversationId), `${seq}-0`, 'm', JSON.stringify(message));
    return { ...message, seq };
  };
  return {
    snapshot: store.snapshot,
    async reply({ conversationId, id, text, agent }) {
      const known = said.get(id);
      if (known !== undefined) {
        const message = await known.stored;
        const same = message.text === text && known.conversationId === conversationId;
        return same ? { kind: 'known', seq: message.seq, message } : { kind: 'conflict' };
      }
      const stored = append(conversationId, { id, from: 'agent', text, at: Date.now(), agent });
      said.set(id, { conversationId, stored });
      const message = await stored;
      return { kind: 'stored', seq: message.seq, message };
    },
  };
}

function createPage(url: string, origin: string): Page {
  let cookie = '';
  let csrf = '';
  const request: Page['request'] = async <Body>(
    method: string,
    path: string,
    body?: unknown,
    changes: Record<string, string | undefined> = {},
  ) => {
    const headers = {
      ...(method === 'GET' ? {} : { origin, 'x-csrf-token': csrf }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      cookie,
      ...changes,
    };
    const response = await fetch(`${url}${path}`, {
      method,
      headers: Object.entries(headers).filter((pair): pair is [string, string] => pair[1] !== undefined),
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    for (const line of response.headers.getSetCookie()) cookie = line.split(';')[0] ?? '';
    const text = await response.text();
    const answer = text === '' ? {} : JSON.parse(text);
    if (typeof answer.csrf === 'string') csrf = answer.csrf;
    return { status: response.status, body: answer as Body, headers: response.headers };
  };
  return {
    cookie: () => cookie,
    csrf: () => csrf,
    request,
    act: (ticket, action, body = {}) =>
      request('POST', `/tickets/${ticket.id}/${action}`, {
        expectedVersion: ticket.version,
        idempotencyKey: randomUUID(),
        ...body,
      }),
  };
}
