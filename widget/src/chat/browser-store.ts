/** The values this widget keeps in the browser. All belong to one visitor; some to one conversation, some to one tab. */
import { sessionKey, tabKey } from '../kept.ts';
import { withoutToJson } from '../natives.ts';
import type { Contact, Outgoing } from './chat-state.ts';
import type { KeptArea } from './kept-area.ts';
import { newId } from './outgoing.ts';

/** Shared by all tabs. */
export interface StoredVisitor {
  /** Random; another visitor at this browser gets another one. */
  readonly id: string;
  /** The site's own id. Before the session has started, the site's token may only claim it. */
  readonly subject?: string | undefined;
  readonly conversation?: string | undefined;
  /** These two belong to that conversation. */
  readonly readSeq: number;
  readonly ratedEnd?: string | undefined;
}

/** Only of this tab; kept over a page load. */
export interface TabState {
  readonly draft: string;
  readonly open: boolean;
  readonly outbox: readonly Outgoing[];
  readonly contact?: Contact | undefined;
  /** What the visitor has entered into the form before the first message, by field. */
  readonly form?: Readonly<Record<string, string>> | undefined;
}

export interface BrowserStore {
  session(): string | undefined;
  visitor(): StoredVisitor;
  tab(): TabState;
  /** The server has started or continued a session. Returns false when its conversation is not the one kept here. */
  join(start: { session: string; conversationId: string }, subject: string | undefined): boolean;
  /** The session has ended on the server; the visitor stays. */
  dropSession(): void;
  saveVisitor(change: Partial<Pick<StoredVisitor, 'readSeq' | 'ratedEnd'>>): void;
  saveTab(change: Partial<TabState>): void;
  sound(): boolean;
  saveSound(on: boolean): void;
  /** Another visitor, whom the site may name, uses this browser from now on: forgets everything but the sound setting. */
  startOver(subject?: string): void;
  /**
   * What another tab has changed, by the storage event's key (null: possibly all): the visitor was `signed-out` or
   * `replaced`, or the session may be another one.
   */
  readOtherTabs(key: string | null): 'signed-out' | 'replaced' | 'session' | undefined;
}

/** `is` checks that this widget has written the value, for the current visitor. */
function parse<T extends object>(json: string | undefined, is: (value: Partial<T>) => boolean): T | undefined {
  try {
    const value = JSON.parse(json ?? '');
    return is(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const parseVisitor = (json: string | undefined) => parse<StoredVisitor>(json, ({ id }) => typeof id === 'string');

const isOutgoing = ({ id, text, at }: Outgoing) =>
  typeof id === 'string' && typeof text === 'string' && typeof at === 'number';

function parseTab(json: string | undefined, visitorId: string): TabState {
  const tab = parse<TabState & { person: string }>(
    json,
    // Values that this widget hasn't written may throw here.
    ({ person: owner, draft, outbox }) =>
      owner === visitorId && typeof draft === 'string' && outbox?.every(isOutgoing) === true,
  );
  if (!tab) return EMPTY_TAB;
  const { draft, open, outbox, contact, form } = tab;
  return {
    draft,
    open,
    outbox: outbox.map(({ id, text, at }) => ({ id, text, at, status: 'pending' })),
    contact,
    form,
  };
}

/** The panel itself stays as it is when another visitor takes over. */
const NOTHING = { draft: '', outbox: [], contact: undefined, form: undefined } as const;
const EMPTY_TAB: TabState = { ...NOTHING, open: false };

/** Longer drafts are rarely typed, and every key writes them. */
const DRAFT_KEPT = 20_000;

/**
 * @param place 1 for the first chat of this site on the page, 2 for the second …
 * @param claimed the visitor's subject, if the page names one
 */
export function createBrowserStore(
  site: string,
  place: number,
  local: KeptArea,
  tabs: KeptArea,
  claimed?: string,
): BrowserStore {
  const sessionAt = sessionKey(site, place);
  const visitorAt = `${sessionAt}:person`;
  const tabAt = tabKey(sessionAt);
  const soundAt = `${sessionKey(site)}:sound`;
  const newVisitor = (subject?: string): StoredVisitor => ({ id: newId(), readSeq: 0, subject });
  const stored = parseVisitor(local.get(visitorAt));
  let visitor = stored ?? newVisitor(claimed);
  /** Whether other tabs, and this one after a page load, can see this visitor. */
  let isKnown = stored !== undefined;
  let tab = parseTab(tabs.get(tabAt), visitor.id);

  function writeVisitor(next: StoredVisitor) {
    visitor = next;
    isKnown = true;
    local.set(visitorAt, JSON.stringify(next, withoutToJson));
  }
  function writeTab(change: Partial<TabState>) {
    tab = { ...tab, ...change };
    const { draft, open, outbox, contact, form } = tab;
    const isEmpty = draft === '' && !open && outbox.length === 0 && contact === undefined && form === undefined;
    // After a page load, a tab's values count only if their visitor is known, and the session may not have started yet.
    if (!isEmpty && !isKnown && !followFirstTab(visitor.subject)) writeVisitor(visitor);
    const kept = { person: visitor.id, ...tab, draft: draft.slice(0, DRAFT_KEPT) };
    tabs.set(tabAt, isEmpty ? undefined : JSON.stringify(kept, withoutToJson));
  }
  /** Two tabs that start at once are one visitor. Returns whether another tab was first, also that of another visitor. */
  function followFirstTab(subject: string | undefined): boolean {
    const first = isKnown ? undefined : parseVisitor(local.latest(visitorAt));
    if (first?.subject === subject && first !== undefined) {
      visitor = first;
      isKnown = true;
    }
    return first !== undefined;
  }
  /** The record as another tab may have stored it, unless it belongs to another visitor. */
  function current(): StoredVisitor {
    const latest = parseVisitor(local.latest(visitorAt));
    return latest?.id === visitor.id ? latest : visitor;
  }

  return {
    session: () => local.get(sessionAt),
    visitor: () => visitor,
    tab: () => tab,
    join({ session, conversationId }, subject) {
      followFirstTab(subject);
      const held = current();
      const isSame = held.conversation === conversationId;
      const kept = isSame ? held : { id: held.id, readSeq: 0 };
      writeVisitor({ ...kept, subject, conversation: conversationId });
      local.set(sessionAt, session);
      if (!isSame) writeTab({ contact: undefined });
      return isSame;
    },
    dropSession: () => local.set(sessionAt, undefined),
    saveVisitor: (change) => writeVisitor({ ...current(), ...change }),
    saveTab: writeTab,
    sound: () => local.get(soundAt) !== undefined,
    saveSound: (on) => local.set(soundAt, on ? 'on' : undefined),
    startOver(subject) {
      local.set(sessionAt, undefined);
      // Stored at once, so that other tabs see that the previous visitor has left.
      writeVisitor(newVisitor(subject));
      writeTab(NOTHING);
    },
    readOtherTabs(key) {
      if (key !== null && key !== visitorAt && key !== sessionAt) return undefined;
      for (const each of [visitorAt, sessionAt]) local.refresh(each);
      const before = visitor;
      const now = parseVisitor(local.get(visitorAt));
      const mayFollow = now !== undefined || !isKnown;
      const isSame =
        mayFollow &&
        (!isKnown || now?.subject === before.subject || (before.subject === undefined && now?.id === before.id));
      visitor = now ?? (isKnown ? newVisitor() : before);
      isKnown = now !== undefined;
      if (!isSame || visitor.id !== before.id) writeTab(isSame ? {} : NOTHING);
      if (isSame) return 'session';
      return now === undefined ? 'signed-out' : 'replaced';
    },
  };
}
