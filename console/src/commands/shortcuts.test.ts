import { expect, test } from 'vitest';
import { COMMAND_IDS, commandOf } from './commands.ts';
import { commandForKey, keyLabel, keyShortcut } from './shortcuts.ts';

const press = (key: string, more = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  isComposing: false,
  ...more,
});
const elsewhere = { typing: false, inDialog: false, inList: false };

test('a key runs its command', () => {
  expect(commandForKey(press('c'), elsewhere)).toBe('claim');
  expect(commandForKey(press('?'), elsewhere)).toBe('shortcuts');
});

test('shortcuts are off while typing, in a dialog and during IME composition', () => {
  expect(commandForKey(press('c'), { ...elsewhere, typing: true })).toBeUndefined();
  expect(commandForKey(press('c'), { ...elsewhere, inDialog: true })).toBeUndefined();
  expect(commandForKey(press('c', { isComposing: true }), elsewhere)).toBeUndefined();
});

test('the browser keeps its own shortcuts', () => {
  expect(commandForKey(press('r', { ctrlKey: true }), elsewhere)).toBeUndefined();
  expect(commandForKey(press('c', { metaKey: true }), elsewhere)).toBeUndefined();
  expect(commandForKey(press('e', { altKey: true }), elsewhere)).toBeUndefined();
});

test('the palette opens everywhere, also while typing', () => {
  expect(commandForKey(press('k', { metaKey: true }), { ...elsewhere, typing: true })).toBe('palette');
  expect(commandForKey(press('K', { ctrlKey: true }), elsewhere)).toBe('palette');
});

test('arrow keys move through the list only while it has the focus', () => {
  expect(commandForKey(press('ArrowDown'), { ...elsewhere, inList: true })).toBe('next');
  expect(commandForKey(press('ArrowDown'), elsewhere)).toBeUndefined();
});

test('no two commands share a key', () => {
  const keys = COMMAND_IDS.map((id) => commandOf(id).key).filter((key) => key !== undefined);
  expect(new Set(keys).size).toBe(keys.length);
});

test('keys are labelled as on the keyboard', () => {
  expect([keyLabel('mod+k', true), keyLabel('mod+k', false), keyLabel('c', false)]).toEqual(['⌘K', 'Ctrl K', 'C']);
  expect(keyShortcut('mod+k')).toBe('Control+k Meta+k');
});
