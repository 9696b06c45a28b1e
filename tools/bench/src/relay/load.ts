/** The load of the relay benchmark: connects visitors, sends one question each, and records the age of each token. */
import { randomUUID } from 'node:crypto';
import { type LightSocket, openLightSocket } from '@firstword/testing/light-socket';
import { nowMicros, readStamps } from '@firstword/testing/stamp';
import { z } from 'zod';
import { BENCH_ORIGIN } from '../workbench.ts';
import { serveParent } from './bench-process.ts';

/** The packets for each kind of server. */
const DIALECTS = {
  product: {
    join: '40/widget,{"site":"bench"}',
    ready: '42/widget,["session-start"',
    ask: () => `42/widget,["message-send",{"id":"${randomUUID()}","text":"Where is my parcel?"}]`,
  },
  bare: { join: '40', ready: '40', ask: () => '42["ask","Where is my parcel?"]' },
};

const openSchema = z.object({ port: z.int(), server: z.enum(['product', 'bare']), count: z.int() });
const CONNECTING_AT_ONCE = 50;

let sockets: LightSocket[] = [];
let dialect = DIALECTS.product;
let ages: number[] = [];
let lost = 0;

function openOne(port: number): Promise<LightSocket> {
  return new Promise((resolve, reject) => {
    let open = false;
    openLightSocket({
      port,
      origin: BENCH_ORIGIN,
      onPacket(packet, socket) {
        if (packet.startsWith('0')) return socket.send(dialect.join);
        if (open) return readStamps(packet, nowMicros(), (ageMs) => ages.push(ageMs));
        if (!packet.startsWith(dialect.ready)) return;
        open = true;
        resolve(socket);
      },
      onClose() {
        if (open) lost += 1;
        reject(new Error('The server refused a visitor.'));
      },
    });
  });
}

serveParent(
  0,
  {
    async open(argument) {
      const { port, server, count } = openSchema.parse(argument);
      dialect = DIALECTS[server];
      while (sockets.length < count) {
        const more = Math.min(CONNECTING_AT_ONCE, count - sockets.length);
        sockets.push(...(await Promise.all(Array.from({ length: more }, () => openOne(port)))));
      }
      lost = 0;
    },
    /** Sends one question per visitor, one every 2 ms. */
    async ask() {
      for (const socket of sockets) {
        socket.send(dialect.ask());
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
    },
    /** Token ages in milliseconds since the last call, and the number of lost sockets. */
    take() {
      const taken = ages;
      ages = [];
      return { ages: taken, lost };
    },
    close() {
      for (const socket of sockets) socket.close();
      sockets = [];
      ages = [];
    },
  },
  async () => {},
);
