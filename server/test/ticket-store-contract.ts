/** What every implementation of the ticket store does. */

import { randomUUID } from 'node:crypto';
import { CursorError } from '@firstword/server/records/page-cursor';
import type { RunRecord, TicketRecord } from '@firstword/server/records/ticket-record';
import type { TicketFilter, TicketStore, TicketWrite } from '@firstword/server/records/ticket-store';
import { analysisContentSchema } from '@firstword/shared/analysis';
import type { StoredVerdict, Ticket } from '@firstword/shared/ticket';
import { expect, test } from 'vitest';
import { writtenAnalysis } from './analysis-answer.ts';

const START = Date.UTC(2026, 4, 1);

/** A site of its own for each test, so that they share a store. */
export const newSite = () => `site-${randomUUID().slice(0, 8)}`;

export function ticketOf(siteId: string, more: Partial<Ticket> = {}): Ticket {
  return {
    ...{ id: randomUUID(), number: 1, siteId, conversationId: randomUUID(), state: 'new', version: 1, revision: 1 },
    ...{ reason: 'complex', urgency: 'normal', firstLine: 'Where is my lamp?', openedBy: 'visitor' },
    ...{ openedAt: START, changedAt: START, waitingSince: START, reopened: 0 },
    ...more,
  };
}

export function recordOf(ticket: Ticket, more: Partial<TicketRecord['inner']> = {}): TicketRecord {
  return { ticket, inner: { fence: 1, runs: 0, analyse: true, ...more } };
}

export function save(store: TicketStore, record: TicketRecord, more: Partial<TicketWrite> = {}) {
  const { conversationId: id, siteId } = record.ticket;
  return store.transaction({ id, siteId }, (transaction) => transaction.save({ dueAt: undefined, ...more, record }));
}

export const runOf = ({ id }: Ticket, number: number, more: Partial<RunRecord['run']> = {}): RunRecord => ({
  run: {
    ...{ id: `${id}.${number}`, ticketId: id, number, revision: 1, state: 'queued', trigger: 'hand-off' },
    ...{ createdAt: START, review: { verdict: 'pending' } },
    ...more,
  },
  ...{ fencingToken: 0, queuedAt: START },
});

