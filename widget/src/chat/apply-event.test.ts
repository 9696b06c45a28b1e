import type { Message, ReplayAnswer, SessionStart, TurnEvent } from '@firstword/shared/wire';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyHistory, applyMessage, applyReplay, applySessionStart, applyTurnEvent, missing } from './apply-event.ts';
import { type ChatState, emptyChat, runningTurn, unreadCount } from './chat-state.ts';

const site = {
  name: 'Shop',
  greeting: 'Hello',
  suggestions: [],
  theme: { accent: '#123456' },
  locale: 'en',
  agentSilenceMinutes: 5,
  mail: false,
};
const opening: SessionStart = {
  session: 'token',
  conversationId: 'conversation',
  lastSeq: 0,
  messages: [],
  responder: { responder: 'assistant' },
  site,
  mode: 'live',
  region: 'local',
};
const started = applySessionStart(emptyChat, opening);

function message(seq: number, from: Message['from'], text: string, turnId?: string): Message {
  return { seq, id: `id-${seq}`, from, text, at: seq, ...(turnId !== undefined && { turnId }) };
}
function deltas(turnId: string, texts: string[]): TurnEvent[] {
  return texts.map((text, index) => ({ type: 'text-delta', turnId, n: index + 1, text }));
}

test('deltas are applied in order, each once', () => {
  const [first, second] = deltas('turn', ['Hel', 'lo']);
  if (!first || !second) throw new Error('two deltas were made');
  const events: TurnEvent[] = [{ type: 'turn-start', turnId: 'turn', messageSeq: 0 }, first, first, second, first];
  expect(runningTurn(events.reduce(applyTurnEvent, started))?.text).toBe('Hello');
});

test('a delta that replaces what was shown discards it', () => {
  const events: TurnEvent[] = [
    ...deltas('turn', ['Let me ', 'think.']),
    { type: 'text-delta', turnId: 'turn', n: 3, text: 'Yes', replaces: true },
    { type: 'text-delta', turnId: 'turn', n: 4, text: ', it is.' },
  ];
  expect(runningTurn(events.reduce(applyTurnEvent, started))?.text).toBe('Yes, it is.');
});

test('a delta that skips a number is not applied, and a replay is requested from the last one that was', () => {
  const asked = applyMessage(started, message(1, 'visitor', 'Hi'));
  const [first, , third] = deltas('turn', ['a', 'b', 'c']);
  if (!first || !third) throw new Error('three deltas were made');
  const events: TurnEvent[] = [{ type: 'turn-start', turnId: 'turn', messageSeq: 1 }, first, third];
  const state = events.reduce(applyTurnEvent, asked);
  expect(runningTurn(state)?.text).toBe('a');
  expect(missing(state)).toEqual({ afterSeq: 1, turnId: 'turn', afterDelta: 1 });
});

test('a message that skips a number is kept in order and followed by a replay', () => {
  const state = [message(1, 'visitor', 'a'), message(3, 'agent', 'c')].reduce(applyMessage, started);
  expect(missing(state)).toEqual({ afterSeq: 1 });
  expect(missing(applyMessage(state, message(2, 'assistant', 'b')))).toBeUndefined();
});

test('a first message that never arrived is missed as well', () => {
  expect(missing(applyMessage(started, message(2, 'agent', 'b')))).toEqual({ afterSeq: 0 });
});

test('a turn that ended with an answer misses that answer until it is there', () => {
  const asked = applyMessage(started, message(1, 'visitor', 'Hi'));
  const events: TurnEvent[] = [
    { type: 'turn-start', turnId: 'turn', messageSeq: 1 },
    { type: 'turn-end', turnId: 'turn', state: 'done', seq: 2 },
  ];
  const ended = events.reduce(applyTurnEvent, asked);
  expect(missing(ended)).toEqual({ afterSeq: 1 });
  expect(missing(applyMessage(ended, message(2, 'assistant', 'Hello', 'turn')))).toBeUndefined();
});

test('an answer is marked as shortened even when its text was stored before', () => {
  const stored = [message(1, 'visitor', 'Hi'), message(2, 'assistant', 'Long', 'turn')].reduce(applyMessage, started);
  const ended = applyTurnEvent(stored, { type: 'turn-end', turnId: 'turn', state: 'done', seq: 2, shortened: true });
  expect(ended.shortened).toEqual(['turn']);
  expect(ended.turns).toEqual([]);
});

test('a reconnect merges the held messages with the snapshot', () => {
  const held = [message(1, 'visitor', 'a'), message(2, 'assistant', 'b')].reduce(applyMessage, started);
  const snapshot = { ...opening, lastSeq: 3, messages: [message(2, 'assistant', 'b'), message(3, 'agent', 'c')] };
  expect(applySessionStart(held, snapshot).messages.map(({ text }) => text)).toEqual(['a', 'b', 'c']);
});

