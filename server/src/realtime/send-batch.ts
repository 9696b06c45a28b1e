/**
 * Batches the sends of one event-loop tick. A send wakes the receiving side; further sends right after it find it
 * awake, which costs the system much less.
 */

/** In a larger batch the first send would wait longer for the last than batching saves. */
const BATCH_MAX = 32;

export interface SendBatch<Item> {
  /** Queues an item; sent in order at the end of this tick, or once there are 32. */
  add(item: Item): void;
  /** Sends everything queued. Call it before sending anything that must not overtake the batch. */
  flush(): void;
}

export function createSendBatch<Item>(send: (item: Item) => void): SendBatch<Item> {
  let waiting: Item[] = [];
  const flush = () => {
    const due = waiting;
    waiting = [];
    for (const item of due) send(item);
  };
  return {
    add(item) {
      if (waiting.length === 0) setImmediate(flush);
      waiting.push(item);
      if (waiting.length === BATCH_MAX) flush();
    },
    flush,
  };
}
