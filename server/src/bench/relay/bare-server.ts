/**
 * What the product is held against: Socket.IO that passes a model's tokens on and does nothing else. Nothing is
 * checked, stored or searched, and whatever breaks is lost.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createParser } from 'eventsource-parser';
import { Server } from 'socket.io';
import { Pool } from 'undici';
import { serveParent } from './bench-process.ts';

interface Chunk {
  choices?: { delta?: { content?: string } }[];
}

const endpoint = new URL(process.argv[2] ?? '');
const upstream = new Pool(endpoint.origin, { connections: 4096, pipelining: 1, headersTimeout: 0, bodyTimeout: 0 });
const http = createServer();
const io = new Server(http, { transports: ['websocket'], serveClient: false, perMessageDeflate: false });

io.on('connection', (socket) => {
  socket.on('ask', async (text: string) => {
    const { body } = await upstream.request({
      method: 'POST',
      path: `${endpoint.pathname}/chat/completions`,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'm', max_tokens: 200, stream: true, messages: [{ role: 'user', content: text }] }),
    });
    const decoder = new TextDecoder();
    const parser = createParser({
      onEvent({ data }) {
        if (data === '[DONE]') return;
        const content = (JSON.parse(data) as Chunk).choices?.[0]?.delta?.content;
        if (content) socket.emit('delta', content);
      },
    });
    for await (const bytes of body) parser.feed(decoder.decode(bytes, { stream: true }));
  });
});

http.listen(0, '127.0.0.1', () => {
  serveParent((http.address() as AddressInfo).port, {}, async () => {
    await io.close();
    await upstream.destroy();
  });
});
