/** A server with the widget's protocol that answers from a script, to test and develop the widget without the product's server. */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import type { Handshake } from '@firstword/shared/handshake';
import { siteMark } from '@firstword/shared/site-mark';
import type {
  Message,
  ResponderChange,
  TurnSnapshot,
  WidgetClientEvents,
  WidgetServerEvents,
} from '@firstword/shared/wire';
import { listenLocally } from '@firstword/testing/listen-locally';
import { Server } from 'socket.io';
import { servePage } from './host-pages.ts';
import { defaultScript, type Script } from './script.ts';

export interface ScriptedServer {
  url: string;
  handshakes: Handshake[];
  /** The events that widgets have sent, in order. */
  received: { event: string; payload: unknown }[];
  messages: Message[];
  script: Script;
  /** Sends to every connected widget. */
  emit: <E extends keyof WidgetServerEvents>(event: E, ...payload: Parameters<WidgetServerEvents[E]>) => void;
  sendMessage(message: Partial<Message> & Pick<Message, 'from' | 'text'>): Message;
  /** A message of an agent with a file. */
  attachFile(name: string, bytes: Buffer): Message;
  setResponder(change: ResponderChange): void;
  /** The next connection gets an empty conversation. */
  startAnother(): void;
  /** Closes every connection, as a network failure does. */
  cut(): void;
  /** Number of connected widgets. */
  connected(): number;
  /** Resolves with the next payload of the event. */
  next(event: string): Promise<unknown>;
  close(): Promise<void>;
}

/** As the product's server marks them. */
const FINAL = ['unknown-site', 'origin-refused', 'bad-identity'];

