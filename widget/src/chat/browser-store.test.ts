import { expect, test } from 'vitest';
import { createBrowserStore } from './browser-store.ts';
import type { KeptArea } from './kept-area.ts';

/** Two tabs share the first map; each tab has its own second one. */
function areaOf(values: Map<string, string>): KeptArea {
  const memory = new Map<string, string | undefined>();
  const get = (key: string) => {
    if (!memory.has(key)) memory.set(key, values.get(key));
    return memory.get(key);
  };
  return {
    get,
    set(key, value) {
      memory.set(key, value);
      if (value === undefined) values.delete(key);
      else values.set(key, value);
    },
    latest: (key) => values.get(key) ?? get(key),
    refresh: (key) => void memory.delete(key),
  };
}

function browser() {
  const local = new Map<string, string>();
  const tabs = new Map<string, string>();
  const open = (tab = tabs, subject?: string) => createBrowserStore('acme', 1, areaOf(local), areaOf(tab), subject);
  return { local, tabs, open, newTab: () => open(new Map()) };
}
const outgoing = { id: 'm1', text: 'my card number', at: 1, status: 'pending' as const };
const start = (session: string, conversationId: string) => ({ session, conversationId });

test.each([
  ['no outbox', { outbox: undefined }],
  ['an outbox that is no list', { outbox: 'x' }],
  ['an empty entry', { outbox: [null] }],
  ['an entry without a text', { outbox: [{ id: 'm1', at: 1 }] }],
  ['a draft that is no text', { draft: 7 }],
])('a stored tab with %s counts as none', (_, change) => {
  const { open, tabs } = browser();
  const store = open();
  store.join(start('s1', 'c1'), undefined);
  store.saveTab({ draft: 'half a sent', open: true, outbox: [outgoing] });
  for (const [key, json] of tabs) tabs.set(key, JSON.stringify({ ...JSON.parse(json), ...change }));
  expect(open().tab()).toEqual({ draft: '', open: false, outbox: [], contact: undefined });
});

test('draft, open panel, outbox and read mark survive a page load', () => {
  const { open } = browser();
  const store = open();
  store.saveTab({ draft: 'half a sent', open: true, outbox: [outgoing] });
  expect(store.join(start('s1', 'c1'), undefined)).toBe(false);
  store.saveVisitor({ readSeq: 4, ratedEnd: 'c1 3' });
  const next = open();
  expect(next.tab()).toMatchObject({ draft: 'half a sent', open: true, outbox: [outgoing] });
  expect(next.visitor()).toMatchObject({ readSeq: 4, ratedEnd: 'c1 3', conversation: 'c1' });
  expect(next.join(start('s1', 'c1'), undefined)).toBe(true);
});

test('draft, open panel and outbox survive a page load before the session has started, for this visitor alone', () => {
  const { open, newTab, local } = browser();
  const kept = { draft: 'half a sent', open: true, outbox: [outgoing] };
  open().saveTab(kept);
  expect(open().tab()).toMatchObject(kept);
  expect(newTab().tab()).toMatchObject({ draft: '', open: false, outbox: [] });
  local.clear();
  expect(open().tab()).toMatchObject({ draft: '', open: false, outbox: [] });
});

test('two tabs that write before their sessions start have one visitor, and each keeps its own draft', () => {
  const { open, newTab } = browser();
  const [first, second] = [open(), newTab()];
  first.saveTab({ draft: 'one' });
  second.saveTab({ draft: 'two' });
  expect(second.visitor().id).toBe(first.visitor().id);
  expect(first.readOtherTabs('firstword:acme:person')).toBe('session');
  expect(second.readOtherTabs('firstword:acme:person')).toBe('session');
  expect([open().tab().draft, second.tab().draft]).toEqual(['one', 'two']);
});

test('a tab that writes while another visitor is signed in leaves their record as it is', () => {
  const { open, newTab, local } = browser();
  const [first, second] = [open(), newTab()];
  first.join(start('s1', 'c1'), 'anna');
  const record = local.get('firstword:acme:person');
  second.saveTab({ draft: 'two' });
  expect(local.get('firstword:acme:person')).toBe(record);
  expect(second.visitor().id).not.toBe(first.visitor().id);
});

