/** Tells when the heap is nearly full, while there is still memory to refuse visitors politely. */
import { constants, PerformanceObserver } from 'node:perf_hooks';
import { getHeapSpaceStatistics, getHeapStatistics } from 'node:v8';

export interface MemoryWatch {
  isShort(): boolean;
  stop(): void;
}

/** Share of the old generation's limit. Above it V8 collects all the time and soon fails. */
const SHORT_FROM = 0.8;
/** A short heap is collected several times a second. After this long without a collection, visitors are admitted again. */
const BELIEVED_MS = 5000;
/** V8's limit includes three young-generation spaces: 16 MB each in Node 20 and 22, 64 MB in Node 24 (V8 13.6). */
const YOUNG_BYTES = 3 * (Number.parseInt(process.versions.v8, 10) >= 13 ? 64 : 16) * 1024 * 1024;

/** Measures after a full collection only: before it, much of the heap may be garbage. */
export function createMemoryWatch(): MemoryWatch {
  const limit = getHeapStatistics().heap_size_limit - YOUNG_BYTES;
  let shortAt: number | undefined;
  const observer = new PerformanceObserver((list) => {
    const isFull = list.getEntries().some((entry) => kindOf(entry) === constants.NODE_PERFORMANCE_GC_MAJOR);
    if (isFull) shortAt = oldGenerationBytes() > limit * SHORT_FROM ? performance.now() : undefined;
  });
  observer.observe({ entryTypes: ['gc'] });
  return {
    isShort: () => shortAt !== undefined && performance.now() - shortAt < BELIEVED_MS,
    stop: () => observer.disconnect(),
  };
}

/** Node's types omit the `detail` of garbage-collection entries. */
function kindOf(entry: object): unknown {
  const detail: unknown = Reflect.get(entry, 'detail');
  return typeof detail === 'object' && detail !== null ? Reflect.get(detail, 'kind') : undefined;
}

function oldGenerationBytes(): number {
  return getHeapSpaceStatistics()
    .filter(({ space_name }) => !space_name.startsWith('new'))
    .reduce((sum, { space_used_size }) => sum + space_used_size, 0);
}
