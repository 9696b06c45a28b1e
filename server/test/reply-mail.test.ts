import type { Ticket } from '@firstword/shared/ticket';
import type { Message } from '@firstword/shared/wire';
import { type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { createReplyMail } from '../src/conversation/reply-mail.ts';
import { createLog } from '../src/lib/log.ts';
import type { ReplyMail as Mail } from '../src/lib/mail.ts';
import type { Redis } from '../src/lib/redis.ts';
import { createRedisKeys } from '../src/store/keys.ts';
import { createMailDueList } from '../src/store/mail-due-list.ts';

const GRACE_MS = 30_000;
let server: RedisServer;
let redis: Redis;
let now: number;
let readSeq: number;
let messages: Message[];
let ticket: Ticket;
let isConfirmed: boolean;
let stored: Map<string, Buffer>;
const mailReply = vi.fn<(mail: Mail) => Promise<boolean>>();

beforeAll(async () => {
  server = await startRedisServer();
  redis = await server.connect();
});
beforeEach(async () => {
  await redis.flushall();
  now = 1_000_000;
  readSeq = 0;
  isConfirmed = true;
  stored = new Map();
  messages = [];
  ticket = { id: 't', siteId: 'acme', conversationId: 'c', email: 'visitor@home.example' } as Ticket;
  mailReply.mockReset().mockResolvedValue(true);
});
afterAll(async () => {
  await server.stop();
});

/** A process after a restart: its only state is in Redis. */
const process = () =>
  createReplyMail({
    mailer: { mailReply },
    dueList: createMailDueList(redis, createRedisKeys('test')),
    store: { snapshot: async () => ({ lastSeq: messages.length, responder: 'agent', messages }) },
    readMarks: { of: async () => readSeq },
    tickets: { get: async (id) => (id === ticket.id ? ticket : undefined) },
    addressOf: async ({ email }) => (isConfirmed ? email : undefined),
    siteName: () => 'Larkwood',
    readFile: async (_conversationId, fileId) => stored.get(fileId),
    log: createLog('silent'),
    graceMs: GRACE_MS,
    now: () => now,
  });

async function reply(seq: number, text: string) {
  messages.push({ seq, id: `m${seq}`, from: 'agent', text, at: now });
  await process().schedule(ticket, seq);
}
async function sweepAfter(ms: number) {
  now += ms;
  await process().sweep();
}
const mailed = () => mailReply.mock.calls.map(([mail]) => mail.text);

test('a reply that stays unread is e-mailed once, after the grace time, also after a restart', async () => {
  await reply(2, 'It ships today.');
  await sweepAfter(GRACE_MS - 1);
  expect(mailed()).toEqual([]);
  await sweepAfter(1);
  await process().schedule(ticket, 2); // a repeated request
  await sweepAfter(10 * GRACE_MS);
  expect(mailReply.mock.calls).toEqual([
    [{ to: ticket.email, siteName: 'Larkwood', text: 'It ships today.', id: 'c.2', earlierIds: [] }],
  ]);
});

test('a reply that the visitor has read is not e-mailed', async () => {
  await reply(2, 'It ships today.');
  readSeq = 2;
  await sweepAfter(GRACE_MS);
  expect(mailed()).toEqual([]);
});

test('of two replies the second still gets its grace time if the visitor has read the first', async () => {
  await reply(2, 'It ships today.');
  now += GRACE_MS - 1000;
  await reply(3, 'By noon.');
  readSeq = 2;
  await sweepAfter(1000);
  expect(mailed()).toEqual([]);
  await sweepAfter(GRACE_MS - 1000);
  expect(mailed()).toEqual(['By noon.']);
});

test('unread replies share one e-mail, and later e-mails reference the earlier ones', async () => {
  await reply(2, 'It ships today.');
  await reply(3, 'By noon.');
  await sweepAfter(GRACE_MS);
  await reply(4, 'It has left.');
  await sweepAfter(GRACE_MS);
  await reply(5, 'It has arrived.');
  await sweepAfter(GRACE_MS);
  expect(mailed()).toEqual(['It ships today.\n\nBy noon.', 'It has left.', 'It has arrived.']);
  expect(mailReply.mock.calls.map(([{ id, earlierIds }]) => [id, ...earlierIds])).toEqual([
    ['c.3'],
    ['c.4', 'c.3'],
    ['c.5', 'c.3', 'c.4'],
  ]);
});

test('nothing is e-mailed to an address that the visitor has not confirmed', async () => {
  isConfirmed = false;
  await reply(2, 'It ships today.');
  await sweepAfter(GRACE_MS);
  expect(mailed()).toEqual([]);
});

test('an address given within the grace time counts', async () => {
  const { email, ...without } = ticket;
  ticket = without;
  await reply(2, 'It ships today.');
  ticket = { ...without, ...(email !== undefined && { email }) };
  await sweepAfter(GRACE_MS);
  expect(mailed()).toEqual(['It ships today.']);
});

test('without an address nothing is e-mailed, now or later', async () => {
  const { email, ...without } = ticket;
  ticket = without;
  await reply(2, 'It ships today.');
  await sweepAfter(GRACE_MS);
  ticket = { ...without, ...(email !== undefined && { email }) };
  await sweepAfter(GRACE_MS);
  expect(mailed()).toEqual([]);
});

test('if a process stops while sending, another one sends the e-mail', async () => {
  await reply(2, 'It ships today.');
  now += GRACE_MS;
  const stopping = process();
  mailReply.mockImplementationOnce(async () => {
    stopping.stop();
    return false;
  });
  await stopping.sweep();
  await sweepAfter(1000); // the lease has not expired
  expect(mailReply).toHaveBeenCalledTimes(1);
  await sweepAfter(5 * 60_000);
  await sweepAfter(5 * 60_000);
  expect(mailed()).toEqual(['It ships today.', 'It ships today.']);
});

test('a reply written while an e-mail is being sent gets an e-mail of its own', async () => {
  await reply(2, 'It ships today.');
  mailReply.mockImplementationOnce(async () => {
    await reply(3, 'By noon.');
    return true;
  });
  await sweepAfter(GRACE_MS);
  await sweepAfter(GRACE_MS);
  expect(mailed()).toEqual(['It ships today.', 'By noon.']);
});

test('an e-mail that the mail server refuses is not retried', async () => {
  await reply(2, 'It ships today.');
  mailReply.mockResolvedValue(false);
  await sweepAfter(GRACE_MS);
  await sweepAfter(10 * 60_000);
  expect(mailReply).toHaveBeenCalledTimes(1);
});

test('files are attached as far as they fit, and the mail says where the others are', async () => {
  const sendFile = async (seq: number, id: string, size: number) => {
    const file = { id, name: `${id}.pdf`, type: 'application/pdf', size };
    messages.push({ seq, id: `m${seq}`, from: 'agent', text: `[file: ${id}.pdf]`, at: now, file });
    await process().schedule(ticket, seq);
  };
  stored.set('invoice', Buffer.from('%PDF invoice')).set('manual', Buffer.from('%PDF manual'));
  await reply(2, 'Here they are.');
  await sendFile(3, 'invoice', 12);
  await sendFile(4, 'manual', 8 * 1024 * 1024);
  await sendFile(5, 'expired', 12);
  await sweepAfter(GRACE_MS);
  const elsewhere = 'Open the chat to download this file.';
  expect(mailed()).toEqual([
    `Here they are.\n\n[file: invoice.pdf]\n\n[file: manual.pdf] ${elsewhere}\n\n[file: expired.pdf] ${elsewhere}`,
  ]);
  expect(mailReply.mock.calls[0]?.[0].files).toEqual([
    { name: 'invoice.pdf', type: 'application/pdf', content: Buffer.from('%PDF invoice') },
  ]);
});
