import { randomUUID } from 'node:crypto';
import { startRedisServer } from '@firstword/testing/redis-server';
import { silentLog } from '@firstword/testing/silent-log';
import { createTestTickets } from '@firstword/testing/test-tickets';
import { afterAll, expect, test } from 'vitest';
import { createMemoryTicketStore } from '../src/records/memory-ticket-store.ts';
import { createConversationStore } from '../src/store/conversation-store.ts';
import { COLD_FORMAT, DATA_FORMAT, upgradeStoredData } from '../src/store/data-upgrade.ts';
import { createFormerTickets } from '../src/store/former-tickets.ts';
import { createRedisKeys } from '../src/store/keys.ts';
import { createTicketChannel } from '../src/store/ticket-channel.ts';
import { createTicketHeads } from '../src/store/ticket-heads.ts';
import { importFormerTickets } from '../src/tickets/former-ticket-import.ts';

const server = await startRedisServer();
const redis = await server.connect();
afterAll(() => server.stop());

/** One conversation with one ticket, as format 1 wrote it. */
async function writeFormat1(prefix: string, handler = 'closed') {
  const [conversationId, ticketId] = [randomUUID(), randomUUID()];
  const key = (part: string) => `${prefix}:{${conversationId}}:${part}`;
  const ticketKey = (part = '') => key(`ticket:${ticketId}${part}`);
  const message = { id: randomUUID(), from: 'visitor', text: 'It is on_hold, says the ai.', at: 1 };
  await redis.hset(key('head'), { site: 'acme', visitor: 'v', seq: '1', handler, lastTicket: ticketId });
  await redis.xadd(key('log'), '1-0', 'm', JSON.stringify(message));
  const record = {
    ticket: {
      ...{ id: ticketId, number: 7, siteId: 'acme', conversationId, state: 'on_hold', version: 5, revision: 2 },
      ...{ reason: 'customer_request', urgency: 'normal', firstLine: 'Please take it off_hold, no_reply needed' },
      ...{ openedBy: 'ai', openedAt: 1, changedAt: 4, holdUntil: 99, resolution: 'no_reply', reopened: 0 },
      analysis: { runId: `${ticketId}.1`, state: 'completed', verdict: 'rejected', stale: false },
    },
    inner: {
      ...{ fence: 4, runs: 1, analyse: true, before: { state: 'waiting_customer', handler: 'waiting_human' } },
      verdict: { handling: 'off_topic', reasons: ['rule:no-model'], correctedTo: 'complex' },
    },
  };
  await redis.hset(ticketKey(), { version: '5', record: JSON.stringify(record) });
  const agent = { kind: 'agent', id: 'a', name: 'Agent' };
  const events = [
    { at: 1, action: 'open', actor: { kind: 'ai' }, to: 'new', version: 1, reason: 'customer_request' },
    { at: 2, action: 'claim', actor: agent, from: 'needs_review', to: 'in_progress', version: 2 },
    {
      at: 3,
      action: 'hold',
      actor: agent,
      from: 'in_progress',
      to: 'on_hold',
      version: 3,
      reason: 'waits for spare_part',
    },
    { at: 4, action: 'undo-spam', actor: agent, from: 'spam', to: 'on_hold', version: 4 },
    { at: 4, action: 'reject', actor: agent, to: 'on_hold', version: 4, reason: 'wrong_facts' },
    { at: 4, action: 'correct-verdict', actor: agent, to: 'on_hold', version: 5, reason: 'off_topic → complex' },
  ];
  await redis.rpush(ticketKey(':events'), ...events.map((event) => JSON.stringify(event)));
  await redis.hset(ticketKey(':effects'), { one: 'hold', two: 'undo-spam', three: 'claim' });
  const run = {
    run: {
      ...{
        id: `${ticketId}.1`,
        ticketId,
        number: 1,
        revision: 2,
        state: 'completed',
        trigger: 'escalation',
        createdAt: 1,
      },
      content: {
        reading: {
          ...{ summary: 'A customer_goal', customerGoal: 'A refund', category: 'billing', alternatives: [] },
          ...{ urgency: 'normal', urgencyReason: '', sentiment: 'neutral', trend: 'steady', language: 'en' },
        },
        hypotheses: [{ statement: 's', confidence: 0.5, status: 'ruled_out', evidence: [] }],
        ...{ evidence: [], missingInfo: [], policy: [], nextActions: [], dropped: [], alreadySaid: '' },
        reply: { text: 't', language: 'en', sentences: [] },
        confidence: { value: 0.5, band: 'medium', reasons: [] },
        flags: ['injection_suspected', 'personal_data', 'masked'],
      },
      review: { verdict: 'rejected', reason: 'not_our_policy', note: 'not_our_policy' },
    },
    epoch: 1,
    queuedAt: 1,
  };
  await redis.hset(ticketKey(':runs'), { [run.run.id]: JSON.stringify(run) });
  await redis.set(`${prefix}:{tickets}:home:${ticketId}`, conversationId);
  await redis.hset(`${prefix}:{tickets}:placed`, ticketId, '5|');
  await redis.set(`${prefix}:{tickets}:number:acme`, 9);
  return { conversationId, ticketId };
}

