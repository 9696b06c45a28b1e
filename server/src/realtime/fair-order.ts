/**
 * Orders what waits by start-time fair queuing: sites share by their weights and, within a site, addresses share equally. One that
 * asks rarely is next, whatever others have in the queue. Pure.
 */

export interface Flow {
  readonly siteId: string;
  readonly address: string;
}

export interface FairOrder<Item> {
  push(flow: Flow, item: Item): void;
  /** The item whose turn it is; undefined when none waits. */
  shift(): Item | undefined;
  /** Removes the newest item of the address that has most, at the site that has most for its weight. */
  dropFromLongest(): Item | undefined;
  /** Removes items from the front of each address' queue while `isOver` says so. */
  dropWhile(isOver: (item: Item) => boolean): Item[];
  size(): number;
  /** How many of this flow wait. */
  sizeOf(flow: Flow): number;
}

/**
 * Tags of the algorithm: `start` is the virtual time at which the flow's next item is due, `finish` the one at which its last item was
 * done. An idle flow starts at the present, so it saves up nothing.
 */
interface Tags {
  start: number;
  finish: number;
}
interface AddressQueue<Item> extends Tags {
  readonly items: Item[];
}
interface SiteQueue<Item> extends Tags {
  virtualTime: number;
  size: number;
  readonly addresses: Map<string, AddressQueue<Item>>;
}

/** @param weightOf a site's share relative to others; 1 is usual */
export function createFairOrder<Item>(weightOf: (siteId: string) => number): FairOrder<Item> {
  const sites = new Map<string, SiteQueue<Item>>();
  let virtualTime = 0;
  let size = 0;

  const siteOf = (siteId: string) => {
    const site = sites.get(siteId) ?? { start: 0, finish: 0, virtualTime: 0, size: 0, addresses: new Map() };
    sites.set(siteId, site);
    return site;
  };
  const removed = (site: SiteQueue<Item>, count: number) => {
    site.size -= count;
    size -= count;
    if (size > 0) return;
    sites.clear(); // no one competes any more
    virtualTime = 0;
  };

  return {
    push({ siteId, address }, item) {
      const site = siteOf(siteId);
      if (site.size === 0) site.start = Math.max(virtualTime, site.finish);
      const queue = site.addresses.get(address) ?? { start: 0, finish: 0, items: [] };
      site.addresses.set(address, queue);
      if (queue.items.length === 0) queue.start = Math.max(site.virtualTime, queue.finish);
      queue.items.push(item);
      site.size += 1;
      size += 1;
    },

    shift() {
      const [siteId, site] = earliest(sites, (one) => one.size > 0) ?? [];
      const [, queue] = (site && earliest(site.addresses, (one) => one.items.length > 0)) ?? [];
      if (siteId === undefined || site === undefined || queue === undefined) return undefined;
      const item = queue.items.shift();
      virtualTime = site.start;
      site.finish = site.start + 1 / weightOf(siteId);
      site.start = site.finish;
      site.virtualTime = queue.start;
      queue.finish = queue.start + 1;
      queue.start = queue.finish;
      forgetIdle(site.addresses, (one) => one.items.length === 0 && one.finish <= site.virtualTime);
      forgetIdle(sites, (one) => one.size === 0 && one.finish <= virtualTime);
      removed(site, 1);
      return item;
    },

    dropFromLongest() {
      const site = largest(sites, (one, siteId) => one.size / weightOf(siteId));
      const queue = site && largest(site.addresses, ({ items }) => items.length);
      const item = queue?.items.pop();
      if (site !== undefined && item !== undefined) removed(site, 1);
      return item;
    },

    dropWhile(isOver) {
      const dropped: Item[] = [];
      for (const site of [...sites.values()])
        for (const { items } of site.addresses.values()) {
          const kept = items.findIndex((item) => !isOver(item));
          const over = items.splice(0, kept < 0 ? items.length : kept);
          dropped.push(...over);
          if (over.length > 0) removed(site, over.length);
        }
      return dropped;
    },

    size: () => size,
    sizeOf: ({ siteId, address }) => sites.get(siteId)?.addresses.get(address)?.items.length ?? 0,
  };
}

/** The first of those with the earliest start. */
function earliest<Queue extends Tags>(
  queues: ReadonlyMap<string, Queue>,
  waits: (queue: Queue) => boolean,
): readonly [string, Queue] | undefined {
  let found: readonly [string, Queue] | undefined;
  for (const entry of queues)
    if (waits(entry[1]) && (found === undefined || entry[1].start < found[1].start)) found = entry;
  return found;
}

function largest<Queue>(
  queues: ReadonlyMap<string, Queue>,
  sizeOf: (queue: Queue, name: string) => number,
): Queue | undefined {
  let found: { queue: Queue; size: number } | undefined;
  for (const [name, queue] of queues) {
    const size = sizeOf(queue, name);
    if (found === undefined || size > found.size) found = { queue, size };
  }
  return found?.queue;
}

/** The tags of a flow that is not ahead of the present say nothing. */
function forgetIdle<Queue>(queues: Map<string, Queue>, isIdle: (queue: Queue) => boolean): void {
  for (const [name, queue] of queues) if (isIdle(queue)) queues.delete(name);
}
