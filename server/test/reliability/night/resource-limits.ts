/** A process at the limits of the system: open files and memory. */
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { openSteadyClient } from '@firstword/testing/steady-client';
import { isHealthy, onInstallation, readMetric } from './installation.ts';
import { openPage, type Page } from './many-sockets.ts';
import { count, type Scenario } from './scenario.ts';

const OPEN_FILES = 256;
const ATTEMPTS = 400;
const HELD_SECONDS = 5;

/** Seconds of CPU time used so far. */
function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

export const openFiles: Scenario = {
  id: 'O15',
  promise:
    'connected visitors continue; new ones are refused at once; at most half a CPU meanwhile; afterwards healthy',
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
        // Half a request stays open for 10 s; an upgrade without a session only for 5 s.
        socket.write('GET / HTTP/1.1\r\n');
        sockets.push(socket);
      }
      await pause(2000);
      const turnedAway = closed;
      const from = cpuSeconds(server.pid);
      const asked = await Promise.race([
        visitor.send('Meanwhile').then(({ seq }) => visitor.answered(seq)),
        pause(HELD_SECONDS * 1000),
      ]);
      await pause(1000);
      const busy = (cpuSeconds(server.pid) - from) / HELD_SECONDS;
      for (const socket of sockets) socket.destroy();
      await pause(2000);
      const healthy = await isHealthy(server);
      visitor.close();
      return {
        test: `${count(ATTEMPTS, 'connection')} to a process that may have ${OPEN_FILES} files open`,
        result: `${turnedAway} turned away at once; the connected visitor: ${asked?.state ?? 'no answer'}; ${(busy * 100).toFixed(0)} % of a CPU; afterwards ${healthy ? 'healthy' : 'unhealthy'}`,
        held: turnedAway > 0 && asked?.state === 'done' && busy <= 0.5 && healthy,
      };
    }),
};

const HEAP_MB = 96;
const PAGES_A_STEP = 50;
const PAGES_MAX = 6000;
/** The process must survive this number of refused connections. */
const REFUSALS_MAX = 200;

export const smallHeap: Scenario = {
  id: 'O16',
  promise: 'refuses before its memory is used up, survives, and accepts visitors again when others have left',
  run: (report) =>
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
      while (!ended && refused < REFUSALS_MAX && pages.length < PAGES_MAX) {
        const opened = await Promise.all(
          Array.from({ length: PAGES_A_STEP }, () =>
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
          report(
            `${count(pages.length, 'page')}, ${busy} refused as busy, ${(used / 1e6).toFixed(0)} MB of heap in use`,
          );
        }
      }
      await pause(3000);
      const survived = !ended;
      for (const { socket } of pages) socket.close();
      endpoint.pace({ tokens: 20, everyMs: 5 });
      await pause(5000);
      const healthy = survived && (await isHealthy(server).catch(() => false));
      return {
        test: `pages with long answers opened continuously on a heap of ${HEAP_MB} MB`,
        result: `${count(pages.length, 'page')}, ${busy} refused as \`busy\`, ${refused} refused at connecting; ${survived ? 'the process survived' : 'the process ran out of memory'}, afterwards ${healthy ? 'healthy' : 'unhealthy'}`,
        held: healthy && refused + busy > 0,
      };
    }),
};
