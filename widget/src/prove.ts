/**
 * Solves the proof of work that a busy server asks for. A separate file, fetched only then. It works in short slices and not
 * in a worker, because a page's Content Security Policy may forbid workers and would report each attempt.
 */
import { firstBitsOf } from '@firstword/shared/hash-bits';
import type { Challenge, Proof } from '@firstword/shared/proof-of-work';

/** Shorter than a frame, so that scrolling and typing go on. */
const SLICE_MS = 6;
/** Hashes between two looks at the clock. */
const ROUND = 100;

export async function prove({ token, tries, numbers: count }: Challenge): Promise<Proof> {
  const firstBits = firstBitsOf(`${token}:`);
  const below = 2 ** 32 / tries;
  const numbers: number[] = [];
  for (let n = 0; numbers.length < count; ) {
    const until = performance.now() + SLICE_MS;
    while (numbers.length < count && performance.now() < until)
      for (const end = n + ROUND; n < end; n += 1) if (firstBits(n) < below) numbers.push(n);
    await nextTask();
  }
  return { token, numbers: numbers.slice(0, count) };
}

/** Unlike timers, messages have no least delay, also in a tab in the background. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(0);
  });
}
