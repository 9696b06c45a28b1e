import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { type RequestHandler, Router } from 'express';
import { Registry } from 'prom-client';
import { afterEach, expect, test } from 'vitest';
import { createLog } from '../lib/log.ts';
import { portOf } from '../lib/port-of.ts';
import { createHttpApp } from './web-app.ts';

let answerLate = () => {};
const readWhole: RequestHandler = (request, response) => void request.on('end', () => response.end('whole')).resume();

const open: (Server | Socket)[] = [];
afterEach(() => {
  for (const it of open.splice(0)) 'close' in it ? it.close() : it.destroy();
});

async function start(bodyMs: number): Promise<number> {
  const none = Router();
  const app = createHttpApp({
    modelApi: Router(),
    visitorData: Router(),
    pictures: none,
    api: Router()
      .post('/slow', readWhole)
      .post('/late', (request, response) => {
        request.resume();
        answerLate = () => void response.end('late');
      }),
    files: Router().post('/', readWhole),
    sessionEnd: none,
    proactiveMessages: none,
    assets: none,
    health: none,
    pages: none,
    metrics: new Registry(),
    mayReadDetails: () => true,
    publicHttps: false,
    trustProxy: false,
    bodyMs,
    log: createLog('silent'),
  });
  const server = createServer(app).listen(0, '127.0.0.1');
  open.push(server);
  await once(server, 'listening');
  return portOf(server);
}

/** Says that ten bytes follow, and sends five. */
function begin(port: number, path: string): Socket {
  const socket = connect({ port, host: '127.0.0.1' });
  open.push(socket);
  socket.write(`POST ${path} HTTP/1.1\r\nhost: shop.example\r\ncontent-length: 10\r\n\r\nhello`);
  return socket;
}

test('an incomplete request is closed after the time limit, an upload is not', async () => {
  const port = await start(50);
  const file = begin(port, '/files');
  const request = begin(port, '/api/v1/slow');
  await once(request, 'close');
  file.write('world');
  const [answer] = await once(file, 'data');
  expect(String(answer)).toContain('whole');
});

test('the time limit does not apply to the response', async () => {
  const port = await start(50);
  const early = begin(port, '/api/v1/late');
  early.write('world');
  await once(begin(port, '/api/v1/slow'), 'close'); // by now the patience with both is over
  answerLate();
  const [answer] = await once(early, 'data');
  expect(String(answer)).toContain('late');
});
