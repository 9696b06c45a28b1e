/**
 * The baseline for the product: a Socket.IO server that relays a model's tokens and does nothing else. It validates,
 * stores and searches nothing, and doesn't handle failures.
 */
import { createServer } from 'node:http';
import { portOf } from '@firstword/server/lib/port-of';
import { createParser } from 'eventsource-parser';
import { Server } from 'socket.io';
import { Pool } from 'undici';

export interface Relay {
  readonly port: number;
  close(): Promise<void>;
}

interface Chunk {
  choices?: { delta?: { content?: string } }[];
}

/** @param answer called for each question; sends each delta of the answer */
export async function startRelay(
  answer: (question: string, sendDelta: (text: string) => void) => Promise<void>,
): Promise<Relay> {
  const http = createServer();
  const io = new Server(http, { transports: ['websocket'], serveClient: false, perMessageDeflate: false });
  io.on('connection', (socket) => {
    socket.on('ask', (question: string) => void answer(question, (text) => socket.emit('delta', text)));
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  return { port: portOf(http), close: () => io.close() };
}

/** @param baseUrl of the endpoint, ending in /v1; `headers` are sent with each request */
export async function startBareRelay(baseUrl: string, headers: Readonly<Record<string, string>> = {}): Promise<Relay> {
  const endpoint = new URL(baseUrl);
  const upstream = new Pool(endpoint.origin, { connections: 4096, pipelining: 1, headersTimeout: 0, bodyTimeout: 0 });
  const relay = await startRelay(async (question, sendDelta) => {
    const { body } = await upstream.request({
      method: 'POST',
      path: `${endpoint.pathname}/chat/completions`,
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({
        model: 'm',
        max_tokens: 200,
        stream: true,
        messages: [{ role: 'user', content: question }],
      }),
    });
    const decoder = new TextDecoder();
    const parser = createParser({
      onEvent({ data }) {
        if (data === '[DONE]') return;
        const content = (JSON.parse(data) as Chunk).choices?.[0]?.delta?.content;
        if (content) sendDelta(content);
      },
    });
    for await (const bytes of body) parser.feed(decoder.decode(bytes, { stream: true }));
  });
  return {
    port: relay.port,
    async close() {
      await relay.close();
      await upstream.destroy();
    },
  };
}
