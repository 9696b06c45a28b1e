/**
 * What the product is held against: Socket.IO that passes a model's tokens on and does nothing else. Nothing is
 * checked, stored or searched, and whatever breaks is lost.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
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

/** @param answer passes each text of the answer on; called for each question */
export async function startRelay(
  answer: (question: string, tell: (text: string) => void) => Promise<void>,
): Promise<Relay> {
  const http = createServer();
  const io = new Server(http, { transports: ['websocket'], serveClient: false, perMessageDeflate: false });
  io.on('connection', (socket) => {
    socket.on('ask', (question: string) => void answer(question, (text) => socket.emit('delta', text)));
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  return { port: (http.address() as AddressInfo).port, close: () => io.close() };
}

/** @param baseUrl of the endpoint, ending in /v1; `headers` go with each request */
export async function startBareRelay(baseUrl: string, headers: Readonly<Record<string, string>> = {}): Promise<Relay> {
  const endpoint = new URL(baseUrl);
  const upstream = new Pool(endpoint.origin, { connections: 4096, pipelining: 1, headersTimeout: 0, bodyTimeout: 0 });
  const relay = await startRelay(async (question, tell) => {
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
        if (content) tell(content);
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
