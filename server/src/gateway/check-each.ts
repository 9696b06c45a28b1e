/** Checks several models, a few at the same time. */
import type { ModelCheck } from '@firstword/shared/model-status';
import type { ModelInUse, ModelProbe } from './model-probe.ts';

/** Checks at the same time: few, because visitors may already be asking. */
const CHECKS_AT_ONCE = 2;

/** The checks as they end, each with the index of its model. */
export async function* checksAsTheyEnd(
  probe: Pick<ModelProbe, 'check'>,
  models: readonly ModelInUse[],
): AsyncGenerator<readonly [index: number, check: ModelCheck]> {
  const waiting = models.entries();
  const running = new Map<number, Promise<readonly [number, ModelCheck]>>();
  const startNext = () => {
    for (const [index, used] of waiting) {
      running.set(
        index,
        probe.check(used).then((check) => [index, check]),
      );
      return;
    }
  };
  for (let count = 0; count < CHECKS_AT_ONCE; count += 1) startNext();
  while (running.size > 0) {
    const ended = await Promise.race(running.values());
    running.delete(ended[0]);
    startNext();
    yield ended;
  }
}

/** The checks in the order of the models. */
export async function checkEach(
  probe: Pick<ModelProbe, 'check'>,
  models: readonly ModelInUse[],
): Promise<ModelCheck[]> {
  const found: (readonly [number, ModelCheck])[] = [];
  for await (const ended of checksAsTheyEnd(probe, models)) found.push(ended);
  return found.toSorted(([a], [b]) => a - b).map(([, check]) => check);
}