const readers = (prefix: string) => {
  const keys = createRedisKeys(prefix);
  const store = createMemoryTicketStore();
  const parts = {
    ...{ store, log: silentLog, former: createFormerTickets(redis, keys) },
    ...{ heads: createTicketHeads(redis, keys), channel: createTicketChannel(redis, keys) },
  };
  return {
    keys,
    store: createConversationStore(redis, keys, { leaseMs: 1000, keepDeltasSeconds: 60 }),
    tickets: createTestTickets({ redis, keys, store }),
    moveTickets: () => importFormerTickets(parts),
  };
};
const dump = async (prefix: string) => {
  const names = (await redis.keys(`${prefix}:*`)).sort();
  return Promise.all(names.map(async (name) => [name, await redis.dump(name)]));
};

test('everything stored in format 1 is read under its new name, and texts that visitors and agents wrote stay unchanged', async () => {
  const { keys, store, tickets, moveTickets } = readers('old');
  const { conversationId, ticketId } = await writeFormat1('old');
  await upgradeStoredData(redis, keys, silentLog);

  expect(await store.snapshot(conversationId, 10)).toMatchObject({
    responder: 'closed',
    messages: [{ text: 'It is on_hold, says the ai.' }],
  });
  expect(await redis.hexists(keys.head(conversationId), 'handler')).toBe(0);
  const record = await redis.hget(keys.ticket(conversationId, ticketId), 'record');
  expect(JSON.parse(record ?? '').inner.before).toEqual({ state: 'waiting-visitor', responder: 'waiting-agent' });
  expect(record).not.toContain('holdUntil');
  expect(await redis.hgetall(keys.ticketPart(conversationId, ticketId, 'effects'))).toEqual({
    one: 'snooze',
    two: 'restore',
    three: 'claim',
  });

  expect(await moveTickets()).toBe(1);
  expect(await redis.keys(`*${ticketId}*`)).toEqual([]);
  expect(await tickets.get(ticketId)).toMatchObject({
    state: 'snoozed',
    reason: 'visitor-request',
    openedBy: 'assistant',
    resolution: 'no-reply',
    snoozedUntil: 99,
    firstLine: 'Please take it off_hold, no_reply needed',
  });
  expect(await tickets.verdict(ticketId)).toMatchObject({ handling: 'off-topic', correctedTo: 'complex' });

  const events = await tickets.events(ticketId);
  expect(events.map(({ action, from, to, actor, reason }) => [action, from, to, actor.kind, reason])).toEqual([
    ['open', undefined, 'new', 'assistant', 'visitor-request'],
    ['claim', 'needs-review', 'in-progress', 'agent', undefined],
    ['snooze', 'in-progress', 'snoozed', 'agent', 'waits for spare_part'],
    ['restore', 'spam', 'snoozed', 'agent', undefined],
    ['reject', undefined, 'snoozed', 'agent', 'wrong-facts'],
    ['correct-verdict', undefined, 'snoozed', 'agent', 'off-topic → complex'],
  ]);
  const [run] = await tickets.runs(ticketId);
  expect(run).toMatchObject({
    trigger: 'hand-off',
    content: {
      reading: { summary: 'A customer_goal', visitorGoal: 'A refund' },
      hypotheses: [{ status: 'ruled-out' }],
      flags: ['injection-suspected', 'personal-data', 'masked'],
    },
    review: { reason: 'not-our-policy', note: 'not_our_policy' },
  });
  expect(await tickets.confusion()).toEqual([{ from: 'off-topic', to: 'complex', count: 1 }]);
});

