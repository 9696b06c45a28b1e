import type { Ack } from '@firstword/shared/wire-refusals';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createDraftSender } from './draft-sender.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function typist(answer: Ack<{ prepared: boolean }> = { ok: true, prepared: true }) {
  const sent: string[] = [];
  const state = { maySend: true, answer };
  const sender = createDraftSender({
    async ask(text) {
      sent.push(text);
      return state.answer;
    },
    maySend: () => state.maySend,
    textMax: 100,
    draftsPerMessage: 2,
  });
  let text = '';
  return {
    sent,
    state,
    sender,
    /** Types with this many milliseconds before each character. */
    async type(more: string, gapMs = 100) {
      for (const character of more) {
        await vi.advanceTimersByTimeAsync(gapMs);
        text += character;
        sender.typed(text, performance.now(), true);
      }
    },
    rest: (ms: number) => vi.advanceTimersByTimeAsync(ms),
    clear() {
      text = '';
      sender.reset();
    },
  };
}

test('a draft is sent after a pause longer than the rhythm, once', async () => {
  const { sent, type, rest } = typist();
  await type('where is my order');
  await rest(179);
  expect(sent).toEqual([]);
  await rest(1);
  expect(sent).toEqual(['where is my order']);
  await rest(10_000);
  expect(sent).toHaveLength(1);
});

test('a question mark sends it at once', async () => {
  const { sent, type } = typist();
  await type('where is it?');
  expect(sent).toEqual(['where is it?']);
});

test('pauses between words are no part of the rhythm', async () => {
  const { sent, type, rest } = typist();
  for (const word of ['where ', 'is ', 'my ', 'order']) {
    await rest(350);
    await type(word);
  }
  await rest(180);
  expect(sent).toEqual(['where is my order']);
});

test('no more than two drafts of a message are prepared, and the next message has its own', async () => {
  const { sent, type, clear } = typist();
  await type('is it here? or there? or where?');
  expect(sent).toEqual(['is it here?', 'is it here? or there?']);
  clear();
  await type('and now?');
  expect(sent.at(-1)).toBe('and now?');
});

test('a draft that the server does not prepare leaves room for the next, up to eight', async () => {
  const { sent, type } = typist({ ok: true, prepared: false });
  await type('is it 1? 2? 3? 4? 5? 6? 7? 8? 9?');
  expect(sent).toHaveLength(8);
});

test('after a refusal no draft is sent until the time that it names', async () => {
  const { sent, state, type, clear, rest } = typist({ ok: false, code: 'busy', message: '', retryAfterMs: 2000 });
  await type('is it here?');
  state.answer = { ok: true, prepared: true };
  await type(' or there?');
  expect(sent).toEqual(['is it here?']);
  clear();
  await rest(2000);
  await type('is it there?');
  expect(sent).toEqual(['is it here?', 'is it there?']);
});

test('nothing is sent while it may not be, while a word is composed, or when the field is emptied', async () => {
  const { sent, state, sender, type, clear, rest } = typist();
  state.maySend = false;
  await type('where is it?');
  state.maySend = true;
  clear();
  await type('where is my order');
  sender.composing();
  await rest(1000);
  await type('s');
  clear();
  await rest(1000);
  expect(sent).toEqual([]);
});

test('a text that is too long is not sent', async () => {
  const { sent, sender } = typist();
  sender.typed(`${'long '.repeat(20)}?`, 0, false);
  expect(sent).toEqual([]);
});
