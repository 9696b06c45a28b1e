import { expect, test } from 'vitest';
import { type ChatState, emptyChat } from './chat-state.ts';
import type { Connection } from './connection.ts';
import { createOutbox } from './outbox.ts';
import { addOutgoing, retry } from './outgoing.ts';

type Reply = object | undefined;

/** An outbox over a link that answers each send with the next reply; `undefined` is an acknowledgement that never came. */
function outboxWith(replies: Reply[], held: ChatState = { ...emptyChat, conversationId: 'conversation' }) {
  let state = held;
  let connected = true;
  const asked: { id: string; text: string }[] = [];
  const link = {
    connected: () => connected,
    ask: async (_: string, payload: { id: string; text: string }) => {
      asked.push(payload);
      return replies.shift();
    },
  } as unknown as Pick<Connection, 'ask' | 'connected'>;
  const outbox = createOutbox(link, {
    read: () => state,
    change: (next) => {
      state = next(state);
    },
    asked: () => {},
    failed: () => {},
  });
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  return {
    outbox,
    asked,
    settled,
    state: () => state,
    change: (next: (state: ChatState) => ChatState) => {
      state = next(state);
    },
    cut: () => {
      connected = false;
    },
    join: () => {
      connected = true;
      outbox.flush();
    },
  };
}

test('an acknowledged message moves to the messages', async () => {
  const { outbox, state, settled } = outboxWith([{ ok: true, seq: 1, conversationId: 'conversation' }]);
  outbox.add('Hello');
  expect(state().outgoing).toMatchObject([{ text: 'Hello', status: 'pending' }]);
  await settled();
  expect(state().outgoing).toEqual([]);
  expect(state().messages).toMatchObject([{ seq: 1, from: 'visitor', text: 'Hello' }]);
});

test('an unacknowledged message is sent again with the same id', async () => {
  const { outbox, asked, state, settled } = outboxWith([
    undefined,
    { ok: true, seq: 1, conversationId: 'conversation' },
  ]);
  outbox.add('Hello');
  await settled();
  expect(asked).toHaveLength(2);
  expect(asked[1]).toEqual(asked[0]);
  expect(state().messages).toHaveLength(1);
});

test('after three attempts over an open connection the message fails', async () => {
  const { outbox, asked, state, settled } = outboxWith([]);
  outbox.add('Hello');
  await settled();
  expect(asked).toHaveLength(3);
  expect(state().outgoing).toMatchObject([{ status: 'failed', code: 'unreachable' }]);
});

test('a message written while disconnected waits and keeps its id', async () => {
  const { outbox, asked, state, settled, cut, join } = outboxWith([
    { ok: true, seq: 1, conversationId: 'conversation' },
  ]);
  cut();
  outbox.add('Hello');
  await settled();
  expect(asked).toEqual([]);
  const [waiting] = state().outgoing;
  join();
  await settled();
  expect(asked).toEqual([{ id: waiting?.id, text: 'Hello' }]);
});

test('a refused message says why, and the next one is sent all the same', async () => {
  const refusal = { ok: false, code: 'rate-limited', message: 'slow down' };
  const { outbox, state, settled } = outboxWith([refusal, { ok: true, seq: 1, conversationId: 'conversation' }]);
  outbox.add('one');
  outbox.add('two');
  await settled();
  expect(state().outgoing).toMatchObject([{ text: 'one', status: 'failed', code: 'rate-limited' }]);
  expect(state().messages).toMatchObject([{ text: 'two' }]);
});

test('the acknowledgement of a first attempt starts the turn', async () => {
  const { outbox, state, settled } = outboxWith([{ ok: true, seq: 1, conversationId: 'conversation', turnId: 'turn' }]);
  outbox.add('Hello');
  await settled();
  expect(state().turns).toMatchObject([{ turnId: 'turn', messageSeq: 1, state: 'running' }]);
});

test('an acknowledgement of a repeated send starts no turn, since that turn may have ended long ago', async () => {
  const earlier = addOutgoing({ ...emptyChat, conversationId: 'conversation' }, { id: 'id', text: 'Hello', at: 1 });
  const replies = [{ ok: true, seq: 1, conversationId: 'conversation', turnId: 'turn' }];
  const { outbox, state, settled } = outboxWith(replies, earlier);
  outbox.flush();
  await settled();
  expect(state().messages).toHaveLength(1);
  expect(state().turns).toEqual([]);
});

test('a retried message is sent with its new id', async () => {
  const conflict = { ok: false, code: 'conflict', message: 'other text' };
  const { outbox, asked, state, settled, change } = outboxWith([
    conflict,
    { ok: true, seq: 1, conversationId: 'conversation' },
  ]);
  outbox.add('Hello');
  await settled();
  const id = state().outgoing[0]?.id ?? '';
  change((held) => retry(held, id, 'another-id'));
  outbox.flush();
  await settled();
  expect(asked.map((each) => each.id)).toEqual([id, 'another-id']);
});

test('a message whose acknowledgement comes after its conversation was left is sent in the next one, too', async () => {
  const ok = { ok: true, seq: 1, conversationId: 'conversation' };
  const { outbox, asked, state, change, settled, join } = outboxWith([ok, { ...ok, conversationId: 'other' }]);
  outbox.add('Hello');
  change((held) => ({ ...emptyChat, outgoing: held.outgoing }));
  await settled();
  expect(state().outgoing).toMatchObject([{ text: 'Hello', status: 'pending' }]);
  change((held) => ({ ...held, conversationId: 'other' }));
  join();
  await settled();
  expect(asked.map(({ text }) => text)).toEqual(['Hello', 'Hello']);
  expect(state().messages).toMatchObject([{ seq: 1, text: 'Hello' }]);
});
