/** A small server that speaks the widget's wire from a script: enough to see and test the widget without the real one. */

import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Hours } from '@firstword/shared/hours';
import type {
  Citation,
  Handshake,
  Message,
  PreChatForm,
  Refusal,
  ResponderChange,
  SessionStart,
  SiteView,
  ThemeView,
  TurnSnapshot,
  WidgetClientEvents,
  WidgetServerEvents,
} from '@firstword/shared/wire';
import { listenLocally } from '@firstword/testing/listen-locally';
import { Server } from 'socket.io';

const dist = path.join(path.dirname(fileURLToPath(import.meta.url)), '../dist');

export interface ScriptedServer {
  url: string;
  handshakes: Handshake[];
  /** Every event that the widget sent, in order. */
  received: { event: string; payload: unknown }[];
  messages: Message[];
  script: Script;
  /** Sends to every connected widget. */
  emit: <E extends keyof WidgetServerEvents>(event: E, ...payload: Parameters<WidgetServerEvents[E]>) => void;
  say(message: Partial<Message> & Pick<Message, 'from' | 'text'>): Message;
  setHandler(change: ResponderChange): void;
  /** Breaks every connection as a dying network would. */
  cut(): void;
  /** Widgets that hold a socket now. */
  connected(): number;
  /** Resolves with the next payload of the event. */
  next(event: string): Promise<unknown>;
  close(): Promise<void>;
}

export interface Script {
  answer: string;
  citations: Citation[];
  /** Before the first piece, and between pieces. */
  firstMs: number;
  pieceMs: number;
  pieceLength: number;
  /** Numbers of deltas that are logged but never sent: only `replay` brings them. */
  lost: ReadonlySet<number>;
  refuse: Partial<Record<keyof WidgetClientEvents, Refusal>>;
  /** Events whose acknowledgement never comes, this many times. */
  silent: Partial<Record<keyof WidgetClientEvents, number>>;
  refuseConnection: { code: string; message?: string; retryAfterMs?: number } | undefined;
  mode: SessionStart['mode'];
  accent: string;
  /** Beyond the accent. */
  theme: Partial<ThemeView>;
  greeting: string;
  /** Whether the server can send mail. */
  mail: boolean;
  hours: Hours | undefined;
  /** The server's time; otherwise the real one. */
  now: number | undefined;
  preChat: PreChatForm | undefined;
  uploads: SiteView['uploads'];
  answerWhileTyping: boolean;
  /** The response to the next file; undefined accepts it. */
  refuseFile: { status: number; code: string } | undefined;
  /** How the turn ends; anything but `done` ends it half way. */
  ends: 'done' | 'interrupted' | 'failed';
}

const defaults: Script = {
  answer: 'Hello **there**.',
  citations: [],
  firstMs: 0,
  pieceMs: 0,
  pieceLength: 4,
  lost: new Set(),
  refuse: {},
  silent: {},
  refuseConnection: undefined,
  mode: 'live',
  accent: '#0f6b5c',
  theme: {},
  greeting: 'Hello. What can we help you with?',
  ends: 'done',
  mail: true,
  hours: undefined,
  now: undefined,
  preChat: undefined,
  uploads: undefined,
  answerWhileTyping: false,
  refuseFile: undefined,
};

