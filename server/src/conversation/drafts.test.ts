import type { Responder } from '@firstword/shared/wire';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CallRow } from '../gateway/chat-call.ts';
import { DEFAULT_HAND_OFF_POLICY } from '../triage/hand-off.ts';
import type { Draft } from './draft.ts';
import { createDrafts, KEEP_DRAFT_MS } from './drafts.ts';
import { createLiveTurns } from './live-turns.ts';
import type { EarlyTurn, Sender } from './turn-start.ts';

const SITE = { id: 'acme', name: 'Acme', handOff: DEFAULT_HAND_OFF_POLICY, answerWhileTyping: 'answer' } as const;
const SENDER: Sender = {
  conversationId: 'c1',
  visitorId: 'v1',
  site: SITE,
  region: 'us-east',
  locale: 'en',
  identified: false,
};
const ROW: CallRow = {
  callId: '1',
  purpose: 'answer',
  role: 'first',
  owner: { siteId: 'acme' },
  tier: 'fast',
  region: 'us-east',
  modelId: 'm',
  endpointId: 'main',
  startedAt: 0,
  totalMs: 900,
  usage: { promptTokens: 90, completionTokens: 9, estimated: false },
  outcome: 'done',
  why: '',
};

/** One connection whose drafts are asked by a fake. */
function connection(responder: Responder = 'assistant') {
  const asked: { text: string; draft: Draft; droppedFor: string | undefined }[] = [];
  const recorded: CallRow[] = [];
  const liveTurns = createLiveTurns();
  const view = { lastSeq: 0, recent: [], responder, learn: () => {} };
  const drafts = createDrafts({
    turnStart: {
      askDraft(_sender, text, { lastSeq }, draft): EarlyTurn {
        const call = { text, draft, droppedFor: undefined as string | undefined };
        asked.push(call);
        return {
          live: liveTurns.prepare('c1', `turn-${asked.length}`, lastSeq + 1),
          history: [],
          run: () => {},
          drop(reason) {
            call.droppedFor = reason;
          },
        };
      },
    },
    liveTurns,
    knowledgeOf: () => ({ search: () => [], endsInKnownWord: (text) => text.endsWith('returns') }),
    recordCall: (row) => void recorded.push(row),
    allowsTyping: () => true,
  });
  return { drafts, slot: drafts.open(SENDER, view), asked, recorded, view };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a draft is dropped after 30 s, and its call ends', () => {
  const { drafts, slot, asked, recorded } = connection();
  slot.prepare('How long do returns take?');
  asked[0]?.draft.record(ROW);
  vi.advanceTimersByTime(KEEP_DRAFT_MS - 1);
  expect([drafts.waiting(), recorded]).toEqual([1, []]);
  vi.advanceTimersByTime(1);
  expect([drafts.waiting(), asked[0]?.droppedFor]).toEqual([0, 'typing-dropped']);
  expect(recorded).toEqual([{ ...ROW, outcome: 'aborted', reason: 'typing-dropped' }]);
  expect(slot.take('How long do returns take?', 0)).toBeUndefined();
});

test('the calls of a draft that is sent are recorded with their outcome', () => {
  const { slot, asked, recorded } = connection();
  slot.prepare('How long do returns take?');
  asked[0]?.draft.record(ROW);
  expect(slot.take('How long do returns take?', 1234)?.asked?.live.turnId).toBe('turn-1');
  asked[0]?.draft.record({ ...ROW, callId: '2' });
  expect(recorded).toEqual([ROW, { ...ROW, callId: '2' }]);
  expect(asked[0]?.draft.receivedAt()).toBe(1234);
  vi.advanceTimersByTime(KEEP_DRAFT_MS);
  expect(asked[0]?.droppedFor).toBeUndefined();
});

test.each([
  ['How  do I send it back?', ' How do I send it\nback? ', true],
  ['Cafe\u0301 returns', 'Caf\u00e9 returns', true],
  ['How do I send it back?', 'how do I send it back?', false],
  ['How do I send it back?', 'How do I send it back', false],
])('after the draft %j the message %j is answered by it: %s', (typed, sent, isSame) => {
  const { slot } = connection();
  expect(slot.prepare(typed)).toBe(true);
  expect(slot.take(sent, 0) !== undefined).toBe(isSame);
});

test('a draft ends with a closing mark or a word of the articles', () => {
  const { slot, asked } = connection();
  expect(['how long do retur', 'how long do returns', 'ما هي المدة؟'].map(slot.prepare)).toEqual([false, true, true]);
  expect(asked.map(({ droppedFor }) => droppedFor)).toEqual(['typing-dropped', undefined]);
});

test('a repeated draft is not asked again', () => {
  const { slot, asked } = connection();
  expect(['how long do returns', 'how long  do returns '].map(slot.prepare)).toEqual([true, true]);
  expect(asked).toHaveLength(1);
});

test('a draft is dropped when it is sent after another message', () => {
  const { slot, asked, view } = connection();
  slot.prepare('How long do returns take?');
  view.lastSeq = 1;
  expect(slot.take('How long do returns take?', 0)).toBeUndefined();
  expect(asked[0]?.droppedFor).toBe('typing-dropped');
});

test('a draft that no model could answer is dropped', () => {
  const { slot, asked } = connection();
  slot.prepare('How long do returns take?');
  asked[0]?.draft.onFailed();
  expect(slot.take('How long do returns take?', 0)).toBeUndefined();
});

test.each(['agent', 'closed'] as const)('no draft is prepared while the responder is %s', (responder) => {
  const { slot, asked } = connection(responder);
  expect(slot.prepare('How long do returns take?')).toBe(false);
  expect(asked).toEqual([]);
});

test('an agent who takes over, and a shutdown, drop waiting drafts', () => {
  const { drafts, slot, asked } = connection();
  slot.prepare('How long do returns take?');
  drafts.dropOf('c2');
  expect(drafts.waiting()).toBe(1);
  drafts.dropOf('c1');
  slot.prepare('How do returns work?');
  drafts.stop();
  expect(asked.map(({ droppedFor }) => droppedFor)).toEqual(['typing-dropped', 'typing-dropped']);
  expect(slot.prepare('Are returns free?')).toBe(false);
});
