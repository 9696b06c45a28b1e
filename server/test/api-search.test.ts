import type { SearchResults } from '@firstword/shared/search';
import { consoleServerForAllTests, consoleServer as server } from '@firstword/testing/console-server-hooks';
import { expect, test } from 'vitest';
import { conversationOf, messageOf } from './archive-contract.ts';

consoleServerForAllTests();

test('one search finds tickets and conversations, by words, number and name, on the sites of the caller alone', async () => {
  const [agent, elsewhere] = [await server.signIn(), await server.signIn('elsewhere@shop.example', 'agent', ['other'])];
  const ticket = await server.openTicket('acme');
  const conversation = conversationOf(server.records.archive, 'acme', 'visitor-7');
  await conversation.messages(messageOf(1, 'Does the lamp fit my desk?'));
  await conversation.write({ type: 'visitor', preChat: { name: 'Ada Lovelace' } });
  const search = async (q: string, as = agent) => {
    const { status, body } = await as.request<SearchResults>('GET', `/search?q=${encodeURIComponent(q)}`);
    expect(status).toBe(200);
    const { tickets, conversations, analyses } = body;
    return [tickets.map(({ id }) => id), conversations.map(({ id }) => id), analyses];
  };
  expect(await search('lamp')).toEqual([[ticket.id], [conversation.id], []]);
  expect(await search(`#${ticket.number}`)).toEqual([[ticket.id], [], []]);
  expect(await search('lovelace')).toEqual([[], [conversation.id], []]);
  expect(await search('lamp', elsewhere)).toEqual([[], [], []]);
  for (const q of ["'; DROP TABLE tickets; --", '%', '\0', '((((', '\\', '🦩'.repeat(100)])
    expect([q, await search(q)]).toEqual([q, [[], [], []]]);
  expect((await agent.request('GET', '/search?q=%20')).status).toBe(400);
  expect((await (await server.signIn('b@shop.example', 'billing')).request('GET', '/search?q=lamp')).status).toBe(403);
});
