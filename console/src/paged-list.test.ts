import { expect, test } from 'vitest';
import type { Result } from './api.ts';
import { createPagedList, type Page } from './paged-list.ts';

/** Each request waits until it is answered. */
function scripted() {
  const requests: { asked: string; answer: (result: Result<Page<string>>) => void }[] = [];
  const list = createPagedList<string, string>(
    (item) => item.slice(0, 1),
    (query, cursor) =>
      new Promise((answer) => {
        requests.push({ asked: cursor === undefined ? query : `${query} from ${cursor}`, answer });
      }),
  );
  const page = (items: string[], next?: string): Result<Page<string>> => ({
    ok: true,
    value: { items, ...(next === undefined ? {} : { next }) },
  });
  return { list, requests, page };
}
const settled = () => new Promise((resolve) => setTimeout(resolve));

test('pages follow one another until the last one, and keep their identity', async () => {
  const { list, requests, page } = scripted();
  void list.load('all');
  requests[0]?.answer(page(['a', 'b'], 'b'));
  await settled();
  const first = list.pages.value?.[0];
  void list.more();
  void list.more(); // one request at a time
  requests[1]?.answer(page(['c']));
  await settled();
  expect(requests.map(({ asked }) => asked)).toEqual(['all', 'all from b']);
  expect(list.pages.value).toEqual([['a', 'b'], ['c']]);
  expect(list.pages.value?.[0]).toBe(first);
  expect(list.complete.value).toBe(true);
  await list.more();
  expect(requests).toHaveLength(2);
});

test('a refresh changes items in place and puts new ones first, and keeps the pages that did not change', async () => {
  const { list, requests, page } = scripted();
  void list.load('all');
  requests[0]?.answer(page(['a', 'b'], 'b'));
  await settled();
  void list.more();
  requests[1]?.answer(page(['c', 'd']));
  await settled();
  const first = list.pages.value?.[0];
  void list.refresh();
  requests[2]?.answer(page(['e', 'd2', 'a', 'b'], 'b'));
  await settled();
  expect(list.pages.value).toEqual([['e'], ['a', 'b'], ['c', 'd2']]);
  expect(list.pages.value?.[1]).toBe(first);
  expect(list.complete.value).toBe(true);
});

test('a refresh that fails, or comes after another query, changes nothing', async () => {
  const { list, requests, page } = scripted();
  void list.load('all');
  requests[0]?.answer(page(['a']));
  await settled();
  void list.refresh();
  requests[1]?.answer({ ok: false, code: 'offline', message: '' });
  await settled();
  expect([list.pages.value, list.failure.value]).toEqual([[['a']], undefined]);
  void list.refresh();
  void list.load('other');
  requests[3]?.answer(page(['b']));
  requests[2]?.answer(page(['c']));
  await settled();
  expect(list.pages.value).toEqual([['b']]);
});

test('a late response to an earlier query is dropped', async () => {
  const { list, requests, page } = scripted();
  void list.load('old');
  void list.load('new');
  requests[1]?.answer(page(['new']));
  requests[0]?.answer(page(['old'], 'old'));
  await settled();
  expect([list.pages.value, list.complete.value, list.busy.value]).toEqual([[['new']], true, false]);
});

test('a failure keeps what is shown, and trying again continues there', async () => {
  const { list, requests, page } = scripted();
  const failed = { ok: false, code: 'unavailable', message: '' } as const;
  void list.load('all');
  requests[0]?.answer(failed);
  await settled();
  expect([list.pages.value, list.failure.value]).toEqual([undefined, { code: 'unavailable', of: 'first' }]);
  void list.more();
  requests[1]?.answer(page(['a'], 'a'));
  await settled();
  void list.more();
  requests[2]?.answer(failed);
  await settled();
  expect([list.pages.value, list.failure.value]).toEqual([[['a']], { code: 'unavailable', of: 'next' }]);
  void list.more();
  requests[3]?.answer(page(['b']));
  await settled();
  expect(requests.map(({ asked }) => asked)).toEqual(['all', 'all', 'all from a', 'all from a']);
  expect([list.pages.value, list.failure.value]).toEqual([[['a'], ['b']], undefined]);
});
