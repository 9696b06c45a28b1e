/**
 * The archive in memory, for unit tests. Search compares whole words, without stems. It has no tickets, visits and model calls, so
 * it can't filter by reason, topic, speed and tier.
 */
import type { PreChatAnswers } from '@firstword/shared/console-wire';
import type { ConversationDetail, ConversationSummary, FoundText } from '@firstword/shared/conversation-records';
import { cutText } from '@firstword/shared/cut-text';
import type { VisitorProfile } from '@firstword/shared/visitor-profile';
import type { Message } from '@firstword/shared/wire';
import {
  type ArchiveChange,
  type ConversationArchive,
  type ConversationFilter,
  FIRST_LINE_MAX,
} from './conversation-archive.ts';
import { type Position, readCursor, toPage } from './page-cursor.ts';
import { excerptOf } from './search-excerpt.ts';
import { storedText } from './stored-text.ts';

interface Kept {
  summary: ConversationSummary;
  preChat: PreChatAnswers | undefined;
  profile: VisitorProfile | undefined;
  region: string | undefined;
  identified: boolean | undefined;
  readonly messages: Map<number, Message>;
  readonly ratings: Map<string, ConversationDetail['ratings'][number]>;
}

export function createMemoryConversationArchive(): ConversationArchive {
  const kept = new Map<string, Kept>();
  const erased = new Map<string, number>();

  const erase = (id: string, at: number) => {
    kept.delete(id);
    erased.set(id, at);
  };
  const detailOf = ({ summary, preChat, profile, ratings, region, identified }: Kept) => ({
    conversation: summary,
    ratings: [...ratings.values()],
    ...(preChat === undefined ? {} : { preChat }),
    ...(profile === undefined ? {} : { profile }),
    ...(region === undefined ? {} : { region }),
    ...(identified === undefined ? {} : { identified }),
  });
  const ofVisitor = (siteId: string, visitorId: string) =>
    [...kept.values()]
      .filter(({ summary }) => summary.siteId === siteId && summary.visitorId === visitorId)
      .sort((one, other) => one.summary.startedAt - other.summary.startedAt);
  const readBefore = (id: string, beforeSeq: number, limit: number) => {
    const before = inOrder(kept.get(id)).filter(({ seq }) => seq < beforeSeq);
    return limit > 0 ? before.slice(-limit) : [];
  };

  return {
    async write(changes) {
      for (const change of changes) {
        const { conversationId: id } = change;
        if (erased.has(id)) continue;
        if (change.type === 'erased') erase(id, change.at);
        else kept.set(id, applyChange(kept.get(id) ?? emptyOf(change), change));
      }
    },
    async list({ siteIds, limit, cursor, q, responder, ticket, visitorId, from, to, liveSince, ...traits }) {
      const found = [...kept.values()].filter(
        (each) =>
          siteIds.includes(each.summary.siteId) &&
          each.summary.lastSeq > 0 &&
          (responder === undefined || each.summary.responder === responder) &&
          (ticket === undefined || (ticket === 'with') === (each.summary.ticketId !== undefined)) &&
          hasTraits(each, traits) &&
          (liveSince === undefined || (each.summary.lastAt >= liveSince && each.summary.responder !== 'closed')) &&
          (visitorId === undefined || each.summary.visitorId === visitorId) &&
          (from === undefined || each.summary.lastAt >= from) &&
          (to === undefined || each.summary.lastAt < to) &&
          (q === undefined || isNamed(each.summary, q) || inOrder(each).some(({ text }) => hasWords(text, q))),
      );
      const { page, ...next } = pageOf(
        found.map(({ summary }) => summary),
        limit,
        cursor,
        ({ lastAt, id }) => [lastAt, id, 0],
      );
      const withMatch = (summary: ConversationSummary) => {
        const match = q === undefined ? undefined : matchOf(inOrder(kept.get(summary.id)), q);
        return match === undefined ? summary : { ...summary, match };
      };
      return { conversations: page.map(withMatch), ...next };
    },
    async searchMessages({ siteIds, q, limit, cursor }) {
      const found = [...kept.values()]
        .filter(({ summary }) => siteIds.includes(summary.siteId))
        .flatMap((each) =>
          inOrder(each).map((message) => ({
            conversationId: each.summary.id,
            siteId: each.summary.siteId,
            message,
          })),
        )
        .filter(({ message }) => hasWords(message.text, q));
      const { page, ...next } = pageOf(found, limit, cursor, ({ conversationId, message }) => [
        message.at,
        conversationId,
        message.seq,
      ]);
      return { messages: page, ...next };
    },
    async find(id, siteIds, { before = Number.POSITIVE_INFINITY, limit }) {
      const found = kept.get(id);
      if (found === undefined || !siteIds.includes(found.summary.siteId)) return undefined;
      const messages = readBefore(id, before, limit);
      const first = messages[0]?.seq ?? before;
      return { ...detailOf(found), messages, earlier: inOrder(found).some(({ seq }) => seq < first) };
    },
    async readAfter(id, afterSeq, limit) {
      return inOrder(kept.get(id))
        .filter(({ seq }) => seq > afterSeq)
        .slice(0, limit);
    },
    readBefore: async (id, beforeSeq, limit) => readBefore(id, beforeSeq, limit),

    async completeIds(ids) {
      const found = ids.map((id) => [id, inOrder(kept.get(id))] as const);
      const complete = found.filter(([, messages]) => messages.length > 0 && messages.at(-1)?.seq === messages.length);
      return new Map(complete.map(([id, messages]) => [id, messages.map((message) => message.id)]));
    },
    async readTail(id, limit) {
      const found = kept.get(id);
      const messages = readBefore(id, Number.POSITIVE_INFINITY, limit);
      const { satisfaction } = found?.summary ?? {};
      return {
        messages,
        earlier: inOrder(found)
          .slice(0, -limit)
          .map(({ seq, id: messageId, from, text }) => ({ seq, id: messageId, from, text })),
        ratings: [
          ...[...(found?.ratings.values() ?? [])].map((rating) => ({ of: 'message' as const, ...rating })),
          ...(satisfaction === undefined ? [] : [{ of: 'conversation' as const, ...satisfaction }]),
        ],
      };
    },

    async conversationsOf({ siteIds, visitorId, email }) {
      return [...kept.values()]
        .map(({ summary }) => summary)
        .filter(({ siteId }) => siteIds.includes(siteId))
        .filter(
          (summary) =>
            (visitorId !== undefined && summary.visitorId === visitorId) ||
            (email !== undefined && summary.email?.toLowerCase() === email.toLowerCase()),
        )
        .map((summary) => ({ conversationId: summary.id, siteId: summary.siteId, visitorId: summary.visitorId }));
    },
    async *exportVisitor(siteId, visitorId) {
      for (const each of ofVisitor(siteId, visitorId)) yield { detail: detailOf(each), messages: inOrder(each) };
    },
    async eraseVisitor(siteId, visitorId, at) {
      const ids = ofVisitor(siteId, visitorId).map(({ summary }) => summary.id);
      for (const id of ids) erase(id, at);
      return ids;
    },
    async listInactive(siteId, before, { limit, cursor }) {
      const after = cursor === undefined ? undefined : readCursor(cursor);
      const old = [...kept.values()]
        .filter(({ summary }) => summary.siteId === siteId && summary.lastAt < before)
        .map(({ summary }): Position => [summary.lastAt, summary.id, 0])
        .sort(compare)
        .filter((position) => after === undefined || compare(position, after) > 0);
      const { page, ...next } = toPage(old, limit, (position) => position);
      return { ids: page.map(([, id]) => id), ...next };
    },
    async forgetErased(before) {
      for (const [id, at] of erased) if (at < before) erased.delete(id);
    },
  };
}

