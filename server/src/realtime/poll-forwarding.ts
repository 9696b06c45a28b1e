/**
 * Answers long-polling requests that reach another process than the one that holds their session: without sticky sessions a
 * proxy spreads them over all processes. The id of a session names its process, which is asked through Redis.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import type { Server as HttpServer, IncomingMessage, ServerResponse } from 'node:http';
import { SOCKET_PACKET_MAX_BYTES } from '@firstword/shared/limits';
import type { Server } from 'socket.io';
import { z } from 'zod';
import type { Log } from '../lib/log.ts';
import { parseJson } from '../lib/parse-json.ts';
import type { ProcessChannel, ProcessChannelParts } from '../lib/process-channel.ts';
import { createOwnPolls } from './own-polls.ts';
import { type PollAnswer, type PollRequest, pollAnswerSchema, pollRequestSchema } from './poll-request.ts';

const messageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ask'), id: z.string(), replyTo: z.string(), request: pollRequestSchema }),
  z.object({ kind: z.literal('answer'), id: z.string(), answer: pollAnswerSchema }),
  /** The client has closed its request; an answer would be lost. */
  z.object({ kind: z.literal('cancel'), id: z.string() }),
]);
type ForwardingMessage = z.infer<typeof messageSchema>;

interface ForwardedPoll {
  readonly owner: string;
  readonly response: ServerResponse;
}

/** How often to look whether the processes that were asked are still there. */
const OWNER_CHECK_MS = 2000;
/** As Socket.IO answers: the client opens a new session. */
const UNKNOWN_SESSION: PollAnswer = {
  status: 400,
  contentType: 'application/json',
  body: JSON.stringify({ code: 1, message: 'Session ID unknown' }),
};

export interface PollForwardingParts {
  readonly io: Server;
  readonly http: HttpServer;
  readonly openChannel: (onText: ProcessChannelParts['onText']) => Promise<ProcessChannel>;
  readonly log: Log;
}

/** Call it before the first connection. */
export async function forwardPolls(parts: PollForwardingParts): Promise<void> {
  const { io, http, openChannel, log } = parts;
  const forwarded = new Map<string, ForwardedPoll>();
  const own = createOwnPolls(http);
  let isChecking = false;

  /** Resolves with false when it was not received. */
  const send = (processId: string, message: ForwardingMessage) =>
    channel.send(processId, JSON.stringify(message)).catch((error: unknown) => {
      log.warn({ reason: String(error) }, 'forwarding a long-polling request failed');
      return false;
    });

  const settle = (id: string, { status, contentType, body }: PollAnswer) => {
    const response = forwarded.get(id)?.response;
    forwarded.delete(id);
    if (response === undefined || response.destroyed) return;
    response.writeHead(status, { 'content-type': contentType, 'cache-control': 'no-store' });
    response.end(body);
  };

  /** A process that was killed never answers. */
  const checkOwners = async () => {
    for (const owner of new Set([...forwarded.values()].map((poll) => poll.owner))) {
      if (await channel.isOpen(owner).catch(() => true)) continue;
      for (const [id, poll] of forwarded) if (poll.owner === owner) settle(id, UNKNOWN_SESSION);
    }
    isChecking = false;
    if (forwarded.size > 0) checkLater();
  };
  const checkLater = () => {
    if (isChecking) return;
    isChecking = true;
    setTimeout(() => void checkOwners(), OWNER_CHECK_MS).unref();
  };

  const forward = async (owner: string, request: PollRequest, response: ServerResponse) => {
    const id = randomUUID();
    forwarded.set(id, { owner, response });
    response.once('close', () => {
      if (forwarded.delete(id)) void send(owner, { kind: 'cancel', id });
    });
    if (!(await send(owner, { kind: 'ask', id, replyTo: channel.self, request }))) return settle(id, UNKNOWN_SESSION);
    checkLater();
  };

  const channel = await openChannel((json) => {
    const { data: message } = messageSchema.safeParse(parseJson(json));
    if (message === undefined) return log.warn({}, 'ignoring an unreadable long-polling request');
    if (message.kind === 'answer') settle(message.id, message.answer);
    else if (message.kind === 'cancel') own.cancel(message.id);
    else
      void own
        .answer(message.id, message.request)
        .then((answer = UNKNOWN_SESSION) => send(message.replyTo, { kind: 'answer', id: message.id, answer }));
  });

  io.engine.generateId = () => `${channel.self}.${randomBytes(15).toString('base64url')}`;
  io.engine.use((request: IncomingMessage, response: ServerResponse, next: () => void) => {
    const { url = '', method, headers } = request;
    const query = new URL(url, 'http://localhost').searchParams;
    const [owner = '', rest] = query.get('sid')?.split('.') ?? [];
    const isElsewhere = rest !== undefined && owner !== channel.self && query.get('transport') === 'polling';
    if (!isElsewhere || (method !== 'GET' && method !== 'POST')) return next();
    readBody(request)
      .then((body) => forward(owner, { method, url, contentType: headers['content-type'], body }, response))
      .catch(() => response.destroy());
  });
}

/** @throws Error when it is longer than a socket's packet may be */
async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request) {
    bytes += part.length;
    if (bytes > SOCKET_PACKET_MAX_BYTES) throw new Error(`more than ${SOCKET_PACKET_MAX_BYTES} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}