test.each([
  ['ai', 'assistant'],
  ['waiting_human', 'waiting-agent'],
  ['human', 'agent'],
])('who answers in a conversation, %s, is called %s', async (handler, responder) => {
  const { keys, store } = readers(`responder-${responder}`);
  const { conversationId } = await writeFormat1(`responder-${responder}`, handler);
  await upgradeStoredData(redis, keys, silentLog);
  expect((await store.snapshot(conversationId, 1)).responder).toBe(responder);
});

test('the handling "person" of format 2 becomes "agent"', async () => {
  const { keys, tickets, moveTickets } = readers('format-2');
  const { conversationId, ticketId } = await writeFormat1('format-2');
  await upgradeStoredData(redis, keys, silentLog);
  const [ticketKey, eventsKey] = [
    keys.ticket(conversationId, ticketId),
    keys.ticketPart(conversationId, ticketId, 'events'),
  ];
  const record = JSON.parse((await redis.hget(ticketKey, 'record')) ?? '');
  record.inner.verdict = { handling: 'person', reasons: ['model:person', 'rule:person-wish'], correctedTo: 'complex' };
  record.ticket.firstLine = 'I want a person';
  await redis.hset(ticketKey, 'record', JSON.stringify(record));
  const corrected = { at: 5, action: 'correct-verdict', actor: { kind: 'system' }, to: 'snoozed', version: 6 };
  await redis.rpush(eventsKey, JSON.stringify({ ...corrected, reason: 'person → complex' }));
  await redis.set(keys.dataFormat(), 2);

  await upgradeStoredData(redis, keys, silentLog);
  expect(JSON.parse((await redis.lindex(eventsKey, -1)) ?? '').reason).toBe('agent → complex');
  await moveTickets();
  expect(await tickets.verdict(ticketId)).toEqual({
    handling: 'agent',
    reasons: ['model:agent', 'rule:person-request'],
    correctedTo: 'complex',
  });
  expect(await tickets.get(ticketId)).toMatchObject({ firstLine: 'I want a person' });
  expect(await tickets.confusion()).toEqual([{ from: 'agent', to: 'complex', count: 1 }]);
});

const FORMAT_3_PARTS = [
  'sends',
  'files',
  'ratings',
  'identity',
  'calls',
  'cost',
  'cost:counted',
  'turn:t',
  'turn:t:deltas',
];

test('the keys of a conversation get its partition as hash tag, with their content and their expiry, and no other key is renamed', async () => {
  const { keys, store } = readers('format-3');
  const { conversationId } = await writeFormat1('format-3');
  const others = [keys.agentLink('log'), keys.mailDueTimes(), keys.visitorCost('acme', 'v', '2026-01-01')];
  for (const other of others) await redis.set(other, 'other');
  for (const part of FORMAT_3_PARTS) await redis.set(`format-3:{${conversationId}}:${part}`, part, 'EX', 600);
  await redis.set(keys.dataFormat(), 3);
  await upgradeStoredData(redis, keys, silentLog);

  expect((await store.snapshot(conversationId, 10)).messages).toMatchObject([{ seq: 1 }]);
  const renamed = [
    keys.sends(conversationId),
    keys.files(conversationId),
    keys.ratings(conversationId),
    keys.identityOf(conversationId),
    keys.conversationCalls(conversationId),
    keys.conversationCost(conversationId),
    keys.counted(keys.conversationCost(conversationId)),
    keys.turn(conversationId, 't'),
    keys.deltas(conversationId, 't'),
  ];
  expect(await redis.mget(renamed)).toEqual(FORMAT_3_PARTS);
  for (const key of renamed) expect(await redis.ttl(key)).toBeGreaterThan(0);
  expect(await redis.mget(others)).toEqual(others.map(() => 'other'));
  expect(await redis.keys(`format-3:{${conversationId}}:*`)).toEqual([]);
});

