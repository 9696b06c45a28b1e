/** How long a process that could have run had to wait for a processor, because others had them all. */
import { readFileSync } from 'node:fs';

export interface ProcessorWaits {
  /** Milliseconds waited in that stretch of time, by `performance.now()`. */
  between(from: number, to: number): number;
  stop(): void;
}

const SAMPLE_MS = 100;

/** Of its main thread, which is the one that serves. Linux alone tells; elsewhere 0. */
function waitedMs(pid: number): number {
  try {
    const [, waitedNs = '0'] = readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ');
    return Number(waitedNs) / 1e6;
  } catch {
    return 0; // it has ended
  }
}

export function watchProcessorWaits(pid: number): ProcessorWaits {
  const samples: { readonly at: number; readonly ms: number }[] = [];
  const take = () => void samples.push({ at: performance.now(), ms: waitedMs(pid) });
  take();
  const timer = setInterval(take, SAMPLE_MS);
  return {
    between(from, to) {
      const before = samples.findLast(({ at }) => at <= from) ?? samples[0];
      const after = samples.find(({ at }) => at >= to) ?? samples.at(-1);
      return Math.max(0, (after?.ms ?? 0) - (before?.ms ?? 0));
    },
    stop: () => clearInterval(timer),
  };
}
