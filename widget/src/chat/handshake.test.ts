import { expect, test } from 'vitest';
import { createBrowserStore } from './browser-store.ts';
import { createHandshake } from './handshake.ts';
import { createKeptArea } from './kept-area.ts';

const token = (sub: string, exp = Date.now() / 1000 + 300) =>
  `h.${Buffer.from(JSON.stringify({ sub, exp, jti: Math.random() })).toString('base64url')}.s`;
const start = (session: string) => ({ session, conversationId: `conversation of ${session}` });
const stored = () =>
  createBrowserStore(
    'acme',
    1,
    createKeptArea(() => null),
    createKeptArea(() => null),
  );

test('the session goes on in memory where storage is refused', () => {
  const handshake = createHandshake({ site: 'acme' }, stored());
  expect(handshake.next()).not.toHaveProperty('session');
  handshake.joined(start('s1'));
  expect(handshake.next()).toMatchObject({ site: 'acme', session: 's1' });
});

test('a token goes with the browser’s id, also when a session holds the identity', () => {
  const store = stored();
  const handshake = createHandshake({ site: 'acme', identity: token('anna') }, store);
  expect(handshake.next()).toMatchObject({ identity: expect.any(String), browser: store.visitor().id });
  handshake.joined(start('s1'));
  expect(handshake.next()).toMatchObject({ session: 's1', identity: expect.any(String) });
  expect(store.visitor().subject).toBe('anna');
});

test('a token of the same visitor, again or new, asks for no connection while the session holds', () => {
  const first = token('anna');
  const handshake = createHandshake({ site: 'acme' }, stored());
  expect(handshake.identify(first, false)).toBe(true);
  expect(handshake.identify(first, false)).toBe(false);
  handshake.next();
  handshake.joined(start('s1'));
  expect(handshake.identify(first, false)).toBe(false);
  expect(handshake.identify(token('anna'), false)).toBe(false);
  expect(handshake.identify(token('anna'), true)).toBe(true);
});

test('another conversation is asked for until it has begun', () => {
  const known = createHandshake({ site: 'acme', identity: token('anna') }, stored());
  known.next();
  known.joined(start('s1'));
  known.choose();
  expect(known.next()).toMatchObject({ session: 's1', startNew: true });
  known.joined({ session: 's1', conversationId: 'another' });
  expect(known.next()).not.toHaveProperty('startNew');

  const anonymous = createHandshake({ site: 'acme' }, stored());
  anonymous.joined(start('s2'));
  anonymous.choose('an earlier one');
  expect(anonymous.next()).toMatchObject({ session: 's2', conversation: 'an earlier one' });
  anonymous.joined({ session: 's2', conversationId: 'an earlier one' });
  expect(anonymous.next()).not.toHaveProperty('conversation');
});
