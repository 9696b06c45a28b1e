/** Measures how long a runnable process waited for a CPU because other processes used all of them. */
import { readFileSync } from 'node:fs';

export interface CpuWaits {
  /** Milliseconds waited between two times of `performance.now()`. */
  between(from: number, to: number): number;
  stop(): void;
}

const SAMPLE_MS = 100;

/** Of the main thread, which serves requests. Only Linux reports it; elsewhere 0. */
function waitedMs(pid: number): number {
  try {
    const [, waitedNs = '0'] = readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ');
    return Number(waitedNs) / 1e6;
  } catch {
    return 0; // the process has exited
  }
}

export function watchCpuWaits(pid: number): CpuWaits {
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
