import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { createLog } from './log.ts';
import { createMailer } from './mail.ts';
import { portOf } from './port-of.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

interface AcceptedMail {
  recipients: string[];
  data: string;
}

/** Implements as much SMTP as a client needs. `answerTo` returns the reply to each end of data: `250`, or a refusal. */
async function startSmtp(answerTo: (mail: number) => string = () => '250 accepted') {
  const accepted: AcceptedMail[] = [];
  const sockets = new Set<Socket>();
  let tried = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    let recipients: string[] = [];
    let buffered = '';
    let inData = false;
    socket.write('220 test\r\n');
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      buffered += chunk.toString();
      for (;;) {
        const end = buffered.indexOf(inData ? '\r\n.\r\n' : '\r\n');
        if (end < 0) return;
        const line = buffered.slice(0, end);
        buffered = buffered.slice(end + (inData ? 5 : 2));
        if (inData) {
          inData = false;
          tried += 1;
          const answer = answerTo(tried);
          if (answer.startsWith('250')) accepted.push({ recipients, data: line });
          recipients = [];
          socket.write(`${answer}\r\n`);
        } else if (line.startsWith('DATA')) {
          inData = true;
          socket.write('354 go on\r\n');
        } else {
          if (line.startsWith('RCPT TO:')) recipients.push(line.slice(8));
          socket.write('250 yes\r\n');
        }
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ends.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { url: `smtp://127.0.0.1:${portOf(server)}`, accepted, tried: () => tried };
}

function start(smtpUrl: string, retryAfterMs = [1, 1]) {
  const mailer = createMailer({ smtpUrl, from: 'help@shop.example', log: createLog('silent'), retryAfterMs });
  if (mailer === undefined) throw new Error('there should be a mailer');
  ends.push(() => mailer.close());
  return mailer;
}

const reply = {
  to: 'visitor@home.example',
  siteName: 'Larkwood',
  text: 'It ships <b>today</b>.',
  id: 'c.2',
  earlierIds: [],
};

test('without a mail server there is no mailer', () => {
  expect(createMailer({ smtpUrl: undefined, from: 'help@shop.example', log: createLog('silent') })).toBeUndefined();
});

test('a reply arrives as plain text, from the site, only to the visitor', async () => {
  const smtp = await startSmtp();
  expect(await start(smtp.url).mailReply(reply)).toBe(true);
  const [mail] = smtp.accepted;
  expect(mail?.recipients).toEqual(['<visitor@home.example>']);
  expect(mail?.data).toContain('From: help@shop.example');
  expect(mail?.data).toContain('Subject: Larkwood: a reply to your question');
  expect(mail?.data).toContain('Content-Type: text/plain; charset=utf-8');
  expect(mail?.data).toContain('It ships <b>today</b>.');
  expect(mail?.data).not.toContain('text/html');
});

test('later e-mails of a conversation are in the thread of the first', async () => {
  const smtp = await startSmtp();
  const mailer = start(smtp.url);
  await mailer.mailReply(reply);
  await mailer.mailReply({ ...reply, id: 'c.6', earlierIds: ['c.2', 'c.4'] });
  const [first, later] = smtp.accepted.map(({ data }) => data.split('\r\n'));
  const subject = 'Subject: Larkwood: a reply to your question';
  expect(first).toEqual(expect.arrayContaining([subject, 'Message-ID: <c.2@shop.example>']));
  expect(first?.filter((line) => /^(in-reply-to|references):/i.test(line))).toEqual([]);
  expect(later).toEqual(
    expect.arrayContaining([
      subject,
      'Message-ID: <c.6@shop.example>',
      'In-Reply-To: <c.4@shop.example>',
      'References: <c.2@shop.example> <c.4@shop.example>',
    ]),
  );
});

test.each([
  'visitor@home.example\r\nBcc: other@home.example',
  'visitor@home.example, other@home.example',
  'visitor@home.example;other@home.example',
  '<visitor@home.example> other@home.example',
  'group: visitor@home.example;',
  '"a"@home.example',
  'visitor',
  '',
])('%j is refused as an address', async (to) => {
  const smtp = await startSmtp();
  expect(await start(smtp.url).mailReply({ ...reply, to })).toBe(false);
  expect(smtp.tried()).toBe(0);
});

test("a site name can't inject a header, and a text can't end the mail", async () => {
  const smtp = await startSmtp();
  const mailer = start(smtp.url);
  await mailer.mailReply({
    ...reply,
    siteName: 'Larkwood\r\nBcc: other@home.example\r\n\r\nhello',
    text: 'one\r\n.\r\nRCPT TO:<other@home.example>\r\ntwo',
  });
  expect(smtp.accepted).toHaveLength(1);
  expect(smtp.accepted[0]?.recipients).toEqual(['<visitor@home.example>']);
  const [head = ''] = smtp.accepted[0]?.data.split('\r\n\r\n') ?? [];
  expect(head.split('\r\n').filter((line) => /^bcc:/i.test(line))).toEqual([]);
});

test('a temporary failure is retried a limited number of times', async () => {
  const passing = await startSmtp((mail) => (mail < 3 ? '451 later' : '250 accepted'));
  expect(await start(passing.url).mailReply(reply)).toBe(true);
  expect(passing.accepted).toHaveLength(1);
  const stuck = await startSmtp(() => '451 later');
  expect(await start(stuck.url).mailReply(reply)).toBe(false);
  expect(stuck.tried()).toBe(3);
});

test('a permanent failure is not retried', async () => {
  const smtp = await startSmtp(() => '550 no such mailbox');
  expect(await start(smtp.url).mailReply(reply)).toBe(false);
  expect(smtp.tried()).toBe(1);
});

test('closing cancels pending retries', async () => {
  const smtp = await startSmtp(() => '451 later');
  const mailer = start(smtp.url, [600_000]);
  const sent = mailer.mailReply(reply);
  await vi.waitFor(() => expect(smtp.tried()).toBe(1));
  mailer.close();
  expect(await sent).toBe(false);
});

test("the error for an invalid server URL doesn't contain the password", () => {
  const create = () =>
    createMailer({ smtpUrl: 'http://user:hush@host', from: 'help@shop.example', log: createLog('silent') });
  expect(create).toThrow(/smtp:\/\/user:password@host/);
  expect(create).not.toThrow(/hush/);
});
