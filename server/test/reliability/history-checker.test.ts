import { createHistory } from '@firstword/testing/history-checker';
import { expect, test } from 'vitest';

const promises = (breaches: string[]) => breaches.map((line) => line.slice(0, 2));

function recorded(...seen: { seq: number; id: string; text: string }[]) {
  const history = createHistory();
  history.sent('c', 'one', 'hello');
  history.acknowledged('c', 'one', 1);
  history.viewed('c', seen);
  return history;
}

test('a kept history has no breach', () => {
  expect(recorded({ seq: 1, id: 'one', text: 'hello' }, { seq: 2, id: 'answer', text: 'hi' }).breaches()).toEqual([]);
});

test('a lost acknowledged message breaks P1', () => {
  expect(promises(recorded({ seq: 1, id: 'other', text: 'x' }).breaches())).toEqual(['P1']);
});

test('a doubled or altered message breaks P2', () => {
  const twice = recorded({ seq: 1, id: 'one', text: 'hello' }, { seq: 2, id: 'one', text: 'hello' });
  expect(promises(twice.breaches())).toEqual(['P2']);
  expect(promises(recorded({ seq: 1, id: 'one', text: 'hallo' }).breaches())).toEqual(['P2']);
});

test('a gap, a moved number, and viewers who differ break P3', () => {
  expect(promises(recorded({ seq: 1, id: 'one', text: 'hello' }, { seq: 3, id: 'b', text: 'x' }).breaches())).toEqual([
    'P3',
  ]);
  const history = recorded({ seq: 1, id: 'one', text: 'hello' });
  history.viewed('c', [
    { seq: 1, id: 'one', text: 'hello' },
    { seq: 2, id: 'b', text: 'x' },
  ]);
  expect(promises(history.breaches())).toEqual(['P3']);
});

test('a stream that differs from what is stored breaks P4', () => {
  const history = createHistory();
  history.streamed('t', 'abc', 'abcd');
  expect(promises(history.breaches())).toEqual(['P4']);
});
