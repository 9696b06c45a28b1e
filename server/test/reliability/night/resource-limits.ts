/** A process at the system's limits: open files and memory. */
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { openSteadyClient } from '@firstword/testing/steady-client';
import { isWell, onInstallation, readMetric } from './installation.ts';
import { openPage, type Page } from './many-sockets.ts';
import { count, type Trial } from './scenario.ts';

const OPEN_FILES = 256;
const ATTEMPTS = 400;
const HELD_SECONDS = 5;

/** Seconds of processor time that it has used so far. */
function processorSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

export const openFiles: Trial = {
  id: 'O15',
  promise:
    'who is there goes on; who comes is refused, not left hanging; at most half a processor meanwhile; afterwards all well',
  run: () =>
    onInstallation(async ({ endpoint, start }) => {
      endpoint.pace({ tokens: 20, everyMs: 10 });
      const server = await start({ openFiles: OPEN_FILES });
      const visitor = openSteadyClient(server.port);
      await visitor.answered((await visitor.send('Before')).seq);
      const sockets: Socket[] = [];
      let closed = 0;
      for (let n = 0; n < ATTEMPTS; n++) {
        const socket = connect({ port: server.port, host: '127.0.0.1' });
        socket.on('error', () => {}); // `close` follows
        socket.on('close', () => {
          closed += 1;
        });
        // An upgrade that never says what it wants would be closed after 5 s; half a request after 10 s.
        socket.write('GET / HTTP/1.1\r\n');
        sockets.push(socket);
      }
      await pause(2000);
      const turnedAway = closed;
      const from = processorSeconds(server.pid);
      const asked = await Promise.race([
        visitor.send('Meanwhile').then(({ seq }) => visitor.answered(seq)),
        pause(HELD_SECONDS * 1000),
      ]);
      await pause(1000);
      const busy = (processorSeconds(server.pid) - from) / HELD_SECONDS;
      for (const socket of sockets) socket.destroy();
      await pause(2000);
      const well = await isWell(server);
      visitor.close();
      return {
        did: `${count(ATTEMPTS, 'connection')} to a process that may have ${OPEN_FILES} files open`,
        figure: `${turnedAway} turned away at once; the visitor who was there: ${asked?.state ?? 'no answer'}; ${(busy * 100).toFixed(0)} % of a processor; afterwards ${well ? 'well' : 'not well'}`,
        held: turnedAway > 0 && asked?.state === 'done' && busy <= 0.5 && well,
      };
    }),
};

const HEAP_MB = 96;
const MORE_PAGES = 50;
const PAGES_MAX = 6000;
/** It must bear that others go on trying. */
const REFUSED_ENOUGH = 200;

export const smallHeap: Trial = {
  id: 'O16',
  promise: 'refuses before its memory is used up, lives on, and takes visitors again when others have left',
  run: (say) =>
    onInstallation(async ({ endpoint, start }) => {
      endpoint.pace({ tokens: 4000, everyMs: 5 });
      const server = await start({ nodeOptions: [`--max-old-space-size=${HEAP_MB}`] });
      let ended = false;
      void server.exited.then(() => {
        ended = true;
      });
      const pages: Page[] = [];
      let refused = 0;
      let busy = 0;
      while (!ended && refused < REFUSED_ENOUGH && pages.length < PAGES_MAX) {
        const opened = await Promise.all(
          Array.from({ length: MORE_PAGES }, () =>
            openPage(server.port, {
              onPacket: (packet) => {
                if (packet.includes('"code":"busy"')) busy += 1;
              },
            }).catch(() => undefined),
          ),
        );
        refused += opened.filter((page) => page === undefined).length;
        for (const page of opened) {
          if (page === undefined) continue;
          pages.push(page);
          page.socket.send(`42/widget,0["message-send",{"id":"${crypto.randomUUID()}","text":"Tell me everything"}]`);
        }
        await pause(200);
        if (pages.length % 500 === 0) {
          const used = await readMetric(server, 'nodejs_heap_size_used_bytes').catch(() => 0);
          say(`${count(pages.length, 'page')}, ${busy} told busy, ${(used / 1e6).toFixed(0)} MB of heap in use`);
        }
      }
      await pause(3000);
      const survived = !ended;
      for (const { socket } of pages) socket.close();
      endpoint.pace({ tokens: 20, everyMs: 5 });
      await pause(5000);
      const well = survived && (await isWell(server).catch(() => false));
      return {
        did: `pages with long answers opened without end on a heap of ${HEAP_MB} MB`,
        figure: `${count(pages.length, 'page')}, ${busy} told busy, ${refused} refused at the door; ${survived ? 'lived on' : 'ran out of memory'}, afterwards ${well ? 'well' : 'not well'}`,
        held: well && refused + busy > 0,
      };
    }),
};