const inOrder = (conversation: Kept | undefined) =>
  [...(conversation?.messages.values() ?? [])].sort((one, other) => one.seq - other.seq);

function emptyOf({ conversationId: id, siteId, at }: ArchiveChange): Kept {
  const counts = { lastSeq: 0, ratings: { up: 0, down: 0 } };
  const summary = { id, siteId, startedAt: at, lastAt: at, firstLine: '', responder: 'assistant' as const, ...counts };
  return {
    summary,
    preChat: undefined,
    profile: undefined,
    region: undefined,
    identified: undefined,
    messages: new Map(),
    ratings: new Map(),
  };
}

function applyChange(kept: Kept, change: ArchiveChange): Kept {
  const { visitorId, locale, ticketId } = change;
  const known = {
    ...(visitorId === undefined ? {} : { visitorId }),
    ...(locale === undefined ? {} : { locale }),
    ...(ticketId === undefined ? {} : { ticketId }),
  };
  const withSummary = (more: Partial<ConversationSummary>): Kept => ({
    ...kept,
    summary: { ...kept.summary, ...known, ...more },
  });
  switch (change.type) {
    case 'message': {
      const { region = kept.region, identified = kept.identified } = change;
      const message = { ...change.message, text: storedText(change.message.text) };
      if (!kept.messages.has(message.seq)) kept.messages.set(message.seq, message);
      const { firstLine, lastSeq, lastAt } = kept.summary;
      const withMessage = withSummary({
        ...(message.seq > lastSeq ? { lastSeq: message.seq, lastAt: message.at } : { lastSeq, lastAt }),
        firstLine: firstLine === '' && message.from === 'visitor' ? cutText(message.text, FIRST_LINE_MAX) : firstLine,
      });
      return { ...withMessage, region, identified };
    }
    case 'visitor': {
      const preChat = { ...kept.preChat, ...change.preChat };
      return { ...withSummary(kept.profile === undefined ? namesOf(preChat) : {}), preChat };
    }
    case 'identified': {
      const { profile } = change;
      const { name: _, email: __, ...summary } = { ...kept.summary, ...known };
      return { ...kept, summary: { ...summary, ...namesOf(profile), verified: true }, profile };
    }
    case 'responder':
      return withSummary({ responder: change.responder });
    case 'message-rated': {
      const { messageId, value, reason } = change;
      kept.ratings.set(messageId, { messageId, value, ...(reason ? { reason } : {}) });
      const count = (rated: string) => [...kept.ratings.values()].filter((rating) => rating.value === rated).length;
      return withSummary({ ratings: { up: count('up'), down: count('down') } });
    }
    case 'conversation-rated': {
      const { score, comment } = change;
      return withSummary({ satisfaction: { score, ...(comment ? { comment: storedText(comment) } : {}) } });
    }
    default:
      return withSummary({});
  }
}

