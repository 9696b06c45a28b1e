import { randomUUID } from 'node:crypto';
import { MESSAGE_TEXT_MAX } from '@firstword/shared/limits';
import type { ReplayAnswer, TurnEvent } from '@firstword/shared/wire';
import { startTestServer, type TestServer } from '@firstword/testing/test-server';
import { ConnectRefusedError, connectWidget, type WidgetClient } from '@firstword/testing/widget-client';
import { SignJWT } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

let server: TestServer;
const clients: WidgetClient[] = [];
const connect = async (...args: [auth?: unknown, origin?: string]) => {
  const client = await connectWidget(server.port, ...args);
  clients.push(client);
  return client;
};
const ended = (turnId: string) => (event: TurnEvent) => event.type === 'turn-end' && event.turnId === turnId;

async function ask(client: WidgetClient, text: string) {
  const ack = await client.send(text);
  if (!ack.ok || ack.turnId === undefined) throw new Error(`not accepted: ${JSON.stringify(ack)}`);
  return { ...ack, turnId: ack.turnId };
}

beforeAll(async () => {
  server = await startTestServer();
});
afterEach(() => {
  server.endpoint.reset();
  for (const client of clients.splice(0)) client.close();
});
afterAll(() => server.stop());

describe('an answer', () => {
  test('streams in gap-free deltas and is stored whole, with its citations', async () => {
    const answer = 'You have 30 days [1]. Größe, 漢字 and 🙂 arrive whole.';
    server.endpoint.script({ answer });
    const client = await connect();
    const { turnId, seq } = await ask(client, 'How long may I return an item?');
    const end = await client.received(ended(turnId));

    expect(seq).toBe(1);
    expect(end).toMatchObject({ state: 'done', seq: 2 });
    expect(client.text(turnId)).toBe(answer);
    const deltas = client.events.filter((event) => event.type === 'text-delta');
    expect(deltas.map(({ n }) => n)).toEqual(deltas.map((_, index) => index + 1));
    expect(client.messages.at(-1)).toMatchObject({
      seq: 2,
      from: 'assistant',
      text: answer,
      turnId,
      citations: [{ n: 1, title: 'Returns', url: '/help/returns' }],
    });
  });

  test('is requested with the key, the catalog model and the passages, and the visitor’s message last', async () => {
    const client = await connect();
    const { turnId } = await ask(client, 'When does my parcel arrive?');
    await client.received(ended(turnId));

    const request = server.endpoint.requests.findLast(({ body }) => body.model === 'deepseek-v4-flash');
    expect(request?.headers.authorization).toBe('Bearer test-key');
    expect(request?.body.stream).toBe(true);
    const last = request?.body.messages.at(-1);
    expect(last?.content).toContain('<article n="1" title="Delivery times">');
    expect(last?.content).toMatch(/Visitor's message:\nWhen does my parcel arrive\?$/);
  });

  test('that is stopped ends as stopped, keeps its text, and ends the call upstream', async () => {
    server.endpoint.script({ answer: 'The first part of a long answer, and then a second part.' });
    const release = server.endpoint.holdAfter(14);
    const client = await connect();
    const { turnId } = await ask(client, 'Tell me everything about returns');
    await client.received((event) => event.type === 'text-delta' && event.turnId === turnId);
    const before = server.endpoint.abandoned();
    expect(await client.ask('turn-stop', { turnId })).toEqual({ ok: true });
    const end = await client.received(ended(turnId));
    release();

    expect(end).toMatchObject({ state: 'stopped' });
    expect(client.messages.at(-1)).toMatchObject({ from: 'assistant', text: client.text(turnId), state: 'stopped' });
    await expect.poll(() => server.endpoint.abandoned()).toBeGreaterThan(before);
  });

  test('is superseded by a newer question: the old one ends before the new one is stored', async () => {
    server.endpoint.script({ answer: 'A slow answer that is still being written here.' });
    const release = server.endpoint.holdAfter(14);
    const client = await connect();
    const first = await ask(client, 'What about returns?');
    await client.received((event) => event.type === 'text-delta' && event.turnId === first.turnId);
    release();
    server.endpoint.holdAfter(0)();
    const second = await ask(client, 'And what about delivery?');
    await client.received(ended(second.turnId));

    const ends = client.events.filter((event) => event.type === 'turn-end');
    expect(ends[0]).toMatchObject({ turnId: first.turnId });
    expect(ends.at(-1)).toMatchObject({ turnId: second.turnId, state: 'done' });
    expect(client.messages.map(({ seq }) => seq)).toEqual(client.messages.map((_, index) => index + 1));
  });

  test('is superseded by a second quick message, and one answer covers both', async () => {
    server.endpoint.script({ answer: 'One answer for both.' });
    const release = server.endpoint.holdAfter(0);
    const client = await connect();
    const first = await ask(client, 'What about returns?');
    const second = await ask(client, 'And what about delivery?');
    release();
    await client.received(ended(second.turnId));

    const asked = server.endpoint.requests.findLast(({ isTriage }) => !isTriage)?.body.messages ?? [];
    expect(asked.filter(({ role }) => role === 'user')).toHaveLength(1);
    expect(asked.at(-1)?.content).toContain('What about returns?\n\nAnd what about delivery?');
    expect(client.events.filter((event) => event.type === 'turn-end')).toMatchObject([
      { turnId: first.turnId, state: 'stopped' },
      { turnId: second.turnId, state: 'done' },
    ]);
    expect(client.messages.filter(({ from }) => from === 'assistant')).toMatchObject([
      { text: 'One answer for both.' },
    ]);

    // Twice: a repeated answer can be repeated, too.
    for (let turnId = second.turnId, n = 0; n < 2; n += 1) {
      const retried = await client.ask<{ turnId: string }>('turn-retry', { turnId });
      if (!retried.ok) throw new Error(retried.message);
      turnId = retried.turnId;
      await client.received(ended(turnId));
      const askedAgain = server.endpoint.requests.findLast(({ isTriage }) => !isTriage)?.body.messages ?? [];
      expect(askedAgain.at(-1)?.content).toContain('What about returns?\n\nAnd what about delivery?');
      expect(askedAgain.filter(({ role }) => role === 'user')).toHaveLength(1);
    }
  });
});

describe('a reconnecting visitor', () => {
  test('finds the running answer in the snapshot and receives the rest of it', async () => {
    const answer = 'One two three four five six seven eight nine ten.';
    server.endpoint.script({ answer });
    const release = server.endpoint.holdAfter(20);
    const before = await connect();
    const { turnId } = await ask(before, 'Count for me, please, about returns');
    await before.received((event) => event.type === 'text-delta');
    before.close();

    const after = await connect({ site: 'acme', session: before.start.session });
    expect(after.start.conversationId).toBe(before.start.conversationId);
    const deltas = after.start.turn?.deltas ?? [];
    const seen = deltas.map(({ text }) => text).join('');
    expect(answer.startsWith(seen) && seen.length > 0).toBe(true);
    release();
    await after.received(ended(turnId));
    // A delta may arrive before the snapshot that also contains it.
    const rest = after.events.flatMap((event) =>
      event.type === 'text-delta' && event.n > deltas.length ? [event.text] : [],
    );
    expect(seen + rest.join('')).toBe(answer);
  });

  test('gets missed messages and deltas by replay', async () => {
    server.endpoint.script({ answer: 'Replayed from the log.' });
    const release = server.endpoint.holdAfter(8);
    const client = await connect();
    const { turnId } = await ask(client, 'Is the return free?');
    await client.received((event) => event.type === 'text-delta');
    release(); // the next text comes in a delta of its own
    await client.received(ended(turnId));

    const answer = await client.ask<ReplayAnswer>('replay', { afterSeq: 1, turnId, afterDelta: 1 });
    expect(answer).toMatchObject({ ok: true, turn: { turnId, state: 'done' } });
    if (!answer.ok) return;
    expect(answer.messages.map(({ seq }) => seq)).toEqual([2]);
    expect(answer.turn?.deltas[0]?.n).toBe(2);
  });

  test('gets a resync if it has messages that the server does not have', async () => {
    const client = await connect();
    expect(await client.ask('replay', { afterSeq: 99 })).toMatchObject({ ok: true, resync: true });
  });

  test('reads earlier messages in pages', async () => {
    const client = await connect();
    for (const text of ['first about returns', 'second about returns']) {
      const { turnId } = await ask(client, text);
      await client.received(ended(turnId));
    }
    const page = await client.ask<{ messages: { seq: number; text: string }[] }>('history-read', {
      beforeSeq: 3,
      limit: 2,
    });
    expect(page).toMatchObject({ ok: true, messages: [{ seq: 1, text: 'first about returns' }, { seq: 2 }] });
  });
});

describe('one message id', () => {
  test('sent five times at once has one effect and one answer', async () => {
    const client = await connect();
    const id = randomUUID();
    const acks = await Promise.all(Array.from({ length: 5 }, () => client.send('Where is my parcel?', id)));
    expect(new Set(acks.map((ack) => JSON.stringify(ack))).size).toBe(1);
    const [ack] = acks;
    if (!ack?.ok || ack.turnId === undefined) throw new Error('not accepted');
    await client.received(ended(ack.turnId));
    const { ok, messages } = (await client.ask('replay', { afterSeq: 0 })) as ReplayAnswer & { ok: boolean };
    expect(ok).toBe(true);
    expect(messages.map(({ from }) => from)).toEqual(['visitor', 'assistant']);
  });

  test('with another text is refused as a conflict and changes nothing', async () => {
    const client = await connect();
    const id = randomUUID();
    const first = await client.send('Where is my parcel?', id);
    expect(first.ok).toBe(true);
    expect(await client.send('Something else', id)).toMatchObject({ ok: false, code: 'conflict' });
  });
});

describe('an invalid event', () => {
  test.each([
    ['nothing', undefined],
    ['a number', 7],
    ['an id that is no UUID', { id: '../x', text: 'hi' }],
    ['text that is an object', { id: randomUUID(), text: { $ne: null } }],
    ['an empty text', { id: randomUUID(), text: '   ' }],
  ])('message-send with %s is refused with bad-message, naming the fault', async (_what, payload) => {
    const client = await connect();
    const answer = await client.ask('message-send', payload);
    expect(answer).toMatchObject({ ok: false, code: 'bad-message' });
    expect(answer.ok ? '' : answer.message).toContain('message-send');
  });

  test('a text over the limit is refused as too-long, with its length', async () => {
    const client = await connect();
    const answer = await client.send('x'.repeat(MESSAGE_TEXT_MAX + 1));
    expect(answer).toMatchObject({ ok: false, code: 'too-long' });
    expect(answer.ok ? '' : answer.message).toContain('4001');
  });

  test('an event without an acknowledgement function is ignored', async () => {
    const client = await connect();
    const { socket } = client as unknown as { socket: { emit(event: string, ...args: unknown[]): void } };
    socket.emit('message-send');
    socket.emit('message-send', { id: 1 });
    socket.emit('turn-stop', null, 'not a function');
    socket.emit('no-such-event', { deep: { deeper: [] } });
    expect(await client.ask('history-read', { beforeSeq: 1, limit: 1 })).toEqual({ ok: true, messages: [] });
  });

  test('a turn of another conversation cannot be stopped or read', async () => {
    const mine = await connect();
    const { turnId } = await ask(mine, 'A private question about returns');
    await mine.received(ended(turnId));
    const other = await connect();
    expect(await other.ask('turn-stop', { turnId })).toMatchObject({ ok: false, code: 'not-found' });
    expect(await other.ask<ReplayAnswer>('replay', { afterSeq: 0, turnId })).toEqual({ ok: true, messages: [] });
  });
});

describe('connecting', () => {
  const refusal = async (...args: Parameters<typeof connectWidget> extends [number, ...infer Rest] ? Rest : never) => {
    const error = await connectWidget(server.port, ...args).then(
      (client) => {
        client.close();
        return undefined;
      },
      (reason: unknown) => reason,
    );
    return error instanceof ConnectRefusedError ? error.refusal?.code : `admitted or broken: ${String(error)}`;
  };

  test.each([
    'https://evil.example',
    'https://shop.example.evil.example',
    'https://evil-shop.example',
    'https://shop.example:8443',
    'http://shop.example',
    'https://SHOP.example',
    'https://shop.example/',
    'https://other.example',
    'https://xn--shp-bma.example',
    'https://shop.example@evil.example',
    'null',
  ])('stays shut for a page of %s', async (origin) => {
    expect(await refusal({ site: 'acme' }, origin)).toBe('origin-refused');
  });

  test.each([
    ['https://evil.example', 'https://evil.example. Add that origin to the site’s allowedOrigins.'],
    ['null', 'Add allow-same-origin to the frame’s sandbox attribute, or open the page from a web server.'],
  ])('tells the owner of a page of %s what to do', async (origin, fix) => {
    const error = await connectWidget(server.port, { site: 'acme' }, origin).catch((reason: unknown) => reason);
    expect(String(error).replaceAll("'", '’')).toContain(fix);
  });

  test('is refused with a code for an unknown site, a malformed site, an expired session and an invalid identity', async () => {
    expect(await refusal({ site: 'unknown' })).toBe('unknown-site');
    expect(await refusal({ site: ['acme'] })).toBe('unknown-site');
    expect(await refusal({})).toBe('unknown-site');
    expect(await refusal({ site: 'acme', session: 'never-given' })).toBe('session-expired');
    expect(await refusal({ site: 'acme', identity: 'a.b.c' })).toBe('bad-identity');
  });

  test('rejects the session of another site', async () => {
    const client = await connect();
    expect(await refusal({ site: 'other', session: client.start.session }, 'https://other.example')).toBe(
      'session-expired',
    );
  });

  const sign = (subject: string, { secret = 'x'.repeat(32), expires = '5m' } = {}) =>
    new SignJWT({})
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(subject)
      .setAudience('acme')
      .setJti(randomUUID())
      .setExpirationTime(expires)
      .sign(new TextEncoder().encode(secret));

  test('recognizes an identified visitor on another device, and refuses a token that another browser used', async () => {
    const token = await sign('visitor-7');
    const laptop = await connect({ site: 'acme', identity: token, browser: 'laptop' });
    const phone = await connect({ site: 'acme', identity: await sign('visitor-7') });
    expect(phone.start.conversationId).toBe(laptop.start.conversationId);
    expect(await refusal({ site: 'acme', identity: token })).toBe('bad-identity');
    expect(await refusal({ site: 'acme', identity: token, browser: 'phone' })).toBe('bad-identity');
  });

  test('a token that is sent again continues its session, even after the token has expired', async () => {
    const token = await sign('visitor-8');
    const { start } = await connect({ site: 'acme', identity: token });
    const again = await connect({ site: 'acme', identity: token, session: start.session });
    expect(again.start).toMatchObject({ session: start.session, conversationId: start.conversationId });

    const identity = await sign('visitor-8', { expires: '10 minutes ago' });
    expect(await refusal({ site: 'acme', identity })).toBe('bad-identity');
    const later = await connect({ site: 'acme', identity, session: start.session });
    expect(later.start.session).toBe(start.session);
  });

  test('a browser whose connection broke before its session arrived may send the token again', async () => {
    const identity = await sign('visitor-9');
    const first = await connect({ site: 'acme', identity, browser: 'b1' });
    const second = await connect({ site: 'acme', identity, browser: 'b1' });
    expect(second.start.conversationId).toBe(first.start.conversationId);
  });

  test('the session of another visitor does not make a used, expired or forged token valid', async () => {
    const used = await sign('visitor-10');
    await connect({ site: 'acme', identity: used, browser: 'b1' });
    const { session: anonymous } = (await connect()).start;
    const { session: other } = (await connect({ site: 'acme', identity: await sign('visitor-11') })).start;
    const { session: own } = (await connect({ site: 'acme', identity: await sign('visitor-10') })).start;
    const expired = await sign('visitor-10', { expires: '10 minutes ago' });
    for (const session of [anonymous, other]) {
      expect(await refusal({ site: 'acme', identity: used, session })).toBe('bad-identity');
      expect(await refusal({ site: 'acme', identity: expired, session })).toBe('bad-identity');
    }
    const forged = await sign('visitor-10', { secret: 'y'.repeat(32) });
    expect(await refusal({ site: 'acme', identity: forged, session: own })).toBe('bad-identity');
  });

  test('a new token of another visitor opens that visitor’s conversation, even with the session of the first', async () => {
    const { start } = await connect({ site: 'acme', identity: await sign('visitor-12') });
    const next = await connect({ site: 'acme', identity: await sign('visitor-13'), session: start.session });
    expect(next.start.conversationId).not.toBe(start.conversationId);
    expect(next.start.session).not.toBe(start.session);
  });
});
