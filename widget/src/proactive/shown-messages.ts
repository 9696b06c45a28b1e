/** Remembers in the browser which messages its visitor has been shown, and which one they have opened. */
import type { ProactiveMessage } from '@firstword/shared/proactive-message';
import { attempt } from '../attempt.ts';
import { sessionKey, shownKey } from '../kept.ts';
import { withoutToJson } from '../natives.ts';

export interface ShownMessages {
  wasShown(message: Pick<ProactiveMessage, 'id' | 'oncePer'>): boolean;
  /** Notes that it is shown now. False where another tab was first, or the browser stores nothing. */
  claim(message: Pick<ProactiveMessage, 'id' | 'oncePer'>): Promise<boolean>;
  /** The visitor looks at a page, which continues their visit. */
  continueVisit(): void;
  /** The message with which this tab's visitor has opened the chat. */
  opened(): string | undefined;
  setOpened(id: string): void;
}

/** A visit is over after this time without a page. */
const VISIT_MS = 30 * 60_000;

/** What a tab stores reaches the others' processes later than a lock does: on a busy machine, after hundreds of milliseconds. */
const STORAGE_LAG_MS = 10_000;

/** Also those that another tab was showing, or that the browser has forgotten since, because the page has removed the widget. */
const shownHere = new Set<string>();

/** When each message was shown, or was last seen to have been; the time counts for one that is shown in each visit. */
type Times = Readonly<Record<string, number>>;

function readTimes(json: string | null): Times {
  const stored: unknown = attempt(() => JSON.parse(json ?? '{}'));
  if (typeof stored !== 'object' || stored === null) return {};
  return Object.fromEntries(Object.entries(stored).filter(([, at]) => typeof at === 'number'));
}

export function createShownMessages(site: string, now: () => number): ShownMessages {
  const key = shownKey(site);
  const openedAt = `${sessionKey(site)}:opened`;
  const isOver = (at: number) => now() - at >= VISIT_MS;
  const read = () => attempt(() => readTimes(localStorage.getItem(key)));
  const write = (times: Times) => attempt(() => localStorage.setItem(key, JSON.stringify(times, withoutToJson)));

  function wasShown({ id, oncePer }: Pick<ProactiveMessage, 'id' | 'oncePer'>): boolean {
    if (shownHere.has(`${site} ${id}`)) return true;
    const times = read();
    const at = times?.[id];
    return times === undefined || (at !== undefined && (oncePer === 'visitor' || !isOver(at)));
  }
  function take(message: Pick<ProactiveMessage, 'id' | 'oncePer'>): boolean {
    if (wasShown(message)) return false;
    write({ ...read(), [message.id]: now() });
    // A message whose showing can't be remembered would come again on every page.
    if (read()?.[message.id] === undefined) return false;
    shownHere.add(`${site} ${message.id}`);
    return true;
  }
  /** One tab gets the message's lock, and keeps it until the others can read that it was shown. */
  function takeLocked(message: Pick<ProactiveMessage, 'id' | 'oncePer'>, locks: LockManager): Promise<boolean> {
    return new Promise((resolve) => {
      const run = (lock: Lock | null) => {
        if (!lock) shownHere.add(`${site} ${message.id}`);
        const isFirst = lock !== null && take(message);
        resolve(isFirst);
        return isFirst ? new Promise<void>((release) => setTimeout(release, STORAGE_LAG_MS)) : undefined;
      };
      locks.request(`${key} ${message.id}`, { ifAvailable: true }, run).catch(() => resolve(take(message)));
    });
  }
  return {
    wasShown,
    // Pages without https have no locks.
    claim: async (message) => (navigator.locks ? takeLocked(message, navigator.locks) : take(message)),
    continueVisit() {
      const times = read() ?? {};
      const current = Object.entries(times).map(([id, at]) => [id, isOver(at) ? at : now()] as const);
      if (current.length > 0) write(Object.fromEntries(current));
    },
    opened: () => attempt(() => sessionStorage.getItem(openedAt)) ?? undefined,
    setOpened: (id) => void attempt(() => sessionStorage.setItem(openedAt, id)),
  };
}
