/** One address takes the assistant neither from other sites nor from other addresses. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Ack } from '@firstword/shared/wire-refusals';
import { type PacedEndpoint, startPacedEndpoint } from '@firstword/testing/paced-endpoint';
import { addSecurityRow } from '@firstword/testing/security-row';
import { SITE_ORIGIN, startTestServer, type TestServer } from '@firstword/testing/test-server';
import { connectWidget, type WidgetClient } from '@firstword/testing/widget-client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { conversationTexts } from '../../src/conversation/conversation-texts.ts';

const ATTACKER = '203.0.113.1';
const QUIET = '198.51.100.1';

let server: TestServer | undefined;
let endpoint: PacedEndpoint;
let clients: WidgetClient[] = [];

beforeEach(async () => {
  endpoint = await startPacedEndpoint();
});
afterEach(async () => {
  for (const client of clients) client.close();
  clients = [];
  await server?.stop();
  server = undefined;
  await endpoint.stop();
});

const start = async (changes: Parameters<typeof startTestServer>[0]) => {
  server = await startTestServer({ trustProxy: 1, endpoint: { id: 'paced', baseUrl: endpoint.baseUrl }, ...changes });
  return server;
};
const connect = async ({ port }: TestServer, site: 'acme' | 'other', address: string) => {
  const origin = site === 'acme' ? SITE_ORIGIN : 'https://other.example';
  const client = await connectWidget(port, { site }, origin, address);
  clients.push(client);
  return client;
};

/** Sends a message and waits for the end of its turn; the answer's text, or undefined when it was refused. */
async function ask(client: WidgetClient, text: string): Promise<string | undefined> {
  const ack = await client.send(text);
  if (!ack.ok) return undefined;
  const { turnId = '' } = ack;
  await client.received((event) => event.type === 'turn-end' && event.turnId === turnId);
  return client.text(turnId);
}

test('at a process that a flood has filled, visitors of another site and at another address are next', {
  timeout: 90_000,
}, async ({ task }) => {
  // Half a second: long enough for a slow machine to run 12 at once, and less than a turn may wait for room.
  endpoint.pace({ tokens: 5, everyMs: 100 });
  const app = await start({ limits: { runningTurns: 12 } });
  const [other, neighbour] = await Promise.all([connect(app, 'other', QUIET), connect(app, 'acme', QUIET)]);

  const attackers = await Promise.all(Array.from({ length: 150 }, () => connect(app, 'acme', ATTACKER)));
  let flooding = true;
  let refused = 0;
  const flood = attackers.map(async (attacker) => {
    for (let n = 0; flooding; n++)
      if ((await ask(attacker, `Again ${n}`)) === undefined) {
        refused += 1;
        await pause(250);
      }
  });
  await expect.poll(() => endpoint.running()).toBeGreaterThanOrEqual(12);
  const served: (string | undefined)[] = [];
  for (let n = 0; n < 6; n++)
    served.push(await ask(other, `Where is it? ${n}`), await ask(neighbour, `And mine? ${n}`));
  flooding = false;
  await Promise.all(flood);

  expect(served.filter((text) => text === undefined)).toEqual([]);
  expect(refused).toBeGreaterThan(0);
  addSecurityRow(task, {
    id: 'S22',
    tried: '150 sockets from one address, without limits of an address, at a process with room for 12 turns',
    result: `0 of ${served.length} messages of another site and address refused, ${refused} of the flood`,
  });
});

test('an address that uses up its share of the budget is turned away, and others are still answered', async ({
  task,
}) => {
  const siteDay = { tokens: 4000 };
  const budgets = { degradeAt: 1, typingBudgetShare: 0.3, addressShare: 0.25, stopped: false, sites: {}, siteDay };
  const app = await start({ budgets, limits: { ticketsPerAddressHour: 2 } });
  const honest = await connect(app, 'acme', QUIET);
  const answers: string[] = [];
  for (let n = 0; n < 60; n++) {
    const attacker = await connect(app, 'acme', ATTACKER);
    answers.push((await ask(attacker, `When do parcels arrive? ${n}`)) ?? '');
    attacker.close();
  }
  const { limitReached, agentWillReply } = conversationTexts('en');
  expect(answers.at(-1)).toBe(limitReached);
  expect(answers.filter((text) => text === agentWillReply)).toHaveLength(2);
  const answered = answers.filter((text) => text !== limitReached && text !== agentWillReply).length;
  expect(answered).toBeLessThan(40);
  expect(await ask(honest, 'When do parcels arrive?')).toContain('t1');
  addSecurityRow(task, {
    id: 'S22',
    tried: '60 fresh sessions from one address, at a site with a daily budget of 4,000 tokens',
    result: `${answered} answered by a model, 2 tickets, then told to come back; another address is answered`,
  });
});

test('a thousand legal threats from one address open ten tickets', { timeout: 90_000 }, async ({ task }) => {
  endpoint.pace({ tokens: 1, everyMs: 0 });
  const app = await start({ limits: { ticketsPerAddressHour: 10, agentRequestsPerAddressHour: 3 } });
  const { agentWillReply } = conversationTexts('en');
  let promised = 0;
  let answered = 0;
  const attackers = await Promise.all(Array.from({ length: 50 }, () => connect(app, 'acme', ATTACKER)));
  for (let round = 0; round < 20; round++)
    await Promise.all(
      attackers.map(async (attacker) => {
        const answer = await ask(attacker, `My lawyer will sue you over this. ${round}`);
        if (answer === agentWillReply) promised += 1;
        else if (answer?.includes('t1')) answered += 1;
      }),
    );
  const count = async () =>
    (await app.records.tickets.list({ view: 'all', agentId: 'none', limit: 100 })).tickets.length;
  // On a slow machine some model calls fail, and the visitor reads that.
  expect(promised).toBe(10);
  expect(answered).toBeGreaterThan(500);
  const honest = await connect(app, 'acme', QUIET);
  expect(await ask(honest, 'My lawyer will sue you over this.')).toBe(agentWillReply);

  const asking = await Promise.all(Array.from({ length: 5 }, () => connect(app, 'acme', ATTACKER)));
  const wishes: Ack<{ ticketId: string }>[] = [];
  for (const client of asking) wishes.push(await client.ask('person-request', {}));
  expect(wishes.map(({ ok }) => ok)).toEqual([true, true, true, false, false]);
  expect(wishes.at(-1)).toMatchObject({ code: 'rate-limited', retryAfterMs: expect.any(Number) });
  await expect.poll(count).toBe(14);
  addSecurityRow(task, {
    id: 'S22',
    tried: '1,000 legal threats from 50 sessions of one address, and 5 requests for an agent',
    result: `10 + 3 tickets, ${answered} answered by the model without one; another address still gets its ticket`,
  });
});