function namesOf({ name, email }: { name?: string; email?: string }) {
  return {
    ...(name === undefined ? {} : { name: storedText(name) }),
    ...(email === undefined ? {} : { email: storedText(email) }),
  };
}

function hasTraits(
  { summary, profile, messages }: Kept,
  {
    rated,
    verified,
    unsupported,
    language,
  }: Pick<ConversationFilter, 'rated' | 'verified' | 'unsupported' | 'language'>,
): boolean {
  return (
    (rated === undefined || summary.ratings[rated] > 0) &&
    (verified === undefined || profile !== undefined) &&
    (unsupported === undefined || [...messages.values()].some((message) => message.unsupported !== undefined)) &&
    (language === undefined || summary.locale?.toLowerCase().split('-')[0] === language)
  );
}

function isNamed({ name = '', email = '', id, visitorId = '' }: ConversationSummary, q: string): boolean {
  return `${name} ${email} ${id} ${visitorId}`.toLowerCase().includes(q.toLowerCase());
}

const folded = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
const wordsOf = (text: string) => text.split(/[^\p{L}\p{M}\p{N}]+/u).filter(Boolean);

function hasWords(text: string, q: string): boolean {
  const words = new Set(wordsOf(text).map(folded));
  const asked = wordsOf(q).map(folded);
  return asked.length > 0 && asked.every((word) => words.has(word));
}

function matchOf(messages: readonly Message[], q: string): FoundText | undefined {
  const found = messages.find(({ text }) => hasWords(text, q));
  if (found === undefined) return undefined;
  const asked = new Set(wordsOf(q).map(folded));
  const words = wordsOf(found.text).filter((word) => asked.has(folded(word)));
  const excerpt = excerptOf(found.text, { words, parts: [] });
  return excerpt === undefined ? undefined : { seq: found.seq, ...excerpt };
}

function pageOf<Row>(rows: Row[], limit: number, cursor: string | undefined, positionOf: (row: Row) => Position) {
  const sorted = rows.toSorted((one, other) => compare(positionOf(other), positionOf(one)));
  const after = cursor === undefined ? undefined : readCursor(cursor);
  const rest = after === undefined ? sorted : sorted.filter((row) => compare(positionOf(row), after) < 0);
  return toPage(rest, limit, positionOf);
}

function compare(one: Position, other: Position): number {
  return one[0] - other[0] || (one[1] === other[1] ? one[2] - other[2] : one[1] < other[1] ? -1 : 1);
}
