/** A visitor for benchmarks: one socket, one question at a time, the wait for the first word in milliseconds. */
import { randomUUID } from 'node:crypto';
import type { TurnEvent, WidgetClientEvents, WidgetServerEvents } from '@firstword/shared/wire';
import { io, type Socket } from 'socket.io-client';
import { BENCH_ORIGIN } from './workbench.ts';

export interface BenchVisitor {
  /** Send → first delta received, its text, and → end. */
  ask(text: string): Promise<{ firstMs: number; firstText: string; totalMs: number }>;
  /** Send → the first delta: the turn's id. Its end is not waited for. */
  firstWord(text: string): Promise<string>;
  /** Settles when the server has stopped the turn. */
  stop(turnId: string): Promise<void>;
  close(): void;
}

export async function connectVisitor(port: number): Promise<BenchVisitor> {
  const socket: Socket<WidgetServerEvents, WidgetClientEvents> = io(`http://127.0.0.1:${port}/widget`, {
    transports: ['websocket'],
    forceNew: true,
    auth: { site: 'bench' },
    extraHeaders: { origin: BENCH_ORIGIN },
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('session-start', () => resolve());
    socket.once('connect_error', reject);
  });
  return {
    ask: (text) =>
      new Promise((resolve, reject) => {
        const sentAt = performance.now();
        let firstMs = Number.NaN;
        let firstText = '';
        const hear = (event: TurnEvent) => {
          if (event.type === 'text-delta' && event.n === 1) {
            firstMs = performance.now() - sentAt;
            firstText = event.text;
          }
          if (event.type !== 'turn-end') return;
          socket.off('turn-event', hear);
          if (event.state === 'done') resolve({ firstMs, firstText, totalMs: performance.now() - sentAt });
          else reject(new Error(`the turn ended as ${event.state}`));
        };
        socket.on('turn-event', hear);
        socket.emit('message-send', { id: randomUUID(), text }, (ack) => {
          if (!ack.ok) reject(new Error(`${ack.code}: ${ack.message}`));
        });
      }),
    firstWord: (text) =>
      new Promise((resolve, reject) => {
        const hear = (event: TurnEvent) => {
          if (event.type !== 'text-delta') return;
          socket.off('turn-event', hear);
          resolve(event.turnId);
        };
        socket.on('turn-event', hear);
        socket.emit('message-send', { id: randomUUID(), text }, (ack) => {
          if (!ack.ok) reject(new Error(`${ack.code}: ${ack.message}`));
        });
      }),
    stop: (turnId) =>
      new Promise((resolve, reject) => {
        socket.emit('turn-stop', { turnId }, (ack) => {
          if (ack.ok) resolve();
          else reject(new Error(`${ack.code}: ${ack.message}`));
        });
      }),
    close: () => socket.close(),
  };
}
