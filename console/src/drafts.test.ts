import { expect, test } from 'vitest';
import { createDrafts } from './drafts.ts';

function memoryStorage() {
  const items = new Map<string, string>();
  return {
    items,
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  };
}

test('a draft is kept per ticket until it is cleared', () => {
  const drafts = createDrafts(memoryStorage(), 'a1');
  drafts.write('t1', { text: 'Hello', runId: 'r1' });
  drafts.write('t2', { text: 'Other' });
  expect(drafts.read('t1')).toEqual({ text: 'Hello', runId: 'r1' });
  drafts.clear('t1');
  expect(drafts.read('t1')).toBeUndefined();
  expect(drafts.read('t2')).toEqual({ text: 'Other' });
});

test.each(['{', 'null', '[]', '{"text":3}'])('the invalid stored draft %s is ignored', (json) => {
  const storage = memoryStorage();
  storage.items.set('firstword-draft:a1:t1', json);
  expect(createDrafts(storage, 'a1').read('t1')).toBeUndefined();
});

test('a change is unsaved until the server has it, also the removal of a draft', () => {
  const drafts = createDrafts(memoryStorage(), 'a1');
  expect(drafts.isUnsaved('t1')).toBe(false);
  drafts.write('t1', { text: 'Hello' });
  expect(drafts.isUnsaved('t1')).toBe(true);
  drafts.settle('t1', { text: 'Hello' });
  expect([drafts.read('t1'), drafts.isUnsaved('t1')]).toEqual([{ text: 'Hello' }, false]);
  drafts.clear('t1');
  expect([drafts.read('t1'), drafts.isUnsaved('t1')]).toEqual([undefined, true]);
  drafts.settle('t1', undefined);
  expect(drafts.isUnsaved('t1')).toBe(false);
});

test('a full storage doesn’t throw', () => {
  const full = {
    ...memoryStorage(),
    setItem: () => {
      throw new Error('quota');
    },
  };
  expect(() => createDrafts(full, 'a1').write('t1', { text: 'Hello' })).not.toThrow();
});

test('agents who share a browser have separate drafts', () => {
  const storage = memoryStorage();
  createDrafts(storage, 'a1').write('t1', { text: 'Hello', afterSeq: 4 });
  expect(createDrafts(storage, 'a1').read('t1')).toEqual({ text: 'Hello', afterSeq: 4 });
  expect(createDrafts(storage, 'a2').read('t1')).toBeUndefined();
});
