/** Reads a process's memory after a garbage collection: only these figures can be compared over minutes. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { ServerProcess } from '@firstword/testing/server-process';
import { WebSocket } from 'undici';
import { z } from 'zod';

export interface Memory {
  /** Objects and buffers, after a collection. */
  readonly keptMb: number;
  /** As the system counts it, after the same collection. The allocator returns memory late, or never. */
  readonly residentMb: number;
}

export interface MemoryReader {
  /** Collects first, which blocks the process for some tens of milliseconds. */
  read(): Promise<Memory>;
  close(): void;
}

/** `nodeOptions` that open the inspector on a free local port. */
export const INSPECTABLE = ['--inspect=127.0.0.1:0'] as const;

const replySchema = z.object({
  id: z.number().optional(),
  result: z.object({ result: z.object({ value: z.string().optional() }).optional() }).optional(),
});
type Reply = z.infer<typeof replySchema>;
const usageSchema = z.object({ heapUsed: z.number(), external: z.number() });

/** @param server started with `INSPECTABLE` */
export async function openMemoryReader(server: ServerProcess): Promise<MemoryReader> {
  let address: string | undefined;
  while (address === undefined) {
    address = /Debugger listening on (ws:\S+)/.exec(server.output())?.[1];
    await pause(20);
  }
  const socket = new WebSocket(address);
  await once(socket, 'open');
  const pending = new Map<number, (reply: Reply) => void>();
  let lastId = 0;
  socket.addEventListener('message', ({ data }) => {
    const reply = replySchema.parse(JSON.parse(String(data)));
    if (reply.id !== undefined) pending.get(reply.id)?.(reply);
  });
  const ask = (method: string, params: object = {}) =>
    new Promise<Reply>((resolve) => {
      lastId += 1;
      pending.set(lastId, resolve);
      socket.send(JSON.stringify({ id: lastId, method, params }));
    });
  return {
    async read() {
      await ask('HeapProfiler.collectGarbage');
      const { result } = await ask('Runtime.evaluate', { expression: 'JSON.stringify(process.memoryUsage())' });
      const { heapUsed, external } = usageSchema.parse(JSON.parse(result?.result?.value ?? '{}'));
      const resident = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1];
      return { keptMb: (heapUsed + external) / 2 ** 20, residentMb: Number(resident) / 1024 };
    },
    close: () => socket.close(),
  };
}
