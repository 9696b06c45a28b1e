/** The values this widget keeps in the browser, per site. Storage that is full or blocked counts as empty. */
import { sessionKey } from '../contract.ts';
import { withoutToJson } from '../natives.ts';
import type { Contact, Outgoing } from './chat-state.ts';

export interface BrowserStore {
  /** Whether the widget must react when another tab changes this key. */
  owns(key: string | null): boolean;
  session(): string | undefined;
  saveSession(session: string | undefined): void;
  readSeq(): number;
  saveReadSeq(seq: number): void;
  outbox(): Outgoing[];
  saveOutbox(outgoing: readonly Outgoing[]): void;
  /** In sessionStorage: the next person at this browser must not see the address. */
  contact(): Contact | undefined;
  saveContact(contact: Contact | undefined): void;
  sound(): boolean;
  saveSound(on: boolean): void;
  ratedEnd(): string | undefined;
  saveRatedEnd(end: string): void;
  clear(): void;
}

function quietly<T>(fallback: T, work: () => T): T {
  try {
    return work();
  } catch {
    return fallback;
  }
}

function parseOutgoing(json: string | null): Outgoing[] {
  const parsed: unknown = json === null ? [] : JSON.parse(json);
  if (!Array.isArray(parsed)) return [];
  return parsed.flatMap((entry: Partial<Outgoing> | null) => {
    const { id, text, at } = entry ?? {};
    const whole = typeof id === 'string' && typeof text === 'string' && typeof at === 'number';
    return whole ? [{ id, text, at, status: 'pending' as const }] : [];
  });
}

function parseContact(json: string | null): Contact | undefined {
  const { email, ticketId }: Partial<Contact> = JSON.parse(json ?? '{}') ?? {};
  if (typeof email !== 'string') return undefined;
  return { email, ...(typeof ticketId === 'string' && { ticketId }) };
}

export function createBrowserStore(site: string): BrowserStore {
  const session = sessionKey(site);
  const read = `${session}:read`;
  const outbox = `${session}:outbox`;
  const sound = `${session}:sound`;
  const ratedEnd = `${session}:judged`;
  const contact = `${session}:contact`;
  return {
    owns: (key) => key === session || key === read,
    session: () => quietly(undefined, () => localStorage.getItem(session) ?? undefined),
    saveSession: (value) =>
      quietly(undefined, () => (value ? localStorage.setItem(session, value) : localStorage.removeItem(session))),
    readSeq: () => quietly(0, () => Number(localStorage.getItem(read)) || 0),
    saveReadSeq: (seq) => quietly(undefined, () => localStorage.setItem(read, String(seq))),
    outbox: () => quietly([], () => parseOutgoing(sessionStorage.getItem(outbox))),
    saveOutbox: (outgoing) =>
      quietly(undefined, () =>
        outgoing.length > 0
          ? sessionStorage.setItem(outbox, JSON.stringify(outgoing, withoutToJson))
          : sessionStorage.removeItem(outbox),
      ),
    contact: () => quietly(undefined, () => parseContact(sessionStorage.getItem(contact))),
    saveContact: (value) =>
      quietly(undefined, () =>
        value
          ? sessionStorage.setItem(contact, JSON.stringify(value, withoutToJson))
          : sessionStorage.removeItem(contact),
      ),
    sound: () => quietly(false, () => localStorage.getItem(sound) !== null),
    saveSound: (on) =>
      quietly(undefined, () => (on ? localStorage.setItem(sound, 'on') : localStorage.removeItem(sound))),
    ratedEnd: () => quietly(undefined, () => localStorage.getItem(ratedEnd) ?? undefined),
    saveRatedEnd: (end) => quietly(undefined, () => localStorage.setItem(ratedEnd, end)),
    clear: () =>
      quietly(undefined, () => {
        for (const key of [session, read, ratedEnd, sound]) localStorage.removeItem(key);
        for (const key of [outbox, contact]) sessionStorage.removeItem(key);
      }),
  };
}