test('a snapshot that begins after a gap replaces what is held', () => {
  const held = applyMessage(started, message(1, 'visitor', 'a'));
  const state = applySessionStart(held, { ...opening, lastSeq: 60, messages: [message(60, 'agent', 'z')] });
  expect(state.messages.map(({ seq }) => seq)).toEqual([60]);
  expect(state.firstSeq).toBe(60);
  expect(missing(state)).toBeUndefined();
});

test('a turn that the server no longer knows after a reconnect is interrupted', () => {
  const asked = applyMessage(started, message(1, 'visitor', 'Hi'));
  const running = applyTurnEvent(asked, { type: 'turn-start', turnId: 'turn', messageSeq: 1 });
  const state = applySessionStart(running, { ...opening, lastSeq: 1, messages: [message(1, 'visitor', 'Hi')] });
  expect(state.turns).toMatchObject([{ turnId: 'turn', state: 'interrupted', retryable: true }]);
});

test('earlier messages are put in front and open no gap', () => {
  const held = applySessionStart(emptyChat, { ...opening, lastSeq: 3, messages: [message(3, 'agent', 'c')] });
  const state = applyHistory(held, [message(1, 'visitor', 'a'), message(2, 'assistant', 'b')]);
  expect(state.messages.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  expect(missing(state)).toBeUndefined();
});

test('messages of agents and the assistant after the read mark are unread', () => {
  const messages = [
    message(1, 'visitor', 'a'),
    message(2, 'assistant', 'b'),
    message(3, 'system', 'c'),
    message(4, 'agent', 'd'),
  ];
  expect(unreadCount({ ...messages.reduce(applyMessage, started), readSeq: 2 })).toBe(1);
});

test('any order, loss and repetition of events ends with the same text after replay', () => {
  const turnId = 'turn';
  const conversation = fc
    .array(fc.string({ minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 12 })
    .chain((texts) => {
      const question = message(1, 'visitor', 'Hi');
      const answer = message(2, 'assistant', texts.join(''), turnId);
      const events: ((state: ChatState) => ChatState)[] = [
        (state) => applyMessage(state, question),
        ...[{ type: 'turn-start' as const, turnId, messageSeq: 1 }, ...deltas(turnId, texts)].map(
          (event) => (state: ChatState) => applyTurnEvent(state, event),
        ),
      ];
      const ending: ((state: ChatState) => ChatState)[] = [
        (state) => applyMessage(state, answer),
        (state) => applyTurnEvent(state, { type: 'turn-end', turnId, state: 'done', seq: 2 }),
      ];
      const some = (all: ((state: ChatState) => ChatState)[]) => fc.array(fc.constantFrom(...all), { maxLength: 30 });
      return fc.boolean().chain((ended) =>
        fc.record({
          arrived: some(ended ? [...events, ...ending] : events),
          texts: fc.constant(texts),
          messages: fc.constant([question, answer]),
          ended: fc.constant(ended),
        }),
      );
    });

  fc.assert(
    fc.property(conversation, ({ arrived, texts, messages, ended }) => {
      let state = arrived.reduce((held, apply) => apply(held), started);
      // The last event always arrives in the end, and makes an earlier loss visible.
      state = ended
        ? applyTurnEvent(state, { type: 'turn-end', turnId, state: 'done', seq: 2 })
        : applyTurnEvent(state, { type: 'text-delta', turnId, n: texts.length, text: texts.at(-1) ?? '' });
      for (let round = 0; round < 3; round += 1) {
        const request = missing(state);
        if (!request) break;
        const known = ended ? messages : messages.slice(0, 1);
        const replay: ReplayAnswer = {
          messages: known.filter(({ seq }) => seq > request.afterSeq),
          ...(request.turnId !== undefined && {
            turn: {
              turnId,
              messageSeq: 1,
              deltas: texts.map((text, index) => ({ n: index + 1, text })).slice(request.afterDelta),
              state: ended ? 'done' : 'running',
            },
          }),
        };
        state = applyReplay(state, replay);
      }
      const stored = state.messages.find((each) => each.turnId === turnId)?.text;
      const streamed = state.turns.find((each) => each.turnId === turnId)?.text;
      expect(missing(state)).toBeUndefined();
      expect(stored ?? streamed).toBe(texts.join(''));
      expect(state.messages.map(({ seq }) => seq)).toEqual(stored === undefined ? [1] : [1, 2]);
    }),
    { numRuns: 500 },
  );
});
