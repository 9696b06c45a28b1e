/** Agents see a running answer, and new messages, in the ticket or conversation that their page watches. */
import { randomUUID } from 'node:crypto';
import type { ConsoleClientEvents, ConsoleServerEvents } from '@firstword/shared/console-events';
import type { Ticket } from '@firstword/shared/ticket';
import type { Message } from '@firstword/shared/wire';
import { consoleServer, consoleServerForAllTests } from '@firstword/testing/console-server-hooks';
import { io, type Socket } from 'socket.io-client';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createAnswerWatch } from '../src/realtime/answer-watch.ts';

consoleServerForAllTests();

/** A page that has the ticket open. */
async function openPage({ id: ticketId }: Ticket) {
  const page = await connectPage();
  expect(await page.client.emitWithAck('ticket-watch', { ticketId })).toEqual({ ok: true });
  return page;
}
async function connectPage() {
  const agent = await consoleServer.signIn();
  const client: Socket<ConsoleServerEvents, ConsoleClientEvents> = io(`${consoleServer.origin}/console`, {
    ...{ transports: ['websocket'], reconnection: false, forceNew: true },
    extraHeaders: { origin: consoleServer.origin, cookie: agent.cookie() },
  });
  onTestFinished(() => void client.close());
  const texts: string[] = [];
  const ends: { turnId: string; seq?: number }[] = [];
  client.on('answer-text', ({ text }) => void texts.push(text));
  client.on('answer-end', ({ turnId, seq }) => void ends.push({ turnId, ...(seq !== undefined && { seq }) }));
  const messages: Message[] = [];
  client.on('conversation-message', ({ message }) => void messages.push(message));
  return { client, texts, ends, messages };
}
/** A conversation without a ticket, in which the visitor has asked something. */
async function openConversation() {
  const conversationId = randomUUID();
  const question = await ask(conversationId, 'Where is my lamp?');
  const origin = { conversationId, siteId: 'acme', at: 1 };
  await consoleServer.records.archive.write([{ ...origin, type: 'message', message: { ...question, seq: 1 } }]);
  return { conversationId, turnId: question.turnId };
}
async function ask(conversationId: string, text: string) {
  const question = { id: randomUUID(), text, at: 1, turnId: randomUUID() };
  await consoleServer.store.append({ ...question, siteId: 'acme', visitorId: 'v', conversationId });
  return { ...question, from: 'visitor' as const };
}
async function runningTurn({ conversationId }: Ticket): Promise<string> {
  const { turn } = await consoleServer.store.snapshot(conversationId, 1);
  if (turn === undefined) throw new Error('no answer is running');
  return turn.turnId;
}

test('a page that watches the ticket gets the text so far, what follows, and the end', async () => {
  const ticket = await consoleServer.openTicket();
  const { conversationId } = ticket;
  const turnId = await runningTurn(ticket);
  await consoleServer.store.appendDeltas(conversationId, turnId, [{ n: 1, text: 'Your lamp' }]);
  const first = await openPage(ticket);
  await expect.poll(() => first.texts).toEqual(['Your lamp']);
  await consoleServer.store.appendDeltas(conversationId, turnId, [{ n: 2, text: ' ships' }]);
  await expect.poll(() => first.texts.at(-1)).toBe('Your lamp ships');
  const second = await openPage(ticket);
  await expect.poll(() => second.texts).toEqual(['Your lamp ships']);
  const message = { id: turnId, from: 'assistant' as const, text: 'Your lamp ships', at: 1, turnId };
  await consoleServer.store.endTurn(conversationId, turnId, { state: 'done', message });
  await expect.poll(() => first.ends).toEqual([{ turnId, seq: 2 }]);

  const next = { siteId: 'acme', visitorId: 'v', id: randomUUID(), text: 'When?', at: 2, turnId: randomUUID() };
  await consoleServer.store.append({ ...next, conversationId });
  await consoleServer.store.appendDeltas(conversationId, next.turnId, [{ n: 1, text: 'Tomorrow' }]);
  const question = { seq: 3, id: next.id, from: 'visitor' as const, text: next.text, at: 2 };
  consoleServer.namespace.publishMessage(ticket.id, question);
  await expect.poll(() => second.texts.at(-1)).toBe('Tomorrow');
});

