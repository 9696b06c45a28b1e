/**
 * The archive in memory, for unit tests. Search compares whole words, without stems. It has no tickets, visits and model calls, so
 * it can't filter by reason, topic, speed and tier.
 */
import type { ConversationSummary } from '@firstword/shared/conversation-records';
import type { ConversationArchive } from './conversation-archive.ts';
import { hasTraits, hasWords, isNamed, matchOf } from './memory-archive-search.ts';
import { type Archived, applyChange, emptyOf, inOrder } from './memory-archived.ts';
import { comparePositions, pageOf } from './memory-pages.ts';
import { type Position, readCursor, toPage } from './page-cursor.ts';

export function createMemoryConversationArchive(): ConversationArchive {
  const kept = new Map<string, Archived>();
  const erased = new Map<string, number>();

  const erase = (id: string, at: number) => {
    kept.delete(id);
    erased.set(id, at);
  };
  const detailOf = ({ summary, preChat, profile, ratings, region, identified }: Archived) => ({
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

  const archive: ConversationArchive = {
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
    count: async (filter, max) => (await archive.list({ ...filter, limit: max })).conversations.length,
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
        .sort(comparePositions)
        .filter((position) => after === undefined || comparePositions(position, after) > 0);
      const { page, ...next } = toPage(old, limit, (position) => position);
      return { ids: page.map(([, id]) => id), ...next };
    },
    async forgetErased(before) {
      for (const [id, at] of erased) if (at < before) erased.delete(id);
    },
  };
  return archive;
}
