import { randomUUID } from 'node:crypto';
import type { Ticket } from '@firstword/shared/ticket';
import { type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createReplyAddress } from '../src/conversation/reply-address.ts';
import type { CodeMail } from '../src/lib/mail.ts';
import type { Redis } from '../src/lib/redis.ts';
import { createTokenHash } from '../src/lib/tokens.ts';
import { createAddressCodes } from '../src/store/address-codes.ts';
import { createRedisKeys } from '../src/store/keys.ts';
import { createVisitorProfiles } from '../src/store/visitor-profiles.ts';

const EMAIL = 'visitor@home.example';
let server: RedisServer;
let redis: Redis;
beforeAll(async () => {
  server = await startRedisServer();
  redis = await server.connect();
});
afterAll(() => server.stop());

const mails: CodeMail[] = [];
beforeEach(async () => {
  await redis.flushall();
  mails.length = 0;
});

/** A conversation with an open ticket. */
async function openConversation() {
  const keys = createRedisKeys('test');
  let ticket = { id: 't', siteId: 'acme', conversationId: randomUUID() } as Ticket;
  const { conversationId } = ticket;
  await redis.hset(keys.head(conversationId), 'seq', '1');
  const profiles = createVisitorProfiles(redis, keys);
  const address = createReplyAddress({
    profiles,
    codes: createAddressCodes(redis, keys, createTokenHash('a secret')),
    tickets: {
      ofConversation: async () => ticket,
      async setEmail(_id, email) {
        ticket = { ...ticket, email };
        return ticket;
      },
    },
    mailer: {
      async mailCode(mail) {
        mails.push(mail);
        return true;
      },
    },
  });
  return {
    conversationId,
    profiles,
    claim: (email = EMAIL) => address.claim(conversationId, email, 'Acme'),
    confirm: (code: string) => address.confirm(conversationId, code),
    repliesTo: () => address.of(ticket),
  };
}
const lastCode = () => mails.at(-1)?.code ?? '';
const otherThan = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

test('replies go to a claimed address only once its code was entered', async () => {
  const { claim, confirm, repliesTo } = await openConversation();
  expect(await claim()).toBe('code-sent');
  expect(mails).toEqual([{ to: EMAIL, siteName: 'Acme', code: expect.stringMatching(/^\d{6}$/) }]);
  expect(await repliesTo()).toBeUndefined();
  expect(await confirm(otherThan(lastCode()))).toBe('wrong');
  expect(await repliesTo()).toBeUndefined();
  expect(await confirm(lastCode())).toBe('confirmed');
  expect(await repliesTo()).toBe(EMAIL);
  expect(await claim()).toBe('known');

  expect(await claim('attacker@evil.example')).toBe('code-sent');
  expect(await repliesTo()).toBeUndefined();
});

test('a code can be tried five times, in its own conversation only', async () => {
  const [one, other] = [await openConversation(), await openConversation()];
  await one.claim();
  const code = lastCode();
  expect(await other.confirm(code)).toBe('gone');
  for (let time = 1; time <= 5; time++) expect(await one.confirm(otherThan(code))).toBe('wrong');
  expect(await one.confirm(code)).toBe('gone');
  expect(await one.repliesTo()).toBeUndefined();
});

test('an address is sent five codes in an hour, from however many conversations', async () => {
  const outcomes: string[] = [];
  for (let time = 0; time < 8; time++) outcomes.push(await (await openConversation()).claim('Victim@home.example'));
  expect(outcomes.filter((outcome) => outcome === 'code-sent')).toHaveLength(5);
  expect(outcomes.slice(5)).toEqual(['too-many', 'too-many', 'too-many']);
  expect(mails).toHaveLength(5);
});

test('for a visitor whom the site has verified, replies go to the address that it states', async () => {
  const { conversationId, profiles, claim, repliesTo } = await openConversation();
  await profiles.save(conversationId, { subject: '4711', email: 'ada@shop.example' });
  expect(await repliesTo()).toBe('ada@shop.example');
  await claim('attacker@evil.example');
  expect(await repliesTo()).toBe('ada@shop.example');
});
