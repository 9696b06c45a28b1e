/** Tickets in memory, for unit tests. It has no conversations: it searches names only, and filters by the tickets' own traits. */
import type { TicketNote } from '@firstword/shared/console-wire';
import type { Handling, TicketEvent } from '@firstword/shared/ticket';
import { type CountedView, isInView } from '@firstword/shared/ticket-views';
import { listTickets, searchAnalyses } from './memory-ticket-search.ts';
import { hasEnded, type RunRecord, type TicketRecord, ticketIdOfRun } from './ticket-record.ts';
import type {
  Committed,
  TicketConversation,
  TicketDelivery,
  TicketStore,
  TicketTransaction,
  TicketWork,
  UndeliveredChange,
} from './ticket-store.ts';

interface Kept {
  record: TicketRecord;
  dueAt: number | undefined;
  readonly events: TicketEvent[];
  readonly notes: TicketNote[];
  readonly runs: Map<string, { record: RunRecord; lookedAt: number }>;
  readonly effects: Map<string, string>;
}

export function createMemoryTicketStore(): TicketStore {
  const conversations = new Map<string, TicketConversation>();
  const tickets = new Map<string, Kept>();
  const numbers = new Map<string, number>();
  /** Whose turn was last, in order. */
  const turns = new Map<string, number>();
  const outbox = new Map<string, { readonly ticketId: string; readonly at: number }>();
  let changes = 0;
  /** Transactions run one after another. */
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const run = last.then(work, work);
    last = run.catch(() => {});
    return run;
  };
  const runsOf = (ticketId: string) =>
    [...(tickets.get(ticketId)?.runs.values() ?? [])]
      .map(({ record }) => record)
      .sort((one, other) => one.run.number - other.run.number);

  const deliveryOf = (ticketId: string): TicketDelivery | undefined => {
    const changed = tickets.get(ticketId)?.record;
    const conversation = changed && conversations.get(changed.ticket.conversationId);
    if (changed === undefined || conversation === undefined) return undefined;
    return { conversation, changed, open: tickets.get(conversation.open ?? '')?.record };
  };

  const run = async <Result>(
    conversation: TicketConversation,
    work: TicketWork<Result>,
  ): Promise<Committed<Result>> => {
    const saved: { readonly id: string; readonly ticketId: string }[] = [];
    const steps: (() => void)[] = [];
    let next: TicketConversation | undefined;
    const transaction: TicketTransaction = {
      conversation,
      load: async (ticketId) => tickets.get(ticketId)?.record,
      runs: async (ticketId) => runsOf(ticketId),
      usedBy: async (ticketId, key) => tickets.get(ticketId)?.effects.get(key),
      nextNumber: async () => {
        const number = (numbers.get(conversation.siteId) ?? 0) + 1;
        steps.push(() => void numbers.set(conversation.siteId, number));
        return number;
      },
      async keepNumbers(last) {
        const { siteId } = conversation;
        steps.push(() => void numbers.set(siteId, Math.max(last, numbers.get(siteId) ?? 0)));
      },
      async takeTurn(agentIds, maxOpen) {
        const openOf = (agentId: string) => listed().filter((ticket) => isInView(ticket, 'mine', agentId)).length;
        const [next] = agentIds
          .map((id) => ({ id, open: openOf(id), turn: turns.get(id) ?? 0 }))
          .filter(({ open }) => open < maxOpen)
          .sort((one, other) => one.open - other.open || one.turn - other.turn || (one.id < other.id ? -1 : 1));
        if (next !== undefined) steps.push(() => void turns.set(next.id, ++changes));
        return next?.id;
      },
      async save({ record, events = [], notes = [], runs = [], dueAt }) {
        const ticketId = record.ticket.id;
        next ??= conversation;
        const id = String(++changes);
        saved.push({ id, ticketId });
        steps.push(() => {
          const kept: Kept = tickets.get(ticketId) ?? {
            ...{ record, dueAt, events: [], notes: [], runs: new Map(), effects: new Map() },
          };
          tickets.set(ticketId, kept);
          kept.record = record;
          kept.dueAt = dueAt;
          kept.events.push(...events);
          kept.notes.push(...notes);
          for (const changed of runs) kept.runs.set(changed.run.id, { record: changed, lookedAt: changed.queuedAt });
          outbox.set(id, { ticketId, at: Date.now() });
        });
      },
      use: (ticketId, { key, action }) => void steps.push(() => void tickets.get(ticketId)?.effects.set(key, action)),
      update(change) {
        next = { ...(next ?? conversation), ...change };
      },
    };
    const result = await work(transaction);
    for (const step of steps) step();
    if (next !== undefined)
      conversations.set(conversation.id, { ...next, revision: Math.max(conversation.revision + 1, Date.now()) });
    const undelivered = saved.flatMap(({ id, ticketId }): UndeliveredChange[] => {
      const delivery = deliveryOf(ticketId);
      return delivery === undefined ? [] : [{ id, ...delivery }];
    });
    return { result, undelivered };
  };

  const records = () => [...tickets.values()].map(({ record }) => record);
  const listed = () => records().map(({ ticket }) => ticket);

  return {
    transaction: ({ id, siteId }, work) =>
      inTurn(() =>
        run(
          conversations.get(id) ?? {
            ...{ id, siteId, responder: 'assistant', open: undefined, last: undefined, handOffs: 0, revision: 0 },
          },
          work,
        ),
      ),
    transactionOf: (ticketId, work) =>
      inTurn(async () => {
        const conversation = conversations.get(tickets.get(ticketId)?.record.ticket.conversationId ?? '');
        return conversation && run(conversation, work);
      }),
    find: async (ticketId) => tickets.get(ticketId)?.record,
    events: async (ticketId) => [...(tickets.get(ticketId)?.events ?? [])],
    notes: async (ticketId) => [...(tickets.get(ticketId)?.notes ?? [])],
    runs: async (ticketId) => runsOf(ticketId),
    run: async (runId) => tickets.get(ticketIdOfRun(runId))?.runs.get(runId)?.record,

    list: async (query) => listTickets(records(), query),
    count: async (filter, max) => listTickets(records(), { ...filter, limit: max }).tickets.length,
    async tags(siteIds) {
      const counts = new Map<string, number>();
      for (const { siteId, tags = [] } of listed())
        if (siteIds.includes(siteId)) for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
      return [...counts]
        .sort(([one, ones], [other, others]) => others - ones || (one < other ? -1 : 1))
        .map(([tag]) => tag);
    },

    searchAnalyses: async (siteIds, q, limit) =>
      searchAnalyses(
        records().map(({ ticket }) => ({ ticket, run: runsOf(ticket.id).at(-1)?.run })),
        siteIds,
        q,
        limit,
      ),
    async counts(agentId, siteIds) {
      const count = (view: CountedView) =>
        listed().filter((ticket) => isInView(ticket, view, agentId) && (siteIds?.includes(ticket.siteId) ?? true))
          .length;
      return {
        ...{ review: count('review'), mine: count('mine'), unassigned: count('unassigned'), open: count('open') },
        ...{ waiting: count('waiting'), snoozed: count('snoozed'), done: count('done') },
      };
    },
    async due(now, limit, after) {
      return [...tickets]
        .flatMap(([ticketId, { dueAt }]) => (dueAt === undefined || dueAt > now ? [] : [{ ticketId, at: dueAt }]))
        .sort((one, other) => one.at - other.at || (one.ticketId < other.ticketId ? -1 : 1))
        .filter(
          ({ at, ticketId }) => after === undefined || at > after.at || (at === after.at && ticketId > after.ticketId),
        )
        .slice(0, limit);
    },
    async takeUnfinishedRuns(before, now, limit) {
      const taken = [...tickets.values()]
        .flatMap(({ runs }) => [...runs.values()])
        .filter(({ record, lookedAt }) => !hasEnded(record.run) && lookedAt <= before)
        .sort((one, other) => one.lookedAt - other.lookedAt)
        .slice(0, limit);
      for (const each of taken) each.lookedAt = now;
      return taken.map(({ record }) => record.run.id);
    },
    async confusion(siteIds) {
      const counts = new Map<string, { from: Handling; to: Handling; count: number }>();
      for (const { record } of tickets.values()) {
        const { handling: from, correctedTo: to } = record.inner.verdict ?? {};
        if (from === undefined || to === undefined || !siteIds.includes(record.ticket.siteId)) continue;
        const key = `${from}>${to}`;
        counts.set(key, { from, to, count: (counts.get(key)?.count ?? 0) + 1 });
      }
      return [...counts].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, each]) => each);
    },
    async corrected(siteIds, limit) {
      return [...tickets.values()]
        .map(({ record }) => record)
        .filter(({ ticket, inner }) => inner.correctedAt !== undefined && siteIds.includes(ticket.siteId))
        .sort((one, other) => (other.inner.correctedAt ?? 0) - (one.inner.correctedAt ?? 0))
        .slice(0, limit);
    },
    delivery: async (ticketId) => deliveryOf(ticketId),
    async markDelivered(delivered) {
      for (const { id } of delivered) outbox.delete(id);
    },
    async deliverOld(minAgeMs, limit, deliver) {
      const old = [...outbox].filter(([, { at }]) => at < Date.now() - minAgeMs).slice(0, limit);
      for (const ticketId of new Set(old.map(([, change]) => change.ticketId))) await deliver(ticketId);
      for (const [id] of old) outbox.delete(id);
      return old.length;
    },
    async ofConversation(conversationId) {
      return [...tickets.values()]
        .map(({ record }) => record.ticket)
        .filter((ticket) => ticket.conversationId === conversationId)
        .sort((one, other) => one.number - other.number);
    },
    async withEmail(email, siteIds) {
      return [...tickets.values()]
        .map(({ record }) => record.ticket)
        .filter((ticket) => siteIds.includes(ticket.siteId) && ticket.email?.toLowerCase() === email.toLowerCase());
    },
    async forget(conversationId) {
      conversations.delete(conversationId);
      for (const [ticketId, { record }] of tickets)
        if (record.ticket.conversationId === conversationId) tickets.delete(ticketId);
    },
  };
}
