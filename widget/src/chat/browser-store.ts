/** The values this widget keeps in the browser. All belong to one person; some to one conversation, some to one tab. */
import { clearKept, sessionKey, tabKey } from '../kept.ts';
import { withoutToJson } from '../natives.ts';
import type { Contact, Outgoing } from './chat-state.ts';
import type { KeptArea } from './kept-area.ts';
import { newId } from './outgoing.ts';

/** Shared by all tabs. */
export interface Person {
  /** Random; another person at this browser gets another one. */
  readonly id: string;
  /** The site's own id, once the server has accepted the site's token. */
  readonly subject?: string | undefined;
  readonly conversation?: string | undefined;
  /** These two belong to that conversation. */
  readonly readSeq: number;
  readonly ratedEnd?: string | undefined;
}

/** Of this tab alone; it survives a page load. */
export interface TabState {
  readonly draft: string;
  readonly open: boolean;
  readonly outbox: readonly Outgoing[];
  readonly contact?: Contact | undefined;
}

export interface BrowserStore {
  session(): string | undefined;
  person(): Person;
  tab(): TabState;
  /** The server has started or continued a session. Returns false when its conversation is not the one kept here. */
  join(start: { session: string; conversationId: string }, subject: string | undefined): boolean;
  /** The session has ended on the server; the person stays. */
  dropSession(): void;
  savePerson(change: Partial<Pick<Person, 'readSeq' | 'ratedEnd'>>): void;
  saveTab(change: Partial<TabState>): void;
  sound(): boolean;
  saveSound(on: boolean): void;
  /** Another person uses this browser from now on: forgets everything but the sound setting. */
  startOver(): void;
  /**
   * What another tab has changed, by the storage event's key (null: possibly all): the person was `signed-out` or
   * `replaced`, or the session may be another one.
   */
  readOtherTabs(key: string | null): 'signed-out' | 'replaced' | 'session' | undefined;
  /** Forgets everything, also what other chats of this site have stored. */
  clear(): void;
}

/** `is` tells whether the value belongs to those who use the browser now. */
function parse<T extends object>(json: string | undefined, is: (value: Partial<T>) => boolean): T | undefined {
  try {
    const value = JSON.parse(json ?? '');
    return is(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const parsePerson = (json: string | undefined) => parse<Person>(json, ({ id }) => typeof id === 'string');

const isOutgoing = ({ id, text, at }: Outgoing) =>
  typeof id === 'string' && typeof text === 'string' && typeof at === 'number';

function parseTab(json: string | undefined, person: string): TabState {
  const tab = parse<TabState & { person: string }>(
    json,
    // What throws here is not what this widget has written.
    ({ person: owner, draft, outbox }) =>
      owner === person && typeof draft === 'string' && outbox?.every(isOutgoing) === true,
  );
  if (!tab) return EMPTY_TAB;
  const { draft, open, outbox, contact } = tab;
  return { draft, open, outbox: outbox.map(({ id, text, at }) => ({ id, text, at, status: 'pending' })), contact };
}

/** The panel itself stays as it is when another person takes over. */
const NOTHING = { draft: '', outbox: [], contact: undefined } as const;
const EMPTY_TAB: TabState = { ...NOTHING, open: false };

/** Longer drafts are rarely typed, and every key writes them. */
const DRAFT_KEPT = 20_000;

/** @param place 1 for the first chat of this site on the page, 2 for the second … */
export function createBrowserStore(site: string, place: number, local: KeptArea, tabs: KeptArea): BrowserStore {
  const sessionAt = sessionKey(site, place);
  const personAt = `${sessionAt}:person`;
  const tabAt = tabKey(sessionAt);
  const soundAt = `${sessionKey(site)}:sound`;
  const newPerson = (): Person => ({ id: newId(), readSeq: 0 });
  const stored = parsePerson(local.get(personAt));
  let person = stored ?? newPerson();
  /** Another tab can learn of this person. */
  let isKnown = stored !== undefined;
  let tab = parseTab(tabs.get(tabAt), person.id);

  function writePerson(next: Person) {
    person = next;
    isKnown = true;
    local.set(personAt, JSON.stringify(next, withoutToJson));
  }
  function writeTab(change: Partial<TabState>) {
    tab = { ...tab, ...change };
    const { draft, open, outbox, contact } = tab;
    const isEmpty = draft === '' && !open && outbox.length === 0 && contact === undefined;
    const kept = { person: person.id, ...tab, draft: draft.slice(0, DRAFT_KEPT) };
    tabs.set(tabAt, isEmpty ? undefined : JSON.stringify(kept, withoutToJson));
  }
  /** The record as another tab may have stored it, unless it belongs to another visitor. */
  function current(): Person {
    const latest = parsePerson(local.latest(personAt));
    return latest?.id === person.id ? latest : person;
  }

  return {
    session: () => local.get(sessionAt),
    person: () => person,
    tab: () => tab,
    join({ session, conversationId }, subject) {
      const theirs = isKnown ? undefined : parsePerson(local.latest(personAt));
      // Two tabs that start at once are one person.
      if (theirs?.subject === subject && theirs !== undefined) person = theirs;
      const held = current();
      const isSame = held.conversation === conversationId;
      const kept = isSame ? held : { id: held.id, readSeq: 0 };
      writePerson({ ...kept, subject, conversation: conversationId });
      local.set(sessionAt, session);
      if (!isSame) writeTab({ contact: undefined });
      return isSame;
    },
    dropSession: () => local.set(sessionAt, undefined),
    savePerson: (change) => writePerson({ ...current(), ...change }),
    saveTab: writeTab,
    sound: () => local.get(soundAt) !== undefined,
    saveSound: (on) => local.set(soundAt, on ? 'on' : undefined),
    startOver() {
      local.set(sessionAt, undefined);
      // Stored at once: other tabs must learn that the person before has left.
      writePerson(newPerson());
      writeTab(NOTHING);
    },
    readOtherTabs(key) {
      if (key !== null && key !== personAt && key !== sessionAt) return undefined;
      for (const each of [personAt, sessionAt]) local.refresh(each);
      const before = person;
      const now = parsePerson(local.get(personAt));
      const mayFollow = now !== undefined || !isKnown;
      const isSame =
        mayFollow &&
        (!isKnown || now?.subject === before.subject || (before.subject === undefined && now?.id === before.id));
      person = now ?? (isKnown ? newPerson() : before);
      isKnown = now !== undefined;
      if (!isSame || person.id !== before.id) writeTab(isSame ? {} : NOTHING);
      if (isSame) return 'session';
      return now === undefined ? 'signed-out' : 'replaced';
    },
    clear: () => clearKept(site),
  };
}