test('whom the page names is known before the session has started, so a page of another visitor can tell', () => {
  const { open, tabs } = browser();
  const store = open(tabs, 'anna');
  store.saveTab({ draft: 'my salary' });
  expect(open(tabs, 'bert').visitor().subject).toBe('anna');
  store.startOver('bert');
  store.saveTab({ draft: 'my rent' });
  expect(open(tabs, 'carl').visitor().subject).toBe('bert');
});

test('another conversation of the same visitor has its own read mark, rating and e-mail address', () => {
  const { open } = browser();
  const store = open();
  store.join(start('s1', 'c1'), undefined);
  store.saveVisitor({ readSeq: 4, ratedEnd: 'c1 3' });
  store.saveTab({ contact: { email: 'a@shop.example' }, draft: 'kept' });
  expect(store.join(start('s2', 'c2'), undefined)).toBe(false);
  expect(store.visitor()).toEqual({ id: expect.any(String), readSeq: 0, conversation: 'c2' });
  expect(store.tab()).toMatchObject({ contact: undefined, draft: 'kept' });
});

test('after startOver no data of the previous visitor is left, also for the next page', () => {
  const { open, local } = browser();
  const store = open();
  store.join(start('s1', 'c1'), 'anna');
  store.saveTab({ draft: 'my salary', outbox: [outgoing], contact: { email: 'a@shop.example' } });
  const { id } = store.visitor();
  store.startOver();
  for (const each of [store, open()]) {
    expect(each.session()).toBeUndefined();
    expect(each.tab()).toEqual({ draft: '', open: false, outbox: [], contact: undefined });
    expect(each.visitor()).toEqual({ id: expect.any(String), readSeq: 0 });
    expect(each.visitor().id).not.toBe(id);
  }
  expect([...local.values()].join()).not.toContain('anna');
});

test('the data of a tab is dropped when it loads after another visitor has come', () => {
  const { open, newTab } = browser();
  const first = open();
  first.join(start('s1', 'c1'), 'anna');
  first.saveTab({ draft: 'my salary' });
  newTab().startOver();
  expect(open().tab().draft).toBe('');
});

test('two tabs that start at once have one visitor', () => {
  const { open, newTab } = browser();
  const [first, second] = [open(), newTab()];
  first.join(start('s1', 'c1'), undefined);
  second.join(start('s2', 'c2'), undefined);
  expect(first.readOtherTabs('firstword:acme')).toBe('session');
  expect(second.readOtherTabs('firstword:acme')).toBe('session');
  expect([first.session(), second.session()]).toEqual(['s2', 's2']);
  expect(first.visitor().id).toBe(second.visitor().id);
});

test('a read mark of one tab does not undo that of another', () => {
  const { open, newTab } = browser();
  const first = open();
  first.join(start('s1', 'c1'), undefined);
  const second = newTab();
  second.saveVisitor({ readSeq: 7 });
  first.saveVisitor({ ratedEnd: 'c1 3' });
  expect(first.visitor()).toMatchObject({ readSeq: 7, ratedEnd: 'c1 3' });
});

test('a tab follows a sign-out, another visitor, and a sign-in of its own visitor in another tab', () => {
  const { open, newTab, local } = browser();
  const first = open();
  first.saveTab({ draft: 'kept' });
  expect(first.readOtherTabs('firstword:acme')).toBe('session');
  expect(first.readOtherTabs('another-key')).toBeUndefined();
  first.join(start('s1', 'c1'), undefined);
  const second = newTab();
  second.join(start('s2', 'c2'), 'anna');
  expect(first.readOtherTabs('firstword:acme:person')).toBe('session');
  expect(first.tab().draft).toBe('kept');
  second.startOver();
  expect(first.readOtherTabs('firstword:acme:person')).toBe('replaced');
  expect(first.tab().draft).toBe('');
  second.join(start('s3', 'c3'), 'bert');
  expect(first.readOtherTabs('firstword:acme')).toBe('session');
  expect(first.visitor().subject).toBe('bert');
  local.clear();
  expect(first.readOtherTabs(null)).toBe('signed-out');
  expect(first.session()).toBeUndefined();
});

test('unreadable values count as none', () => {
  const { local, open } = browser();
  for (const json of ['null', '7', '{"id":1}', '{', '[]']) {
    local.set('firstword:acme:person', json);
    expect(open().visitor()).toMatchObject({ readSeq: 0 });
    expect(open().tab().outbox).toEqual([]);
  }
});
