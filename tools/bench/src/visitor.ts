/** A visitor for benchmarks: one socket, one question at a time, TTFT in milliseconds. */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { TurnEvent } from '@firstword/shared/wire';
import { connectWidget } from '@firstword/testing/widget-client';
import { BENCH_ORIGIN } from './workbench.ts';

export interface BenchVisitor {
  /** `firstMs`: sent → first delta received; `totalMs`: sent → end of the turn. */
  ask(text: string): Promise<{ firstMs: number; firstText: string; totalMs: number }>;
  /** Resolves with the turn's id at its first delta, without waiting for its end. */
  untilFirstDelta(text: string): Promise<string>;
  /** Sends what is typed so far; resolves when the server has acknowledged it. */
  draft(text: string): Promise<void>;
  /** Resolves when the server has acknowledged the stop. */
  stop(turnId: string): Promise<void>;
  close(): void;
}

export async function connectVisitor(port: number): Promise<BenchVisitor> {
  const { socket, close } = await connectWidget(port, { site: 'bench' }, BENCH_ORIGIN);
  return {
    ask: (text) =>
      new Promise((resolve, reject) => {
        const sentAt = performance.now();
        let firstMs = Number.NaN;
        let firstText = '';
        const onEvent = (event: TurnEvent) => {
          if (event.type === 'text-delta' && event.n === 1) {
            firstMs = performance.now() - sentAt;
            firstText = event.text;
          }
          if (event.type !== 'turn-end') return;
          socket.off('turn-event', onEvent);
          if (event.state === 'done') resolve({ firstMs, firstText, totalMs: performance.now() - sentAt });
          else reject(new Error(`The turn ended with the state "${event.state}".`));
        };
        socket.on('turn-event', onEvent);
        socket.emit('message-send', { id: randomUUID(), text }, (ack) => {
          if (!ack.ok) reject(new Error(`${ack.code}: ${ack.message}`));
        });
      }),
    untilFirstDelta: (text) =>
      new Promise((resolve, reject) => {
        const onEvent = (event: TurnEvent) => {
          if (event.type !== 'text-delta') return;
          socket.off('turn-event', onEvent);
          resolve(event.turnId);
        };
        socket.on('turn-event', onEvent);
        socket.emit('message-send', { id: randomUUID(), text }, (ack) => {
          if (!ack.ok) reject(new Error(`${ack.code}: ${ack.message}`));
        });
      }),
    async draft(text) {
      for (let tries = 0; tries < 10; tries++) {
        const ack = await socket.emitWithAck('draft', { text });
        if (ack.ok && ack.prepared) return;
        if (ack.ok || ack.code !== 'busy') throw new Error(`The draft was not prepared: ${JSON.stringify(ack)}`);
        await pause(ack.retryAfterMs ?? 1000); // the process has just been started
      }
      throw new Error('The process is too busy for drafts.');
    },
    stop: (turnId) =>
      new Promise((resolve, reject) => {
        socket.emit('turn-stop', { turnId }, (ack) => {
          if (ack.ok) resolve();
          else reject(new Error(`${ack.code}: ${ack.message}`));
        });
      }),
    close,
  };
}
