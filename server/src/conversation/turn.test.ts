import { silentLog } from '@firstword/testing/silent-log';
import { expect, test } from 'vitest';
import { createKnowledge } from '../knowledge/knowledge.ts';
import { createMetrics } from '../lib/metrics.ts';
import type { TicketCeilings } from '../tickets/ticket-ceilings.ts';
import { DEFAULT_HAND_OFF_POLICY } from '../triage/hand-off.ts';
import { createHandOffRules } from '../triage/hand-off-rules.ts';
import { createMessageReader } from '../triage/message-signals.ts';
import { createAnswerCache } from './answer-cache.ts';
import { conversationTexts } from './conversation-texts.ts';
import { createLiveTurns } from './live-turns.ts';
import type { Sink, ViewerEvent } from './sink.ts';
import { createTurns } from './turn.ts';

const notUsed = () => {
  throw new Error('A rule hands this question over; no model is asked.');
};
const NO_CEILINGS: TicketCeilings = {
  reserve: () => ({ settle: () => {} }),
  retryAfterMs: () => 0,
  prepare: async () => {},
};
const NOTICE = conversationTexts('en').agentWillReply;

/** Runs the turn of a visitor who asks for an agent, which needs no model, until it has ended. */
async function runTurn(sink: Sink) {
  const stored: unknown[] = [];
  const askTurn = createTurns(
    {
      gateway: { stream: notUsed, close: notUsed },
      triage: notUsed,
      router: notUsed,
      readMessage: createMessageReader(),
      rules: createHandOffRules(),
      knowledgeOf: () => createKnowledge([]),
      guidanceOf: () => undefined,
      promptMarker: 'marker',
      onRecited: notUsed,
      cache: createAnswerCache({ ttlMs: 0, entries: 1 }),
      store: {
        appendDeltas: async () => true,
        watchTurn: async () => {},
        async endTurn(_conversationId, _turnId, { state, message }) {
          stored.push([state, message?.text]);
          return { kind: 'done', state, seq: 2 };
        },
      },
      handOff: {
        open: async () => ({
          ticketId: 'ticket',
          created: true,
          reopened: false,
          times: 0,
          responder: { responder: 'waiting-agent', label: 'An agent', ticketId: 'ticket' },
        }),
        notify: async () => undefined,
      },
      ticketCeilings: NO_CEILINGS,
      budgets: { check: () => 'ok' },
      feltTurns: { opened: notUsed },
      visits: { note: () => {} },
      metrics: createMetrics(() => ({})),
      onGrounded: () => {},
      originsOf: () => [],
      sink,
      log: silentLog,
    },
    { mode: 'speculative', holdCapMs: 220, renewMs: 60_000, endAttempts: 1, logEveryMs: () => 100 },
  );
  const liveTurns = createLiveTurns();
  const live = liveTurns.prepare('c1', 't1', 1);
  const turn = askTurn({
    live,
    site: { id: 'acme', name: 'Acme', handOff: DEFAULT_HAND_OFF_POLICY },
    visitorId: 'v1',
    text: 'I want to talk to a human',
    history: [],
    locale: 'en',
    region: 'us-east',
    receivedAt: performance.now(),
    mayBeCached: true,
  });
  liveTurns.add(live);
  turn.run();
  await live.closed;
  return { stored, unclosed: liveTurns.unclosed() };
}

test('a turn runs to its end by itself and shows its start, its text, its stored answer and its hand-off in order', async () => {
  const shown: ViewerEvent[] = [];
  const { stored } = await runTurn((_conversationId, event) => void shown.push(event));
  expect(shown).toMatchObject([
    { type: 'turn-start', turnId: 't1', messageSeq: 1 },
    { type: 'text-delta', n: 1, text: NOTICE },
    { type: 'message', message: { seq: 2, text: NOTICE } },
    { type: 'turn-end', state: 'done', seq: 2 },
    { type: 'responder', change: { responder: 'waiting-agent' } },
  ]);
  expect(stored).toEqual([['done', NOTICE]]);
});

test.each(['turn-start', 'text-delta', 'turn-end'])(
  'a turn whose %s cannot be shown ends all the same: nothing waits for it',
  async (failing) => {
    const { stored, unclosed } = await runTurn((_conversationId, { type }) => {
      if (type === failing) throw new Error('the adapter failed');
    });
    expect(unclosed).toEqual([]);
    expect(stored).toHaveLength(1);
  },
);
