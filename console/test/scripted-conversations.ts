/** The conversation routes of the scripted server. Search compares whole words. */

import type { ApiError } from '@firstword/shared/console-wire';
import type {
  ConversationCalls,
  ConversationDetail,
  ConversationList,
  FoundText,
} from '@firstword/shared/conversation-records';
import { conversationListQuerySchema, conversationQuerySchema } from '@firstword/shared/conversation-records';

export interface ScriptedConversations {
  /** Newest first; tests may replace them. */
  details: ConversationDetail[];
  /** How the database is: while it is away, every request is refused. */
  away: boolean;
  /** Queries of lists, in order. */
  readonly requests: string[];
  list(url: URL): ConversationList;
  /** Undefined for other routes. */
  answer(route: string, url: URL): Answer | undefined;
}

type Answer = readonly [status: number, body: ConversationList | ConversationDetail | ConversationCalls | ApiError];

const DAY_MS = 24 * 60 * 60 * 1000;
const SITES = [
  { id: 'demo', name: 'Wendleby' },
  { id: 'workshop', name: 'Wendleby Workshop' },
];

export function createScriptedConversations(given: ConversationDetail[]): ScriptedConversations {
  const requests: string[] = [];
  const list = (url: URL): ConversationList => {
    const query = conversationListQuerySchema.parse(Object.fromEntries(url.searchParams));
    const { site, q, responder, ticket, rated, from, to, cursor, limit } = query;
    const found = scripted.details.filter(
      ({ conversation, messages }) =>
        (site === undefined || conversation.siteId === site) &&
        (responder === undefined || conversation.responder === responder) &&
        (ticket === undefined || (ticket === 'with') === (conversation.ticketId !== undefined)) &&
        (rated === undefined || conversation.ratings[rated] > 0) &&
        (from === undefined || conversation.lastAt >= Date.parse(from)) &&
        (to === undefined || conversation.lastAt < Date.parse(to) + DAY_MS) &&
        (q === undefined ||
          `${conversation.name} ${conversation.email} ${conversation.id}`.toLowerCase().includes(q.toLowerCase()) ||
          messages.some(({ text }) => matchOf(text, q) !== undefined)),
    );
    const start = Number(cursor ?? 0);
    return {
      conversations: found.slice(start, start + limit).map(({ conversation, messages }) => {
        const [match] = messages.flatMap(({ seq, text }) => {
          const part = q === undefined ? undefined : matchOf(text, q);
          return part === undefined ? [] : [{ seq, ...part }];
        });
        return match === undefined ? conversation : { ...conversation, match };
      }),
      ...(found.length > start + limit ? { next: String(start + limit) } : {}),
      sites: SITES,
    };
  };

  const detail = (known: ConversationDetail, url: URL): ConversationDetail => {
    const { before = Number.POSITIVE_INFINITY, limit } = conversationQuerySchema.parse(
      Object.fromEntries(url.searchParams),
    );
    const all = known.messages.filter(({ seq }) => seq < before);
    return { ...known, messages: all.slice(-limit), earlier: all.length > limit };
  };

  const scripted: ScriptedConversations = {
    details: given,
    away: false,
    requests,
    list,
    answer(route, url) {
      const [, id, calls] = /^GET \/conversations(?:\/([^/]+)(\/calls)?)?$/.exec(route) ?? [undefined];
      if (!route.startsWith('GET /conversations')) return undefined;
      if (id === undefined) requests.push(url.search);
      if (scripted.away)
        return [503, { code: 'unavailable', message: 'The database does not answer.', retryAfterMs: 1 }];
      if (id === undefined) return [200, list(url)];
      const known = scripted.details.find(({ conversation }) => conversation.id === id);
      if (known === undefined) return [404, { code: 'not-found', message: 'This conversation does not exist.' }];
      return [200, calls === undefined ? detail(known, url) : callsOf(known)];
    },
  };
  return scripted;
}

function matchOf(text: string, q: string): Omit<FoundText, 'seq'> | undefined {
  const start = text.toLowerCase().search(new RegExp(`(?<![a-z])${q.toLowerCase()}(?![a-z])`));
  if (start === -1) return undefined;
  return { excerpt: text.slice(0, 160), marks: [[start, start + q.length]] };
}

function callsOf({ messages }: ConversationDetail): ConversationCalls {
  const turns = messages.flatMap(({ turnId, at }) => (turnId === undefined ? [] : [{ turnId, at }]));
  return {
    calls: turns.map(({ turnId, at }) => ({
      ...{ turnId, purpose: 'answer', role: 'first', tier: 'fast', region: 'eu-central', modelId: 'deepseek-v4-flash' },
      ...{
        startedAt: at,
        ttftMs: 184,
        totalMs: 910,
        promptTokens: 1240,
        completionTokens: 96,
        estimated: false,
        masked: 2,
      },
      ...{
        outcome: 'done',
        costKnown: 'full' as const,
        costUsd: 0.00004,
        why: 'fast tier, eu-central: first in order',
      },
    })),
    conversation: { usd: turns.length * 0.00004, atLeast: false, callsOfUnknownPrice: 0 },
  };
}
