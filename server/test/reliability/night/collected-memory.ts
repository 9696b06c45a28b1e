/** What a process holds after its rubbish has been collected: the only figure of memory that can be compared over minutes. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { ServerProcess } from '@firstword/testing/server-process';
import { WebSocket } from 'undici';

export interface Memory {
  /** Objects and buffers, after a collection. */
  readonly keptMb: number;
  /** What the system counts, after the same collection; the allocator returns memory late, if at all. */
  readonly residentMb: number;
}

export interface MemoryReader {
  /** Collects first, which holds the process up for some tens of milliseconds. */
  read(): Promise<Memory>;
  close(): void;
}

/** For `nodeOptions`: lets a debugger in, on a free port of this machine alone. */
export const READABLE = ['--inspect=127.0.0.1:0'] as const;

interface Reply {
  readonly id?: number;
  readonly result?: { readonly result?: { readonly value?: string } };
}

/** @param server started with `READABLE` */
export async function openMemoryReader(server: ServerProcess): Promise<MemoryReader> {
  let address: string | undefined;
  while (address === undefined) {
    address = /Debugger listening on (ws:\S+)/.exec(server.output())?.[1];
    await pause(20);
  }
  const socket = new WebSocket(address);
  await once(socket, 'open');
  const waiting = new Map<number, (reply: Reply) => void>();
  let asked = 0;
  socket.addEventListener('message', ({ data }) => {
    const reply = JSON.parse(String(data)) as Reply;
    if (reply.id !== undefined) waiting.get(reply.id)?.(reply);
  });
  const ask = (method: string, params: object = {}) =>
    new Promise<Reply>((resolve) => {
      asked += 1;
      waiting.set(asked, resolve);
      socket.send(JSON.stringify({ id: asked, method, params }));
    });
  return {
    async read() {
      await ask('HeapProfiler.collectGarbage');
      const { result } = await ask('Runtime.evaluate', { expression: 'JSON.stringify(process.memoryUsage())' });
      const { heapUsed, external } = JSON.parse(result?.result?.value ?? '{}') as {
        heapUsed: number;
        external: number;
      };
      const resident = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1];
      return { keptMb: (heapUsed + external) / 2 ** 20, residentMb: Number(resident) / 1024 };
    },
    close: () => socket.close(),
  };
}
