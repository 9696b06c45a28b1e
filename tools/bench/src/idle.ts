/** Measures the memory of an idle visitor in the product's web process, compared with bare Socket.IO. */
import type { BenchResult } from '@firstword/server/cli/bench-models/bench-report';
import { round, summarise } from '@firstword/server/evaluation/series';
import { z } from 'zod';
import { type BenchProcess, memorySchema, startBenchProcess } from './relay/bench-process.ts';

const SOCKETS = 1000;
const KINDS = ['bare', 'product'] as const;

/** @param rounds new processes of each kind, alternating */
export async function benchIdle(rounds: number, onRound: (done: number) => void): Promise<BenchResult> {
  const heap: Record<'bare' | 'product', number[]> = { bare: [], product: [] };
  const resident: typeof heap = { bare: [], product: [] };
  for (let done = 1; done <= rounds; done++) {
    for (const kind of KINDS) {
      const { heapBytes, rssBytes } = await measure(kind);
      heap[kind].push(heapBytes / SOCKETS / 1024);
      resident[kind].push(rssBytes / 1024 / 1024);
    }
    onRound(done);
  }
  const bare = summarise(heap.bare, 'KiB');
  const product = summarise(heap.product, 'KiB');
  return {
    target: 'idle',
    about: `heap and buffers of one of ${SOCKETS} idle sockets after a collection`,
    series: { bare, product },
    ratios: { 'product / bare': round(product.p50 / bare.p50) },
    figures: {
      [`bare process with ${SOCKETS} sockets, resident MiB`]: summarise(resident.bare, 'MiB').p50,
      [`product process with ${SOCKETS} sockets, resident MiB`]: summarise(resident.product, 'MiB').p50,
    },
  };
}

/** Heap growth through the sockets, and the size of the whole process with them. */
async function measure(kind: (typeof KINDS)[number]): Promise<z.output<typeof memorySchema>> {
  const parts: BenchProcess[] = [];
  const start = async (file: string) => {
    // No questions are asked, so no endpoint is needed.
    const part = await startBenchProcess(new URL(`./relay/${file}`, import.meta.url), 'http://127.0.0.1:9/v1');
    parts.push(part);
    return part;
  };
  try {
    const server = await start(`${kind}-server.ts`);
    const load = await start('load.ts');
    const open = (count: number) => load.ask('open', { port: server.port, server: kind, count }, z.null());
    await open(50); // the first sockets also load code
    const before = await server.ask('memory', null, memorySchema);
    await open(50 + SOCKETS);
    const after = await server.ask('memory', null, memorySchema);
    return { heapBytes: after.heapBytes - before.heapBytes, rssBytes: after.rssBytes };
  } finally {
    for (const part of parts.toReversed()) await part.stop();
  }
}
