import type { Ticket } from '@firstword/shared/ticket';
import { expect, test, vi } from 'vitest';
import { createLog } from '../lib/log.ts';
import type { ReplyMail } from '../lib/mail.ts';
import { createReplyMail } from './api-reply-mail.ts';

const ticket = { id: 't', siteId: 'acme', conversationId: 'c', email: 'visitor@home.example' } as Ticket;

function start(connected: () => Promise<boolean>) {
  const mailReply = vi.fn<(mail: ReplyMail) => Promise<boolean>>(async () => true);
  const asked = vi.fn(connected);
  const send = createReplyMail({
    mailer: { mailReply },
    isConnected: asked,
    siteName: () => 'Larkwood',
    log: createLog('silent'),
  });
  return { send, asked, mailReply };
}

test('a reply is e-mailed to a visitor who left an address and is not connected', async () => {
  const { send, mailReply } = start(async () => false);
  send(ticket, 'It ships today.');
  await vi.waitFor(() => expect(mailReply).toHaveBeenCalledTimes(1));
  expect(mailReply).toHaveBeenCalledWith({ to: ticket.email, siteName: 'Larkwood', text: 'It ships today.' });
});

test('no e-mail is sent to a connected visitor or without an address', async () => {
  const here = start(async () => true);
  here.send(ticket, 'It ships today.');
  await here.asked.mock.results[0]?.value;
  expect(here.mailReply).not.toHaveBeenCalled();
  const { email: _, ...without } = ticket;
  const anonymous = start(async () => false);
  anonymous.send(without, 'It ships today.');
  expect(anonymous.asked).not.toHaveBeenCalled();
});

test('an error while checking the connection does not fail the reply', async () => {
  const { send, asked, mailReply } = start(() => Promise.reject(new Error('redis is away')));
  expect(() => send(ticket, 'It ships today.')).not.toThrow();
  await asked.mock.results[0]?.value.catch(() => {});
  expect(mailReply).not.toHaveBeenCalled();
});