test('a page that watches another ticket gets nothing', async () => {
  const [ticket, other] = [await consoleServer.openTicket(), await consoleServer.openTicket()];
  const [watching, elsewhere] = [await openPage(ticket), await openPage(other)];
  await consoleServer.store.appendDeltas(ticket.conversationId, await runningTurn(ticket), [{ n: 1, text: 'Your' }]);
  await expect.poll(() => watching.texts).toEqual(['Your']);
  expect(elsewhere.texts).toEqual([]);
});

test('a page that shows a conversation without a ticket gets the text so far, what follows, and new messages', async () => {
  const { store } = consoleServer;
  const { conversationId, turnId } = await openConversation();
  await store.appendDeltas(conversationId, turnId, [{ n: 1, text: 'Your lamp' }]);
  const { client, texts, messages, ends } = await connectPage();
  const watch = (id: string | null, after: number) =>
    client.emitWithAck('conversation-watch', { conversationId: id, after });
  expect(await watch(conversationId, 0)).toEqual({ ok: true });
  await expect.poll(() => [texts.at(-1), messages.map(({ seq }) => seq)]).toEqual(['Your lamp', [1]]);
  await store.appendDeltas(conversationId, turnId, [{ n: 2, text: ' ships' }]);
  await expect.poll(() => texts.at(-1)).toBe('Your lamp ships');
  const message = { id: turnId, from: 'assistant' as const, text: 'Your lamp ships', at: 1, turnId };
  await store.endTurn(conversationId, turnId, { state: 'done', message });
  await expect.poll(() => [ends, messages.at(-1)?.text]).toEqual([[{ turnId, seq: 2 }], 'Your lamp ships']);
  const next = await ask(conversationId, 'When?');
  await store.appendDeltas(conversationId, next.turnId, [{ n: 1, text: 'Tomorrow' }]);
  await expect.poll(() => [messages.at(-1)?.text, texts.at(-1)]).toEqual(['When?', 'Tomorrow']);

  const another = await openConversation();
  expect(await watch(another.conversationId, 1)).toEqual({ ok: true });
  await ask(conversationId, 'Hello?');
  await ask(another.conversationId, 'And my desk?');
  await expect.poll(() => messages.at(-1)?.text).toBe('And my desk?');
  expect(messages.map(({ text }) => text)).not.toContain('Hello?');
});

test('of two conversations that a page asks for at once, it is shown the last one', async () => {
  const [first, last] = [await openConversation(), await openConversation()];
  const { client, messages } = await connectPage();
  const watch = (conversationId: string) => client.emitWithAck('conversation-watch', { conversationId, after: 1 });
  await Promise.all([watch(first.conversationId), watch(last.conversationId)]);
  await ask(first.conversationId, 'Of the first');
  await ask(last.conversationId, 'Of the last');
  await expect.poll(() => messages.at(-1)?.text).toBe('Of the last');
  expect(messages).toHaveLength(1);
});

test('where no page watches, nothing is read', async () => {
  const snapshot = vi.fn();
  const isWatched = vi.fn(() => false);
  const unused = () => undefined;
  const watch = createAnswerWatch({
    conversations: { snapshot, liveTurn: unused, progress: async () => undefined },
    ...{ isWatched, show: unused, ended: unused, everyMs: 1 },
  });
  onTestFinished(watch.stop);
  watch.follow('c');
  await expect.poll(() => isWatched.mock.calls.length).toBeGreaterThan(0);
  expect(snapshot).not.toHaveBeenCalled();
});