export async function startScriptedServer(script: Partial<Script> = {}, port = 0): Promise<ScriptedServer> {
  const http = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname.startsWith('/files')) return void handleFile(request, response, searchParams);
    if (pathname === '/visitor-data/erase')
      return void eraseConversation(response, searchParams.get('conversation') ?? '');
    if (pathname === '/sessions/end') return void response.writeHead(204, { 'access-control-allow-origin': '*' }).end();
    if (pathname.startsWith('/pictures/')) return void sendPicture(response, pathname.slice('/pictures/'.length));
    if (pathname === '/proactive-messages/acme') return void sendProactive(response);
    servePage(request, response, server.script.proactive && ` ${siteMark('acme')}`);
  });
  const io = new Server<WidgetClientEvents, WidgetServerEvents>(http, { transports: ['websocket'] });
  const widgets = io.of('/widget');
  const server: ScriptedServer = {
    url: '',
    handshakes: [],
    received: [],
    messages: [],
    script: { ...defaultScript, ...script },
    emit: (event, ...payload) => void widgets.emit(event, ...payload),
    sendMessage(message) {
      const stored = { seq: server.messages.length + 1, id: randomUUID(), at: Date.now(), ...message };
      server.messages.push(stored);
      widgets.emit('message', stored);
      return stored;
    },
    attachFile(name, bytes) {
      const file = keepFile(name, bytes);
      return server.sendMessage({ from: 'agent', text: `[file: ${name}]`, agent: { name: 'Second Agent' }, file });
    },
    setResponder(change) {
      responder = change;
      widgets.emit('responder', change);
    },
    startAnother: () => switchTo(randomUUID()),
    cut() {
      for (const socket of widgets.sockets.values()) socket.conn.close();
    },
    connected: () => widgets.sockets.size,
    next(event) {
      return new Promise((resolve) => waiting.push({ event, resolve }));
    },
    async close() {
      const closed = io.close();
      // One that a browser opened in advance, and never used, would keep the server open.
      http.closeAllConnections();
      await closed;
    },
  };
  /** Like the product's server, without its checks. */
  async function handleFile(request: IncomingMessage, response: ServerResponse, query: URLSearchParams) {
    response.setHeader('content-type', 'application/json');
    const bytes = await buffer(request);
    server.received.push({ event: 'file', payload: request.headers.authorization });
    if (request.method === 'GET') return void response.end(files.get((request.url ?? '').split(/[/?]/)[3] ?? ''));
    const { refuseFile } = server.script;
    server.script.refuseFile = undefined;
    if (refuseFile) return void response.writeHead(refuseFile.status).end(JSON.stringify({ ok: false, ...refuseFile }));
    const name = query.get('name') ?? '';
    const file = keepFile(name, bytes);
    const { seq } = server.sendMessage({
      id: query.get('id') ?? '',
      from: 'visitor',
      text: `[file: ${file.name}]`,
      file,
    });
    response.end(JSON.stringify({ ok: true, seq }));
  }
  function sendProactive(response: ServerResponse) {
    const { proactive } = server.script;
    response
      .writeHead(proactive ? 200 : 404, { 'access-control-allow-origin': '*', 'content-type': 'application/json' })
      .end(JSON.stringify(proactive));
  }
  function sendPicture(response: ServerResponse, name: string) {
    const found = server.script.pictures[name];
    response.writeHead(found ? 200 : 404, { 'access-control-allow-origin': '*' }).end(found);
  }
  function keepFile(name: string, bytes: Buffer) {
    const type = name.endsWith('.png') ? 'image/png' : 'text/plain';
    const file = { id: randomUUID(), name, type, size: bytes.length };
    files.set(file.id, bytes);
    return file;
  }
  function eraseConversation(response: ServerResponse, id: string) {
    server.received.push({ event: 'erase', payload: id });
    response.setHeader('access-control-allow-origin', '*').setHeader('access-control-allow-headers', 'authorization');
    if (server.script.refuseErasure) return response.writeHead(503).end('{"ok":false,"code":"unavailable"}');
    if (id === conversationId) {
      server.messages.splice(0);
      conversationId = randomUUID();
      responder = { responder: 'assistant' };
    }
    left.delete(id);
    return response.end('{"ok":true}');
  }
  const files = new Map<string, Buffer>();
  let responder: ResponderChange = { responder: 'assistant' };
  let turn: TurnSnapshot | undefined;
  let lastTurn: Promise<void> | undefined;
  const waiting: { event: string; resolve: (payload: unknown) => void }[] = [];
  let conversationId = randomUUID() as string;
  /** The messages of conversations that the visitor has left. */
  const left = new Map<string, Message[]>();
  function switchTo(wanted: string) {
    if (server.messages.length > 0) left.set(conversationId, [...server.messages]);
    conversationId = wanted;
    server.messages.splice(0, server.messages.length, ...(left.get(wanted) ?? []));
    left.delete(wanted);
    turn = undefined;
  }

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
    const streamed = running.deltas.map((delta) => delta.text).join('');
    const sources = citations.length > 0 && { citations };
    const stored =
      streamed !== '' && server.sendMessage({ from: 'assistant', text: streamed, turnId, state, ...sources });
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
        Object.assign(new Error(refuseConnection.message ?? refuseConnection.code), {
          data: { ...refuseConnection, ...(FINAL.includes(refuseConnection.code) && { final: true }) },
        }),
    );
  });
  widgets.on('connection', (socket) => {
    const { startNew, conversation } = socket.handshake.auth as Handshake;
    server.handshakes.push(socket.handshake.auth as Handshake);
    if (startNew) switchTo(randomUUID());
    else if (conversation) switchTo(conversation);
    const { mode, accent, theme, greeting, mail, hours, preChat, uploads, answerWhileTyping, now } = server.script;
    socket.emit('session-start', {
      session: 'session-token',
      conversationId,
      lastSeq: server.messages.length,
      readSeq: 0,
      messages: server.messages.slice(-50),
      ...(turn?.state === 'running' && { turn }),
      responder,
      ...(server.script.contact && { contact: { email: server.script.contact, confirmed: true as const } }),
      ...(left.size > 0 && { others: { unread: [] } }),
      site: {
        name: 'Harbour Coffee',
        greeting,
        suggestions: ['Where is my order?', 'How do I return something?', 'Which grind fits my machine?'],
        theme: { accent, ...theme },
        locale: 'en',
        agentSilenceMinutes: 5,
        mail,
        ...(hours && { hours }),
        ...(server.script.replyMinutes && { replyMinutes: server.script.replyMinutes }),
        ...(preChat && { preChat }),
        ...(uploads && { uploads }),
        ...(server.script.articles && { articles: true as const }),
        ...(server.script.dataRequests && { dataRequests: true as const }),
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
    socket.on('message-send', async ({ id, text, opening }, reply) => {
      // Like the product's server, which ends the running answer before it stores the next message.
      if (turn?.state === 'running') turn.state = 'stopped';
      await lastTurn;
      const known = server.messages.find((message) => message.id === id);
      if (known) return reply({ ok: true, seq: known.seq, conversationId });
      const said = server.script.proactive?.messages.find((message) => message.id === opening);
      if (said && server.messages.length === 0) server.sendMessage({ from: 'assistant', text: said.text });
      const { seq } = server.sendMessage({ id, from: 'visitor', text });
      const turnId = randomUUID();
      const isAnswered = responder.responder === 'assistant';
      reply({ ok: true, seq, conversationId, ...(isAnswered && { turnId }) });
      if (isAnswered) lastTurn = runTurn(seq, turnId);
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
    socket.on('article-search', ({ text }, reply) => {
      const found = (server.script.articles ?? []).filter(({ title }) => title.toLowerCase().includes(text));
      reply({
        ok: true,
        articles: found.map(({ id, title, text: body }) => ({ id, title, excerpt: body.slice(0, 90) })),
      });
    });
    socket.on('article-read', ({ id }, reply) => {
      const article = server.script.articles?.find((each) => each.id === id);
      reply(article ? { ok: true, article } : { ok: false, code: 'not-found', message: 'There is no such article.' });
    });
    socket.on('conversations-read', (_, reply) => {
      const conversations = [...left].map(([id, messages]) => ({
        conversationId: id,
        firstLine: messages.find(({ from }) => from === 'visitor')?.text ?? '',
        lastAt: messages.at(-1)?.at ?? 0,
        responder: 'assistant' as const,
        unread: false,
      }));
      reply({ ok: true, conversations: conversations.reverse() });
    });
    socket.on('person-request', (_, reply) => {
      reply({ ok: true, ticketId: randomUUID() });
      server.setResponder({
        responder: 'waiting-agent',
        ticketId: randomUUID(),
        label: 'Someone will reply within a few minutes.',
      });
    });
    socket.on('hand-off-cancel', (_, reply) => {
      reply({ ok: true });
      server.setResponder({ responder: 'assistant' });
    });
    socket.on('contact-set', (_, reply) => reply({ ok: true, confirm: true }));
    for (const event of [
      'contact-confirm',
      'transcript-mail',
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
