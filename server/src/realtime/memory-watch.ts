/** Tells when what this process holds has nearly filled its heap, while there is still room to say no. */
import { constants, PerformanceObserver } from 'node:perf_hooks';
import { getHeapSpaceStatistics, getHeapStatistics } from 'node:v8';

export interface MemoryWatch {
  isShort(): boolean;
  stop(): void;
}

/** Of the room for what outlives a collection. Beyond it V8 collects all the time, and soon in vain. */
const SHORT_FROM = 0.8;
/** With little left there are several collections a second. None for so long: somebody may try again. */
const BELIEVED_MS = 5000;
/** V8's limit counts the three young spaces of 16 MB as well. */
const YOUNG_BYTES = 3 * 16 * 1024 * 1024;

/** Only what is left after a collection counts: before it, most of the heap may be rubbish. */
export function createMemoryWatch(): MemoryWatch {
  const limit = getHeapStatistics().heap_size_limit - YOUNG_BYTES;
  let shortAt: number | undefined;
  const observer = new PerformanceObserver((list) => {
    const isFull = list.getEntries().some((entry) => kindOf(entry) === constants.NODE_PERFORMANCE_GC_MAJOR);
    if (isFull) shortAt = keptBytes() > limit * SHORT_FROM ? performance.now() : undefined;
  });
  observer.observe({ entryTypes: ['gc'] });
  return {
    isShort: () => shortAt !== undefined && performance.now() - shortAt < BELIEVED_MS,
    stop: () => observer.disconnect(),
  };
}

/** Node's types do not know what a collection's entry tells beside its times. */
function kindOf(entry: object): unknown {
  const detail: unknown = Reflect.get(entry, 'detail');
  return typeof detail === 'object' && detail !== null ? Reflect.get(detail, 'kind') : undefined;
}

function keptBytes(): number {
  return getHeapSpaceStatistics()
    .filter(({ space_name }) => !space_name.startsWith('new'))
    .reduce((sum, { space_used_size }) => sum + space_used_size, 0);
}
