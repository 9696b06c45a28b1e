/** Agrees with the agent's other tabs in this browser which of them announces a notification, and when all are seen. */

/** `first`: this tab announces it. `announced`: another tab does. `seen`: the agent was looking at another tab. */
export type Claim = 'first' | 'announced' | 'seen';

export interface TabAgreement {
  /** @param looking whether the agent is looking at this tab */
  claim(id: string, looking: boolean): Promise<Claim>;
  /** Tells the other tabs that the agent has seen what happened. */
  tellSeen(): void;
  close(): void;
}

export interface TabAgreementParts {
  readonly agentId: string;
  readonly storage: Pick<Storage, 'getItem' | 'setItem'>;
  /** Absent where the browser has none: on a page that was loaded over http. */
  readonly locks: LockManager | undefined;
  /** Another tab says that the agent has seen what happened. */
  readonly onSeen: () => void;
  /** A tab that the agent is looking at claims this much earlier than the others. */
  readonly waitMs?: number;
}

const KEPT = 100;
const HELD_MS = 10_000;

export function createTabAgreement(parts: TabAgreementParts): TabAgreement {
  const { agentId, storage, locks, onSeen, waitMs = 300 } = parts;
  const name = `firstword-notified:${agentId}`;
  const channel = new BroadcastChannel(name);
  channel.onmessage = onSeen;

  const read = (): [id: string, seen: boolean][] => {
    try {
      const stored: unknown = JSON.parse(storage.getItem(name) ?? '[]');
      return Array.isArray(stored) ? stored.filter(isEntry) : [];
    } catch {
      return []; // blocked, or changed by hand
    }
  };
  const take = (id: string, looking: boolean): Claim => {
    const entries = read();
    const known = entries.find(([other]) => other === id);
    if (known !== undefined) return known[1] ? 'seen' : 'announced';
    try {
      storage.setItem(name, JSON.stringify([...entries, [id, looking]].slice(-KEPT)));
    } catch {
      // Storage is full or blocked: each tab announces it.
    }
    return 'first';
  };

  return {
    async claim(id, looking) {
      if (!looking) await new Promise((resolve) => setTimeout(resolve, waitMs));
      // What one tab stores reaches the others a moment later, a lock at once.
      if (locks === undefined || (await holds(locks, `${name}:${id}`))) return take(id, looking);
      return read().some(([other, isSeen]) => other === id && isSeen) ? 'seen' : 'announced';
    },
    tellSeen: () => channel.postMessage('seen'),
    close: () => channel.close(),
  };
}

/** Whether this tab is the first that asks for the lock. It keeps it until all other tabs have asked, too. */
function holds(locks: LockManager, name: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const keep = (lock: Lock | null) => {
      resolve(lock !== null);
      return lock === null ? undefined : new Promise<void>((release) => setTimeout(release, HELD_MS));
    };
    locks.request(name, { ifAvailable: true }, keep).catch(reject);
  });
}

function isEntry(value: unknown): value is [string, boolean] {
  return Array.isArray(value) && typeof value[0] === 'string' && typeof value[1] === 'boolean';
}