test('what an older version has written beside the upgraded data is kept, and the log says what to do', async () => {
  const { keys, store } = readers('beside');
  const { conversationId } = await writeFormat1('beside');
  await upgradeStoredData(redis, keys, silentLog);
  const before = await store.snapshot(conversationId, 10);
  const former = `beside:{${conversationId}}:log`;
  await redis.xadd(former, '1-0', 'm', '{}');
  await redis.set(keys.dataFormat(), 3);
  const warnings: unknown[] = [];
  await upgradeStoredData(redis, keys, { ...silentLog, warn: (fields: unknown) => void warnings.push(fields) });
  expect(warnings).toEqual([{ left: 1, fix: 'Stop every process of the version before, then start this one.' }]);
  expect(await store.snapshot(conversationId, 10)).toEqual(before);
  expect(await redis.exists(former)).toBe(1);
});

test('of several processes that start together, one upgrades the data, and a repeated upgrade changes nothing', async () => {
  const { keys } = readers('together');
  for (let i = 0; i < 20; i++) await writeFormat1('together');
  const others = await Promise.all([server.connect(), server.connect()]);
  await Promise.all([redis, ...others].map((each) => upgradeStoredData(each, keys, silentLog, { step: 10 })));
  const first = await dump('together');
  await redis.del(keys.dataFormat());
  await upgradeStoredData(redis, keys, silentLog);
  expect(await dump('together')).toEqual(first);
});

test('an upgrade that was interrupted is completed by the next start, after the lock has lapsed', async () => {
  const { keys, store } = readers('interrupted');
  const upgraded = await writeFormat1('interrupted', 'human');
  const other = await writeFormat1('interrupted', 'human');
  // As after a crash: one conversation upgraded, the lock held, no version written.
  await redis.rename(`interrupted:{${upgraded.conversationId}}:head`, keys.head(upgraded.conversationId));
  await redis.hset(keys.head(upgraded.conversationId), 'responder', 'agent');
  await redis.hdel(keys.head(upgraded.conversationId), 'handler');
  await redis.set(keys.dataUpgradeLock(), 'a dead process', 'PX', 300);
  await upgradeStoredData(redis, keys, silentLog);
  for (const { conversationId } of [upgraded, other])
    expect((await store.snapshot(conversationId, 1)).responder).toBe('agent');
  expect(await redis.exists(keys.dataUpgradeLock())).toBe(0);
});

test('an empty Redis only gets the version, and data in the current format is not read', async () => {
  const { keys } = readers('empty');
  await upgradeStoredData(redis, keys, silentLog);
  expect(await redis.keys('empty:*')).toEqual([keys.dataFormat()]);
  expect(await redis.get(keys.dataFormat())).toBe(String(DATA_FORMAT));
  const { conversationId } = await writeFormat1('empty');
  await upgradeStoredData(redis, keys, silentLog);
  expect(await redis.hexists(`empty:{${conversationId}}:head`, 'handler')).toBe(1);
});

test('data of a newer version stops the start and is not changed', async () => {
  const { keys } = readers('newer');
  await redis.set(keys.dataFormat(), COLD_FORMAT + 1);
  await expect(upgradeStoredData(redis, keys, silentLog)).rejects.toThrow('Start the version that wrote it');
});

test('tickets that several processes move at once go on as before: their conversation knows them, and numbers continue', async () => {
  const { keys, store, tickets, moveTickets } = readers('moved');
  const { conversationId, ticketId } = await writeFormat1('moved', 'human');
  await redis.hset(`moved:{${conversationId}}:head`, 'ticket', ticketId);
  await upgradeStoredData(redis, keys, silentLog);
  await Promise.all([moveTickets(), moveTickets(), moveTickets()]);
  expect(await tickets.get(ticketId)).toMatchObject({ number: 7, state: 'snoozed' });
  expect(await tickets.events(ticketId)).toHaveLength(6);
  expect(await store.snapshot(conversationId, 1)).toMatchObject({ responder: 'agent', ticketId });
  expect(await moveTickets()).toBe(0);

  const { ticket } = await tickets.openNow({
    ...{ siteId: 'acme', conversationId: randomUUID(), openedBy: 'visitor', reason: 'policy', urgency: 'normal' },
    ...{ firstLine: 'Help', waitingSince: 1, idempotencyKey: 'k' },
  });
  expect(ticket.number).toBe(10);
});
