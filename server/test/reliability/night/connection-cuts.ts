/** Cuts connections during answers, and restarts processes during answers. */
import { setTimeout as pause } from 'node:timers/promises';
import { answerOf } from '@firstword/testing/paced-endpoint';
import { openSteadyClient } from '@firstword/testing/steady-client';
import { startTcpProxy } from '@firstword/testing/tcp-proxy';
import { isReady, onInstallation } from './installation.ts';
import { startLoadBalancer } from './load-balancer.ts';
import { count, type Scenario, seconds } from './scenario.ts';

const TOKENS = 200;

export const everyToken: Scenario = {
  id: 'C01',
  promise: 'P4: byte for byte the same',
  run: () =>
    onInstallation(async ({ endpoint, start, onTeardown }) => {
      // Slow enough for a new connection between any two tokens.
      endpoint.pace({ tokens: TOKENS, everyMs: 150 });
      const [a, b] = await Promise.all([start(), start()]);
      const proxy = await startTcpProxy({ port: a.port });
      onTeardown(proxy.stop);
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
        test: `connection cut at every token of an answer of ${TOKENS}, two instances in turn`,
        result: `${same ? 'the same' : 'not the same'}; ${count(cuts, 'cut')}, ${count(proxy.opened(), 'connection')}`,
        held: same,
      };
    }),
};

const isWhole = ({ fromDeltas, stored, state }: { fromDeltas: string; stored: string; state: string }) =>
  state === 'done' && fromDeltas === answerOf(TOKENS) && stored === fromDeltas;

const CUTS_IN_FRAMES = 300;

export const insideFrames: Scenario = {
  id: 'C02',
  promise: 'P4: byte for byte the same',
  run: (report) =>
    onInstallation(async ({ endpoint, start }) => {
      endpoint.pace({ tokens: TOKENS, everyMs: 40 });
      const { port } = await start();
      let connections = 0;
      let answers = 0;
      let wrong = 0;
      const visitors = async () => {
        while (connections < CUTS_IN_FRAMES) {
          const proxy = await startTcpProxy({ port });
          // Some limits must exceed the size of `session-start`, which contains the answer so far.
          proxy.cutAfter(() => 200 + Math.floor(Math.random() * 20_000));
          const client = openSteadyClient(proxy.port);
          const { seq } = await client.send('How long may I return it?');
          const answer = await client.answered(seq);
          connections += proxy.opened();
          answers += 1;
          if (!isWhole(answer)) wrong += 1;
          client.close();
          await proxy.stop();
          report(`${count(connections, 'cut')}, ${count(answers, 'answer')}`);
        }
      };
      await Promise.all(Array.from({ length: 8 }, visitors));
      return {
        test: 'connections cut after a random number of bytes, inside frames',
        result: `${wrong} of ${count(answers, 'answer')} differ; ${count(connections, 'cut')}`,
        held: wrong === 0,
      };
    }),
};

const SILENT_MS = 45_000;
/** The server's ping interval and ping timeout together. */
const NOTICED_WITHIN_MS = 30_000;

export const silence: Scenario = {
  id: 'C03',
  promise:
    'P4: noticed within 30 s; afterwards the answer byte for byte the same, and the message sent meanwhile is stored once',
  run: () =>
    onInstallation(async ({ endpoint, start, onTeardown }) => {
      endpoint.pace({ tokens: TOKENS, everyMs: 100 });
      const { port } = await start();
      const proxy = await startTcpProxy({ port });
      onTeardown(proxy.stop);
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
      const restoredAt = performance.now();
      const first = await client.answered(seq);
      const recoveryMs = performance.now() - restoredAt;
      const second = await client.answered((await meanwhile).seq);
      const copies = [...client.messages.values()].filter(({ text }) => text === 'And who pays for it?').length;
      client.close();
      const same = isWhole(first) && isWhole(second);
      return {
        test: `no packet passes for ${seconds(SILENT_MS)} in the middle of an answer`,
        result: `noticed after ${seconds(noticedMs)}; ${same ? 'the same' : 'not the same'} ${seconds(recoveryMs)} after its end; the message sent meanwhile: stored ${copies === 1 ? 'once' : `${copies} times`}`,
        held: noticedMs <= NOTICED_WITHIN_MS + 500 && same && copies === 1,
      };
    }),
};

const STREAMS = 50;

export const rollingRestart: Scenario = {
  id: 'D01',
  promise: 'P9: 0 lost, 0 duplicated, 0 errors that a visitor sees; exit 0 within 30 s',
  run: (report) =>
    onInstallation(async ({ endpoint, start, onTeardown }) => {
      endpoint.pace({ tokens: TOKENS, everyMs: 40 });
      let [a, b] = await Promise.all([start(), start()]);
      const balancer = await startLoadBalancer(a.port, b.port);
      onTeardown(balancer.stop);
      let asking = true;
      let answers = 0;
      let errors = 0;
      const clients = Array.from({ length: STREAMS }, () => openSteadyClient(balancer.port));
      const asked = clients.map(async (client) => {
        for (let n = 1; asking; n++) {
          const { seq } = await client.send(`Question ${n}`);
          answers += 1;
          if (!isWhole(await client.answered(seq))) errors += 1;
          if (seq !== 2 * n - 1) errors += 1; // lost or duplicated
        }
      });
      const exits: { code: number | null; ms: number }[] = [];
      for (let restart = 1; restart <= 2; restart++) {
        await pause(3000);
        // As a proxy does that checks readiness: no new connections to the process that is shutting down.
        await balancer.serve(b.port);
        const from = performance.now();
        a.signal('SIGTERM');
        while (await isReady(a).catch(() => false)) await pause(20);
        const code = await a.exited;
        exits.push({ code, ms: performance.now() - from });
        const next = await start();
        await balancer.serve(b.port, next.port);
        [a, b] = [b, next];
        report(`restart ${restart} of 2: exit ${code} after ${seconds(exits.at(-1)?.ms ?? 0)}`);
      }
      asking = false;
      await Promise.all(asked);
      const refused = clients.flatMap((client) => client.refusals()).length;
      for (const client of clients) client.close();
      const longest = Math.max(...exits.map(({ ms }) => ms));
      const clean = exits.every(({ code }) => code === 0);
      return {
        test: `two instances restarted one after the other under ${STREAMS} running answers, behind ${balancer.name}`,
        result: `${errors} of ${count(answers, 'answer')} lost, duplicated or broken; ${refused} sends refused; exit ${exits.map(({ code }) => code).join(', ')} after at most ${seconds(longest)}`,
        held: errors === 0 && refused === 0 && clean && longest <= 30_000,
      };
    }),
};
