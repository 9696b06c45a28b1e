/** The server of the browser benchmark: a page for each widget, and the same answer at the same pace over each protocol. */
import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { brotliCompressSync } from 'node:zlib';
import type { WidgetClientEvents, WidgetServerEvents } from '@firstword/shared/wire';
import { listenLocally } from '@firstword/testing/listen-locally';
import { Server } from 'socket.io';
import type { Rival } from './rivals.ts';

export interface BenchSite {
  readonly url: string;
  /** Sets the next answer; a token is sent every `everyMs`. */
  plan(tokens: readonly string[], everyMs: number): void;
  /** Time in milliseconds since the epoch at which the last token of the next answer is sent. */
  answered(): Promise<number>;
  /** Bytes of scripts sent since the last call, compressed with brotli. */
  takeScriptBytes(): number;
  close(): Promise<void>;
}

/** Sends tokens by the clock: after a late timer, all that are due, one by one. */
async function inPace(tokens: readonly string[], everyMs: number, send: (token: string, n: number) => void) {
  const begun = performance.now();
  for (let sent = 0; sent < tokens.length; ) {
    const due = Math.min(tokens.length, Math.floor((performance.now() - begun) / everyMs) + 1);
    for (; sent < due; sent++) send(tokens[sent] ?? '', sent + 1);
    await pause(1);
  }
}

function page(body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>A page with a chat</title><link rel="icon" href="data:,"></head><body><h1>A page with a chat</h1>${body}</body></html>`;
}

export async function startBenchSite(rivals: readonly Rival[]): Promise<BenchSite> {
  let planned: { readonly tokens: readonly string[]; readonly everyMs: number } = { tokens: [], everyMs: 10 };
  const answers = new EventEmitter<{ end: [atMs: number] }>();
  let scriptBytes = 0;
  const site = rivals.find(({ folders }) => folders['/'] !== undefined)?.folders['/'] ?? '';
  const compressed = new Map<string, Buffer>();

  async function answer(send: (token: string, n: number) => void) {
    await inPace(planned.tokens, planned.everyMs, send);
    answers.emit('end', Date.now());
  }

  async function sendFile(path: string, response: ServerResponse) {
    const [, first = ''] = path.split('/');
    const named = rivals.find(({ folders }) => folders[first] !== undefined)?.folders[first];
    const [folder, rest] = named === undefined ? [site, path] : [named, path.slice(first.length + 1)];
    const file = join(folder, normalize(rest));
    const body = compressed.get(file) ?? brotliCompressSync(await readFile(file));
    compressed.set(file, body);
    scriptBytes += body.length;
    response
      .writeHead(200, { 'content-type': 'text/javascript', 'content-encoding': 'br', 'cache-control': 'max-age=600' })
      .end(body);
  }

  async function sendEvents(response: ServerResponse, shape: (token: string) => object, around: readonly object[]) {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
    const write = (event: object) => void response.write(`data: ${JSON.stringify(event)}\n\n`);
    const [before, after] = around;
    if (before) write(before);
    await answer((token) => write(shape(token)));
    if (after) write(after);
    response.end();
  }

  const http = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const rival = rivals.find(({ name }) => pathname === `/with/${name}`);
    if (rival) return void response.writeHead(200, { 'content-type': 'text/html' }).end(page(rival.body));
    if (pathname === '/answer/deep-chat') return void sendEvents(response, (text) => ({ text }), []);
    if (pathname.includes('/prediction/')) {
      const around = [{ event: 'start' }, { event: 'end' }];
      return void sendEvents(response, (data) => ({ event: 'token', data }), around);
    }
    if (pathname.startsWith('/api/')) {
      const body = JSON.stringify({ isStreaming: true });
      return void response.writeHead(200, { 'content-type': 'application/json' }).end(body);
    }
    if (extname(pathname) !== '.js') return void response.writeHead(404).end();
    sendFile(pathname, response).catch(() => response.writeHead(404).end());
  });

  const io = new Server<WidgetClientEvents, WidgetServerEvents>(http, { transports: ['websocket'] });
  io.of('/widget').on('connection', (socket) => {
    const conversationId = randomUUID();
    let seq = 0;
    socket.emit('session-start', {
      session: 'bench',
      conversationId,
      lastSeq: 0,
      messages: [],
      responder: { responder: 'assistant' },
      site: {
        name: 'Bench',
        greeting: 'Hello. What can we help you with?',
        suggestions: ['Where is my order?'],
        theme: { accent: '#1f6f5c' },
        locale: 'en',
        mail: false,
        agentSilenceMinutes: 5,
      },
      mode: 'live',
      region: 'local',
    });
    socket.on('message-send', ({ id, text }, reply) => {
      const turnId = randomUUID();
      seq += 1;
      reply({ ok: true, seq, conversationId, turnId });
      socket.emit('message', { seq, id, from: 'visitor', text, at: Date.now() });
      socket.emit('turn-event', { type: 'turn-start', turnId, messageSeq: seq });
      const whole = planned.tokens.join('');
      const send = (token: string, n: number) =>
        void socket.emit('turn-event', { type: 'text-delta', turnId, n, text: token });
      void answer(send).then(() => {
        seq += 1;
        socket.emit('message', { seq, id: randomUUID(), from: 'assistant', text: whole, at: Date.now(), turnId });
        socket.emit('turn-event', { type: 'turn-end', turnId, state: 'done', seq });
      });
    });
    for (const event of ['first-token-seen', 'typing', 'read'] as const)
      socket.on(event, (_: unknown, reply: (answer: { ok: true }) => void) => reply({ ok: true }));
  });

  const port = await listenLocally(http);
  return {
    url: `http://127.0.0.1:${port}`,
    plan(tokens, everyMs) {
      planned = { tokens, everyMs };
    },
    answered: async () => {
      const [atMs] = await once(answers, 'end');
      return Number(atMs);
    },
    takeScriptBytes() {
      const taken = scriptBytes;
      scriptBytes = 0;
      return taken;
    },
    close: async () => void (await io.close()),
  };
}