export function describeTicketStore(storeOf: () => TicketStore): void {
  const listed = async (filter: Partial<TicketFilter>) =>
    (await storeOf().list({ view: 'all', agentId: 'a', limit: 50, ...filter })).tickets.map(({ id }) => id);

  test('a ticket is stored with its history, notes, runs and idempotency keys', async () => {
    const store = storeOf();
    const record = recordOf(ticketOf(newSite()), { verdict: { handling: 'complex', reasons: ['model'] } });
    const { ticket } = record;
    const events = [{ at: START, action: 'open', actor: { kind: 'visitor' }, to: 'new', version: 1 }] as const;
    const notes = [{ at: START, author: 'Ada', text: 'Called the carrier.' }];
    const runs = [runOf(ticket, 2), runOf(ticket, 1, { state: 'failed' })];
    await save(store, record, { events, notes, runs });
    await store.transactionOf(ticket.id, async (transaction) => {
      transaction.use(ticket.id, { key: 'k', action: 'claim' });
    });
    expect(await store.find(ticket.id)).toEqual(record);
    expect(await store.events(ticket.id)).toEqual(events);
    expect(await store.notes(ticket.id)).toEqual(notes);
    expect((await store.runs(ticket.id)).map(({ run }) => run.number)).toEqual([1, 2]);
    expect(await store.run(`${ticket.id}.2`)).toEqual(runs[0]);
    const used = await store.transactionOf(ticket.id, (transaction) => transaction.usedBy(ticket.id, 'k'));
    expect(used?.result).toBe('claim');
  });

  test('what does not exist is undefined or empty', async () => {
    const store = storeOf();
    expect(await store.find('none')).toBeUndefined();
    expect(await store.run('none.1')).toBeUndefined();
    expect(await store.events('none')).toEqual([]);
    expect(await store.delivery('none')).toBeUndefined();
    expect(await store.transactionOf('none', async () => 'ran')).toBeUndefined();
    expect(await listed({ siteIds: [] })).toEqual([]);
  });

  test('a transaction that fails leaves nothing', async () => {
    const store = storeOf();
    const ticket = ticketOf(newSite());
    const failing = store.transaction({ id: ticket.conversationId, siteId: ticket.siteId }, async (transaction) => {
      await transaction.nextNumber();
      await transaction.save({ record: recordOf(ticket), dueAt: undefined });
      throw new Error('in the middle');
    });
    await expect(failing).rejects.toThrow('in the middle');
    expect(await store.find(ticket.id)).toBeUndefined();
    expect(await store.delivery(ticket.id)).toBeUndefined();
  });

  test('transactions of one conversation run one after another, and each sees the one before', async () => {
    const store = storeOf();
    const conversation = { id: randomUUID(), siteId: newSite() };
    const revisions = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const { result } = await store.transaction(conversation, async (transaction) => {
          const { handOffs, revision } = transaction.conversation;
          transaction.update({ handOffs: handOffs + 1 });
          return revision;
        });
        return result;
      }),
    );
    expect(new Set(revisions).size).toBe(8);
    const { result } = await store.transaction(conversation, async (transaction) => transaction.conversation);
    expect(result).toMatchObject({ handOffs: 8, responder: 'assistant' });
    expect(result.revision).toBeGreaterThan(Math.max(...revisions));
  });

  test('numbers count up for each site, also from many transactions, and go on after imported ones', async () => {
    const store = storeOf();
    const siteId = newSite();
    const next = async () => {
      const { result } = await store.transaction({ id: randomUUID(), siteId }, (transaction) =>
        transaction.nextNumber(),
      );
      return result;
    };
    expect((await Promise.all([next(), next(), next()])).sort()).toEqual([1, 2, 3]);
    for (const last of [9, 5])
      await store.transaction({ id: randomUUID(), siteId }, (transaction) => transaction.keepNumbers(last));
    expect(await next()).toBe(10);
  });

  test('a conversation’s responder and open ticket are stored with the change, for delivery', async () => {
    const store = storeOf();
    const record = recordOf(ticketOf(newSite()));
    const { id, conversationId, siteId } = record.ticket;
    const { undelivered } = await store.transaction({ id: conversationId, siteId }, async (transaction) => {
      await transaction.save({ record, dueAt: undefined });
      transaction.update({ responder: 'waiting-agent', open: id, last: id });
    });
    expect(await store.delivery(id)).toMatchObject({
      conversation: { id: conversationId, siteId, responder: 'waiting-agent', open: id, last: id },
      ...{ changed: record, open: record },
    });
    await store.transactionOf(id, async (transaction) => transaction.update({ open: undefined }));
    expect((await store.delivery(id))?.open).toBeUndefined();
    expect(undelivered).toMatchObject([{ changed: record, open: record, conversation: { open: id } }]);
  });

  test('an undelivered change is passed on until it is delivered, and a delivered one never', async () => {
    const store = storeOf();
    const [one, other] = [recordOf(ticketOf(newSite())), recordOf(ticketOf(newSite()))];
    await store.markDelivered((await save(store, other)).undelivered);
    await save(store, one);
    const passed: string[] = [];
    const pass = (minAgeMs: number, fails = false) =>
      store.deliverOld(minAgeMs, 100, async (ticketId) => {
        passed.push(ticketId);
        if (fails && ticketId === one.ticket.id) throw new Error('Redis is away');
      });
    await pass(60_000);
    expect(passed).not.toContain(one.ticket.id);
    await expect(pass(-1, true)).rejects.toThrow('Redis is away');
    await pass(-1);
    expect(passed.filter((id) => id === one.ticket.id)).toHaveLength(2);
    expect(passed).not.toContain(other.ticket.id);
    expect(await pass(-1)).toBe(0);
  });

  test('views are ordered by urgency and waiting time, others by the last change, and counted', async () => {
    const store = storeOf();
    const siteId = newSite();
    const add = async (more: Partial<Ticket>) => {
      const ticket = ticketOf(siteId, more);
      await save(store, recordOf(ticket));
      return ticket.id;
    };
    const normal = await add({ waitingSince: START + 2, changedAt: START + 1 });
    const critical = await add({ waitingSince: START + 9, urgency: 'critical', changedAt: START + 2 });
    const patient = await add({ waitingSince: START + 1, changedAt: START + 3 });
    const mine = await add({ state: 'in-progress', assignee: { id: 'a', name: 'Ada' }, changedAt: START + 4 });
    const snoozed = await add({ state: 'snoozed', assignee: { id: 'a', name: 'Ada' }, changedAt: START + 5 });
    const spam = await add({ state: 'spam', changedAt: START + 6 });
    const siteIds = [siteId];
    expect(await listed({ siteIds, view: 'review' })).toEqual([critical, patient, normal]);
    expect(await listed({ siteIds, view: 'open' })).toEqual([critical, mine, patient, normal]);
    expect(await listed({ siteIds, view: 'mine' })).toEqual([mine]);
    expect(await listed({ siteIds, view: 'unassigned' })).toEqual([critical, patient, normal]);
    expect(await listed({ siteIds, view: 'waiting' })).toEqual([]);
    expect(await listed({ siteIds, view: 'snoozed' })).toEqual([snoozed]);
    expect(await listed({ siteIds, view: 'resolved' })).toEqual([]);
    expect(await listed({ siteIds, view: 'done' })).toEqual([spam, snoozed]);
    expect(await listed({ siteIds, view: 'all' })).toEqual([spam, snoozed, mine, patient, critical, normal]);
    expect(await store.counts('a', siteIds)).toEqual({
      ...{ review: 3, mine: 1, unassigned: 3, open: 4, waiting: 0, snoozed: 1, done: 2 },
    });
    expect(await store.counts('another', siteIds)).toMatchObject({ mine: 0 });
    const count = (filter: Partial<TicketFilter>, max = 100) =>
      store.count({ view: 'open', agentId: 'a', siteIds, ...filter }, max);
    expect([await count({}), await count({}, 2), await count({ urgency: 'critical' })]).toEqual([4, 2, 1]);
    expect([await count({ q: critical }), await count({ q: 'nowhere' }), await count({ siteIds: [] })]).toEqual([
      ...[1, 0, 0],
    ]);
  });

  test('tickets are found by the words of their newest analysis', async () => {
    const store = storeOf();
    const siteIds = [newSite()];
    const [siteId = ''] = siteIds;
    const contentOf = (summary: string) => {
      const { reading, evidence, confidence, reply } = analysisContentSchema.parse(writtenAnalysis());
      return {
        ...{ reading: { ...reading, summary }, evidence: evidence.map((each) => ({ ...each, found: true })) },
        ...{ hypotheses: [], missingInfo: [], policy: [], nextActions: [], dropped: [], flags: [], alreadySaid: '' },
        ...{
          reply: { language: reply.language, text: '', sentences: [] },
          confidence: { ...confidence, band: 'high' as const },
        },
      };
    };
    const ticket = ticketOf(siteId);
    const runs = [
      runOf(ticket, 1, { state: 'completed', content: contentOf('The barometer is broken.') }),
      runOf(ticket, 2, { state: 'completed', content: contentOf('The Café lamp is broken.') }),
    ];
    await save(store, recordOf(ticket), { runs });
    const found = async (q: string, ids = siteIds) =>
      (await store.searchAnalyses(ids, q, 5)).map((each) => each.ticketId);
    expect(await found('lamp broken')).toEqual([ticket.id]);
    expect(await found('barometer')).toEqual([]);
    expect(await found('refund lamp')).toEqual([ticket.id]);
    for (const q of ['lam', "' OR 1=1 --", '%', '\0']) expect([q, await found(q)]).toEqual([q, []]);
    expect(await found('lamp', ['another-site'])).toEqual([]);
  });

  test('tickets are filtered by reason, topic and language', async () => {
    const store = storeOf();
    const siteIds = [newSite()];
    const [siteId = ''] = siteIds;
    const legal = ticketOf(siteId, { reason: 'legal', language: 'de' });
    const complex = ticketOf(siteId, { reason: 'complex', language: 'en' });
    await save(store, recordOf(legal, { verdict: { handling: 'agent', reasons: ['model'], topic: 'Delivery' } }));
    await save(store, recordOf(complex));
    expect(await listed({ siteIds, reason: 'legal' })).toEqual([legal.id]);
    expect(await listed({ siteIds, language: 'en' })).toEqual([complex.id]);
    expect(await listed({ siteIds, topic: 'delivery' })).toEqual([legal.id]);
    expect(await listed({ siteIds, reason: 'complex', language: 'de' })).toEqual([]);
  });

  test('tickets are found by a tag, and the tags of sites are listed, the most frequent first', async () => {
    const store = storeOf();
    const siteId = newSite();
    const both = ticketOf(siteId, { tags: ['vip', 'refund'] });
    const one = ticketOf(siteId, { tags: ['refund'], changedAt: START + 1 });
    for (const ticket of [both, one, ticketOf(siteId)]) await save(store, recordOf(ticket));
    expect(await listed({ siteIds: [siteId], tag: 'refund' })).toEqual([one.id, both.id]);
    expect(await listed({ siteIds: [siteId], tag: 'ref' })).toEqual([]);
    expect(await store.tags([siteId])).toEqual(['refund', 'vip']);
    expect(await store.tags([])).toEqual([]);
  });

  test('tickets are filtered by state, urgency and assignee, and found by first line, address, number and id', async () => {
    const store = storeOf();
    const siteId = newSite();
    const lamp = ticketOf(siteId, { number: 12, email: 'Ada@example.com', urgency: 'high' });
    const refund = ticketOf(siteId, {
      ...{ number: 7, firstLine: '100% refund_please', state: 'resolved', assignee: { id: 'b', name: 'Bob' } },
    });
    for (const ticket of [lamp, refund]) await save(store, recordOf(ticket));
    const siteIds = [siteId];
    expect(await listed({ siteIds, state: 'resolved' })).toEqual([refund.id]);
    expect(await listed({ siteIds, urgency: 'high' })).toEqual([lamp.id]);
    expect(await listed({ siteIds, assigneeId: 'b' })).toEqual([refund.id]);
    for (const q of ['LAMP', 'ada@example', '#12', lamp.id.slice(0, 12)])
      expect([q, await listed({ siteIds, q })]).toEqual([q, [lamp.id]]);
    for (const q of ['0% refund_', '#7']) expect([q, await listed({ siteIds, q })]).toEqual([q, [refund.id]]);
    for (const q of ['%', '_amp', "'; drop table tickets; --", '\\'])
      expect([q, (await listed({ siteIds, q })).includes(lamp.id)]).toEqual([q, false]);
  });

  for (const view of ['open', 'all'] as const)
    test(`the pages of the view ${view} follow each other without gaps and without repeats`, async () => {
      const store = storeOf();
      const siteId = newSite();
      const ids: string[] = [];
      // Equal times, so that only the id orders them.
      for (let index = 0; index < 7; index++) {
        const ticket = ticketOf(siteId, { waitingSince: START + Math.floor(index / 3) });
        ids.push(ticket.id);
        await save(store, recordOf(ticket));
      }
      const found: string[] = [];
      for (let cursor: string | undefined; ; ) {
        const page = await store.list({ view, agentId: 'a', siteIds: [siteId], limit: 2, cursor });
        found.push(...page.tickets.map(({ id }) => id));
        cursor = page.next;
        if (cursor === undefined) break;
      }
      expect(found).toHaveLength(7);
      expect(found.toSorted()).toEqual(ids.toSorted());
      expect(found).toEqual(await listed({ view, siteIds: [siteId] }));
    });

  test.each([
    'x',
    ...[
      [9_000_000_000_000_000, 'a', 0],
      [-1, 'a', 0],
      [1, 'a\0', 0],
      [1, 'a', 3_000_000_000],
    ].map((position) => Buffer.from(JSON.stringify(position)).toString('base64url')),
  ])('the text %s is no cursor, and refused', async (cursor) => {
    for (const view of ['open', 'done'] as const)
      await expect(storeOf().list({ view, agentId: 'a', limit: 2, cursor })).rejects.toThrow(CursorError);
  });

  test('text of a visitor, an agent or a model that PostgreSQL cannot hold is stored without the characters in question', async () => {
    const store = storeOf();
    const siteId = newSite();
    const odd = 'An agent\0 please \ud83d';
    const record = recordOf(ticketOf(siteId, { firstLine: odd, locale: 'en\0' }), {
      verdict: { handling: 'agent', reasons: [], topic: odd },
    });
    const { id } = record.ticket;
    const actor = { kind: 'agent', id: 'a', name: odd } as const;
    await save(store, record, {
      events: [{ at: START, action: 'note', actor, to: 'new', version: 1, reason: odd }],
      notes: [{ at: START, author: 'Ada', text: odd }],
      runs: [runOf(record.ticket, 1, { state: 'failed', problem: odd })],
    });
    expect(await listed({ siteIds: [siteId], q: 'agent' })).toEqual([id]);
    expect((await store.find(id))?.ticket.firstLine).toMatch(/^An agent. please .$/s);
    expect(await store.notes(id)).toHaveLength(1);
    expect(await store.runs(id)).toHaveLength(1);
  });

  test('expired timers are listed a few at a time, each once', async () => {
    const store = storeOf();
    const ids: string[] = [];
    for (const dueAt of [3, 1, 1, 2, 9, undefined]) {
      const ticket = ticketOf(newSite());
      await save(store, recordOf(ticket), { dueAt });
      if (dueAt !== undefined && dueAt < 9) ids.push(ticket.id);
    }
    const found: string[] = [];
    for (let batch = await store.due(3, 3); batch.length > 0; batch = await store.due(3, 3, batch.at(-1)))
      found.push(...batch.map(({ ticketId }) => ticketId));
    expect(found.at(-1)).toBe(ids[0]);
    expect(found.toSorted()).toEqual(ids.toSorted());
  });

  test('turns go to the agent with the fewest open tickets, then to the one whose last turn is longest ago', async () => {
    const store = storeOf();
    const agents = ['one', 'two', 'three'].map((name) => `${name}-${randomUUID()}`);
    const [one = '', two = '', three = ''] = agents;
    const siteId = newSite();
    const assign = async (maxOpen = 9, more: Partial<Ticket> = {}) => {
      const ticket = ticketOf(siteId, more);
      const { result } = await store.transaction({ id: ticket.conversationId, siteId }, async (transaction) => {
        const agentId = await transaction.takeTurn(agents, maxOpen);
        const assignee = agentId === undefined ? undefined : { id: agentId, name: agentId };
        const assigned = assignee === undefined ? ticket : { ...ticket, assignee };
        await transaction.save({ record: recordOf(assigned), dueAt: undefined });
        return agentId;
      });
      return result;
    };
    await save(store, recordOf(ticketOf(siteId, { assignee: { id: one, name: 'One' } })));
    // A resolved one is no work.
    await save(store, recordOf(ticketOf(siteId, { state: 'resolved', assignee: { id: two, name: 'Two' } })));
    const first = [await assign(), await assign()];
    expect(first.toSorted()).toEqual([three, two].toSorted());
    expect(await assign()).toBe(one); // has had no turn
    expect([await assign(), await assign(), await assign()]).toEqual([...first, one]);
    expect(await assign(2)).toBeUndefined();
    // At once, too, each counts what the others have assigned.
    const taken = await Promise.all(Array.from({ length: 6 }, () => assign()));
    expect(agents.map((id) => taken.filter((agentId) => agentId === id).length)).toEqual([2, 2, 2]);
  });

  test('an unfinished run is taken again only after a while, and by one caller at a time', async () => {
    const store = storeOf();
    const ticket = ticketOf(newSite());
    await save(store, recordOf(ticket), { runs: [runOf(ticket, 1), runOf(ticket, 2, { state: 'completed' })] });
    const take = async (before: number, now: number) =>
      (await store.takeUnfinishedRuns(before, now, 1000)).filter((id) => id.startsWith(ticket.id));
    expect(await take(START - 1, START)).toEqual([]);
    const taken = await Promise.all([take(START, START + 10), take(START, START + 10)]);
    expect(taken.flat()).toEqual([`${ticket.id}.1`]);
    expect(await take(START + 9, START + 20)).toEqual([]);
    expect(await take(START + 10, START + 20)).toEqual([`${ticket.id}.1`]);
    await save(store, recordOf(ticket), { runs: [runOf(ticket, 1, { state: 'failed' })] });
    expect(await take(START + 99, START + 99)).toEqual([]);
  });

  test('corrected verdicts are counted and listed, the latest correction first', async () => {
    const store = storeOf();
    const verdict: StoredVerdict = { handling: 'answer', reasons: ['model'], correctedTo: 'off-topic' };
    const siteId = newSite();
    const [one, other, elsewhere] = [
      recordOf(ticketOf(siteId), { verdict, correctedAt: START + 1e9 }),
      recordOf(ticketOf(siteId), { verdict, correctedAt: START + 2e9 }),
      recordOf(ticketOf(newSite()), { verdict, correctedAt: START + 3e9 }),
    ];
    for (const record of [one, other, elsewhere, recordOf(ticketOf(siteId))]) await save(store, record);
    const corrected = await store.corrected([siteId], 2);
    expect(corrected.map(({ ticket }) => ticket.id)).toEqual([other.ticket.id, one.ticket.id]);
    expect(await store.confusion([siteId])).toEqual([{ from: 'answer', to: 'off-topic', count: 2 }]);
  });

  test('nothing is left of the tickets of a deleted conversation', async () => {
    const store = storeOf();
    const siteId = newSite();
    const [gone, kept] = [ticketOf(siteId, { email: 'Ada@mail.example' }), ticketOf(siteId)];
    for (const ticket of [gone, kept]) await save(store, recordOf(ticket), { runs: [runOf(ticket, 1)] });
    const ofAddress = async () => (await store.withEmail('ada@MAIL.example', [siteId])).map(({ id }) => id);
    expect([await ofAddress(), (await store.ofConversation(gone.conversationId)).map(({ id }) => id)]).toEqual([
      [gone.id],
      [gone.id],
    ]);
    await store.forget(gone.conversationId);
    await store.forget(gone.conversationId);
    expect([await ofAddress(), await store.ofConversation(gone.conversationId)]).toEqual([[], []]);
    expect(await store.find(gone.id)).toBeUndefined();
    expect(await store.runs(gone.id)).toEqual([]);
    expect(await listed({ siteIds: [siteId] })).toEqual([kept.id]);
    expect(await store.transactionOf(gone.id, async () => 'ran')).toBeUndefined();
  });
}