function hostPage(from: string, attributes: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Host page</title><link rel="icon" href="data:,"></head><body><main><h1>Host page</h1>${body}</main>
<script nonce="n">window.firstword = window.firstword || function () { (firstword.q = firstword.q || []).push(arguments) };</script>
<script async nonce="n" src="${from}/widget.js" data-site="acme" ${attributes}></script></body></html>`;
}

/** A page that imports the package's entry and provides an element for the chat. */
function inlinePage(locale: string): string {
  return `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Help</title><link rel="icon" href="data:,"></head><body><main><h1>Help</h1><div id="chat"></div></main>
<script nonce="n" type="module">
import { mount } from '/mount.js';
window.mount = mount;
const element = document.getElementById('chat');
element.style.height = '560px';
window.events = [];
window.mountChat = () => {
  window.chat = mount({ element, site: 'acme', server: location.origin, locale: '${locale}', onEvent: (name) => events.push(name) });
};
window.mountChat();
</script></body></html>`;
}

export async function startScriptedServer(script: Partial<Script> = {}, port = 0): Promise<ScriptedServer> {
  const http = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname === '/widget.js' || pathname === '/mount.js' || pathname.startsWith('/assets/')) {
      response.setHeader('content-type', 'text/javascript');
      response.setHeader('access-control-allow-origin', '*');
      createReadStream(path.join(dist, path.normalize(pathname)))
        .on('error', () => response.writeHead(404).end())
        .pipe(response);
      return;
    }
    if (pathname.startsWith('/files')) return void handleFile(request, response, searchParams);
    response.setHeader('content-type', 'text/html');
    const from = searchParams.get('from') ?? '';
    // As strict as a careful page would be: no inline style unless asked for, nothing from elsewhere but the widget's server.
    response.setHeader(
      'content-security-policy',
      `default-src 'none'; script-src 'self' 'nonce-n' ${from}; style-src ${searchParams.get('styles') ?? "'none'"}; connect-src 'self' ${from.replace('http', 'ws')}; img-src data:`,
    );
    if (pathname === '/inline') return void response.end(inlinePage(searchParams.get('locale') ?? 'en'));
    response.end(hostPage(from, searchParams.get('with') ?? '', searchParams.get('body') ?? ''));
  });
  const io = new Server<WidgetClientEvents, WidgetServerEvents>(http, { transports: ['websocket'] });
  const widgets = io.of('/widget');
  const server: ScriptedServer = {
    url: '',
    handshakes: [],
    received: [],
    messages: [],
    script: { ...defaults, ...script },
    emit: (event, ...payload) => void widgets.emit(event, ...payload),
    say(message) {
      const whole = { seq: server.messages.length + 1, id: randomUUID(), at: Date.now(), ...message };
      server.messages.push(whole);
      widgets.emit('message', whole);
      return whole;
    },
    setHandler(change) {
      responder = change;
      widgets.emit('responder', change);
    },
    cut() {
      for (const socket of widgets.sockets.values()) socket.conn.close();
    },
    connected: () => widgets.sockets.size,
    next(event) {
      return new Promise((resolve) => waiting.push({ event, resolve }));
    },
    async close() {
      await io.close();
    },
  };
  /** As the real server does, without its checks. */
  async function handleFile(request: IncomingMessage, response: ServerResponse, query: URLSearchParams) {
    response.setHeader('content-type', 'application/json');
    const bytes = await buffer(request);
    server.received.push({ event: 'file', payload: request.headers.authorization });
    if (request.method === 'GET') return void response.end(files.get((request.url ?? '').split(/[/?]/)[3] ?? ''));
    const { refuseFile } = server.script;
    server.script.refuseFile = undefined;
    if (refuseFile) return void response.writeHead(refuseFile.status).end(JSON.stringify({ ok: false, ...refuseFile }));
    const file = { id: randomUUID(), name: query.get('name') ?? '', type: 'text/plain', size: bytes.length };
    files.set(file.id, bytes);
    const { seq } = server.say({ id: query.get('id') ?? '', from: 'visitor', text: `[file: ${file.name}]`, file });
    response.end(JSON.stringify({ ok: true, seq }));
  }
  const files = new Map<string, Buffer>();
  let responder: ResponderChange = { responder: 'assistant' };
  let turn: TurnSnapshot | undefined;
  let lastTurn: Promise<void> | undefined;
  const waiting: { event: string; resolve: (payload: unknown) => void }[] = [];
  const conversationId = randomUUID();

  async function runTurn(messageSeq: number, turnId: string) {
    const { answer, citations, firstMs, pieceMs, pieceLength, lost, ends } = server.script;
    const running: TurnSnapshot = { turnId, messageSeq, deltas: [], state: 'running' };
    turn = running;
    widgets.emit('turn-event', { type: 'turn-start', turnId, messageSeq });
    await pause(firstMs);
    const text = ends === 'done' ? answer : answer.slice(0, Math.ceil(answer.length / 2));
    for (let at = 0; at < text.length && running.state === 'running'; at += pieceLength) {
      const delta = { n: running.deltas.length + 1, text: text.slice(at, at + pieceLength) };
      running.deltas.push(delta);
      if (!lost.has(delta.n)) widgets.emit('turn-event', { type: 'text-delta', turnId, ...delta });
      if (pieceMs > 0) await pause(pieceMs);
    }
    if (running.state === 'running') running.state = ends;
    const state = running.state;
    const said = running.deltas.map((delta) => delta.text).join('');
    const sources = citations.length > 0 && { citations };
    const stored = said !== '' && server.say({ from: 'assistant', text: said, turnId, state, ...sources });
    widgets.emit('turn-event', {
      type: 'turn-end',
      turnId,
      state,
      retryable: state !== 'done',
      ...(stored && { seq: stored.seq }),
    });
  }

  widgets.use((_, next) => {
    const { refuseConnection } = server.script;
    next(
      refuseConnection &&
        Object.assign(new Error(refuseConnection.message ?? refuseConnection.code), { data: refuseConnection }),
    );
  });
  widgets.on('connection', (socket) => {
    server.handshakes.push(socket.handshake.auth as Handshake);
    const { mode, accent, theme, greeting, mail, hours, preChat, uploads, answerWhileTyping, now } = server.script;
    socket.emit('session-start', {
      session: 'session-token',
      conversationId,
      lastSeq: server.messages.length,
      readSeq: 0,
      messages: server.messages.slice(-50),
      ...(turn?.state === 'running' && { turn }),
      responder: responder,
      site: {
        name: 'Harbour Coffee',
        greeting,
        suggestions: ['Where is my order?', 'How do I return something?', 'Which grind fits my machine?'],
        theme: { accent, ...theme },
        locale: 'en',
        agentSilenceMinutes: 5,
        mail,
        ...(hours && { hours }),
        ...(preChat && { preChat }),
        ...(uploads && { uploads }),
        ...(answerWhileTyping && { answerWhileTyping: true as const }),
      },
      mode,
      region: 'local',
      now: now ?? Date.now(),
    });
    socket.use(([event, payload, reply], next) => {
      server.received.push({ event, payload });
      for (const each of waiting.splice(0)) {
        if (each.event === event) each.resolve(payload);
        else waiting.push(each);
      }
      const name = event as keyof WidgetClientEvents;
      const silent = server.script.silent[name] ?? 0;
      if (silent > 0) {
        server.script.silent[name] = silent - 1;
        return;
      }
      const refusal = server.script.refuse[name];
      if (refusal) return reply(refusal);
      next();
    });
    socket.on('message-send', async ({ id, text }, reply) => {
      // As the real server does: the running answer ends before the next message is stored.
      if (turn?.state === 'running') turn.state = 'stopped';
      await lastTurn;
      const known = server.messages.find((message) => message.id === id);
      if (known) return reply({ ok: true, seq: known.seq, conversationId });
      const { seq } = server.say({ id, from: 'visitor', text });
      const turnId = randomUUID();
      const byAi = responder.responder === 'assistant';
      reply({ ok: true, seq, conversationId, ...(byAi && { turnId }) });
      if (byAi) lastTurn = runTurn(seq, turnId);
    });
    socket.on('draft', (_, reply) => reply({ ok: true, prepared: true }));
    socket.on('replay', ({ afterSeq, turnId, afterDelta = 0 }, reply) => {
      const wanted = turn?.turnId === turnId ? turn : undefined;
      reply({
        ok: true,
        messages: server.messages.filter(({ seq }) => seq > afterSeq),
        ...(wanted && { turn: { ...wanted, deltas: wanted.deltas.filter(({ n }) => n > afterDelta) } }),
      });
    });
    socket.on('turn-stop', (_, reply) => {
      if (turn?.state === 'running') turn.state = 'stopped';
      reply({ ok: true });
    });
    socket.on('turn-retry', (_, reply) => {
      const turnId = randomUUID();
      reply({ ok: true, turnId });
      void runTurn(turn?.messageSeq ?? 1, turnId);
    });
    socket.on('history-read', ({ beforeSeq, limit }, reply) => {
      reply({ ok: true, messages: server.messages.filter(({ seq }) => seq < beforeSeq).slice(-limit) });
    });
    socket.on('person-request', (_, reply) => {
      reply({ ok: true, ticketId: randomUUID() });
      server.setHandler({
        responder: 'waiting-agent',
        ticketId: randomUUID(),
        label: 'Someone will reply within a few minutes.',
      });
    });
    socket.on('hand-off-cancel', (_, reply) => {
      reply({ ok: true });
      server.setHandler({ responder: 'assistant' });
    });
    for (const event of [
      'contact-set',
      'pre-chat-set',
      'rating-set',
      'conversation-rate',
      'first-token-seen',
      'typing',
      'read',
    ] as const) {
      socket.on(event, (_: unknown, reply: (answer: { ok: true }) => void) => reply({ ok: true }));
    }
  });

  server.url = `http://127.0.0.1:${await listenLocally(http, port)}`;
  return server;
}
