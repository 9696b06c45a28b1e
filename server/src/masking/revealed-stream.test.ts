import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ChatEvent } from '../gateway/chat-call.ts';
import { createFullMask } from './mask-policy.ts';
import { revealed } from './revealed-stream.ts';

const END: ChatEvent = {
  type: 'end',
  finish: 'complete',
  usage: { promptTokens: 1, completionTokens: 1, estimated: true },
};

async function* stream(...events: readonly ChatEvent[]) {
  yield* events;
}
async function collect(events: AsyncIterable<ChatEvent>): Promise<ChatEvent[]> {
  const collected: ChatEvent[] = [];
  for await (const event of events) collected.push(event);
  return collected;
}
const text = (part: string): ChatEvent => ({ type: 'text', text: part });
const textOf = (events: readonly ChatEvent[]) =>
  events.map((event) => (event.type === 'text' ? event.text : '')).join('');

test('a placeholder is restored however the model cuts it into pieces', async () => {
  const mask = createFullMask();
  mask.hide('visitor@mail.example');
  const answer = 'We write to [email-1], see [1] and [Email-1]. Not [email-2], [x] or [';
  const restored = answer.replaceAll(/\[email-1\]/gi, 'visitor@mail.example');
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1 }), async (lengths) => {
      const pieces: ChatEvent[] = [];
      for (let at = 0, turn = 0; at < answer.length; turn++) {
        const length = lengths[turn % lengths.length] ?? 1;
        pieces.push(text(answer.slice(at, at + length)));
        at += length;
      }
      const shown = await collect(revealed(stream(...pieces, END), mask));
      expect(textOf(shown)).toBe(restored);
      expect(shown.at(-1)).toEqual(END);
    }),
  );
});

test('text that is taken back takes its open placeholder with it', async () => {
  const mask = createFullMask();
  mask.hide('visitor@mail.example');
  const shown = await collect(revealed(stream(text('thinking [ema'), { type: 'retract' }, text('Hi.'), END), mask));
  expect(shown).toEqual([text('thinking '), { type: 'retract' }, text('Hi.'), END]);
});

test('an answer to a question with nothing hidden streams untouched', () => {
  const events = stream(text('Hi.'));
  expect(revealed(events, createFullMask())).toBe(events);
});
