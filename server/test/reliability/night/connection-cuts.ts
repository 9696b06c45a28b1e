/** Answers whose connection is cut while they are given, and a deploy under running answers. */
import { setTimeout as pause } from 'node:timers/promises';
import { answerOf } from '@firstword/testing/paced-endpoint';
import { openSteadyClient } from '@firstword/testing/steady-client';
import { startTcpProxy } from '@firstword/testing/tcp-proxy';
import { onInstallation } from './installation.ts';
import { isReady } from './kills.ts';
import { startFront } from './load-balancer.ts';
import { count, seconds, type Trial } from './scenario.ts';

const TOKENS = 200;

export const everyToken: Trial = {
  id: 'C01',
  promise: 'P4: byte for byte the same',
  run: () =>
    onInstallation(async ({ endpoint, start, later }) => {
      // Slow enough for a connection of its own between any two tokens.
      endpoint.pace({ tokens: TOKENS, everyMs: 150 });
      const [a, b] = await Promise.all([start(), start()]);
      const proxy = await startTcpProxy({ port: a.port });
      later(proxy.stop);
      const client = openSteadyClient(proxy.port);
      let cuts = 0;
      client.onDelta = () => {
        cuts += 1;
        proxy.pointAt({ port: cuts % 2 === 0 ? a.port : b.port });
        setImmediate(proxy.cut);
      };
      const { seq } = await client.send('How long may I return it?');
      const answer = await client.answered(seq);
      client.close();
      const same = isWhole(answer);
      return {
        did: `connection cut at every token of an answer of ${TOKENS}, two instances in turn`,
        figure: `${same ? 'the same' : 'not the same'}; ${count(cuts, 'cut')}, ${count(proxy.opened(), 'connection')}`,
        held: same,
      };
    }),
};

const isWhole = ({ fromDeltas, stored, state }: { fromDeltas: string; stored: string; state: string }) =>
  state === 'done' && fromDeltas === answerOf(TOKENS) && stored === fromDeltas;

const CUTS_IN_FRAMES = 300;

export const insideFrames: Trial = {
  id: 'C02',
  promise: 'P4: byte for byte the same',
  run: (say) =>
    onInstallation(async ({ endpoint, start }) => {
      endpoint.pace({ tokens: TOKENS, everyMs: 40 });
      const { port } = await start();
      let connections = 0;
      let answers = 0;
      let wrong = 0;
      const visitors = async () => {
        while (connections < CUTS_IN_FRAMES) {
          const proxy = await startTcpProxy({ port });
          // Some must get past what a session starts with, which holds the answer so far.
          proxy.cutAfter(() => 200 + Math.floor(Math.random() * 20_000));
          const client = openSteadyClient(proxy.port);
          const { seq } = await client.send('How long may I return it?');
          const answer = await client.answered(seq);
          connections += proxy.opened();
          answers += 1;
          if (!isWhole(answer)) wrong += 1;
          client.close();
          await proxy.stop();
          say(`${count(connections, 'cut')}, ${count(answers, 'answer')}`);
        }
      };
      await Promise.all(Array.from({ length: 8 }, visitors));
      return {
        did: 'connections cut after a random number of bytes, inside frames',
        figure: `${wrong} of ${count(answers, 'answer')} not the same; ${count(connections, 'cut')}`,
        held: wrong === 0,
      };
    }),
};

const SILENT_MS = 45_000;
/** Between two of the server's pings, and the patience after it. */
const NOTICED_WITHIN_MS = 30_000;

export const silence: Trial = {
  id: 'C03',
  promise:
    'P4: noticed within 30 s; afterwards the answer byte for byte the same, and what was sent meanwhile is there once',
  run: () =>
    onInstallation(async ({ endpoint, start, later }) => {
      endpoint.pace({ tokens: TOKENS, everyMs: 100 });
      const { port } = await start();
      const proxy = await startTcpProxy({ port });
      later(proxy.stop);
      const client = openSteadyClient(proxy.port);
      const { seq, turnId = '' } = await client.send('How long may I return it?');
      while (client.textOf(turnId).length < 100) await pause(20);
      proxy.blackHole(true);
      const from = performance.now();
      while (client.connected() && performance.now() - from < SILENT_MS) await pause(20);
      const noticedMs = performance.now() - from;
      const meanwhile = client.send('And who pays for it?');
      await pause(SILENT_MS - (performance.now() - from));
      proxy.blackHole(false);
      const heardAt = performance.now();
      const first = await client.answered(seq);
      const backMs = performance.now() - heardAt;
      const second = await client.answered((await meanwhile).seq);
      const copies = [...client.messages.values()].filter(({ text }) => text === 'And who pays for it?').length;
      client.close();
      const same = isWhole(first) && isWhole(second);
      return {
        did: `nothing passes for ${seconds(SILENT_MS)} in the middle of an answer, and nobody is told`,
        figure: `noticed after ${seconds(noticedMs)}; ${same ? 'the same' : 'not the same'} ${seconds(backMs)} after its end; sent meanwhile: there ${copies} times`,
        held: noticedMs <= NOTICED_WITHIN_MS + 500 && same && copies === 1,
      };
    }),
};

const STREAMS = 50;

export const rollingRestart: Trial = {
  id: 'D01',
  promise: 'P9: 0 lost, 0 doubled, 0 errors that a visitor sees; exit 0 within 30 s',
  run: (say) =>
    onInstallation(async ({ endpoint, start, later }) => {
      endpoint.pace({ tokens: TOKENS, everyMs: 40 });
      let [a, b] = await Promise.all([start(), start()]);
      const front = await startFront(a.port, b.port);
      later(front.stop);
      let asking = true;
      let answers = 0;
      let errors = 0;
      const clients = Array.from({ length: STREAMS }, () => openSteadyClient(front.port));
      const asked = clients.map(async (client) => {
        for (let n = 1; asking; n++) {
          const { seq } = await client.send(`Question ${n}`);
          answers += 1;
          if (!isWhole(await client.answered(seq))) errors += 1;
          if (seq !== 2 * n - 1) errors += 1; // lost or doubled
        }
      });
      const exits: { code: number | null; ms: number }[] = [];
      for (let restart = 1; restart <= 2; restart++) {
        await pause(3000);
        // As a proxy does that asks for readiness: no new connections for the one that leaves.
        await front.serve(b.port);
        const from = performance.now();
        a.signal('SIGTERM');
        while (await isReady(a).catch(() => false)) await pause(20);
        const code = await a.exited;
        exits.push({ code, ms: performance.now() - from });
        const next = await start();
        await front.serve(b.port, next.port);
        [a, b] = [b, next];
        say(`restart ${restart} of 2: exit ${code} after ${seconds(exits.at(-1)?.ms ?? 0)}`);
      }
      asking = false;
      await Promise.all(asked);
      const refused = clients.reduce((sum, client) => sum + client.refusals(), 0);
      for (const client of clients) client.close();
      const longest = Math.max(...exits.map(({ ms }) => ms));
      const clean = exits.every(({ code }) => code === 0);
      return {
        did: `two instances restarted one after the other under ${STREAMS} running answers, behind ${front.name}`,
        figure: `${errors} of ${count(answers, 'answer')} lost, doubled or broken; ${refused} sends refused; exit ${exits.map(({ code }) => code).join(', ')} after at most ${seconds(longest)}`,
        held: errors === 0 && refused === 0 && clean && longest <= 30_000,
      };
    }),
};
