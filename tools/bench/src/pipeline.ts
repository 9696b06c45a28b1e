/**
 * Compares TTFT by how triage and the answer are combined: sequentially, or concurrently with the answer held for the
 * whole verdict, for its first token, or for that token up to a cap.
 */
import type { BenchResult } from '@firstword/server/cli/bench-models/bench-report';
import { holdFor } from '@firstword/server/conversation/hold-for';
import { buildAnswerPrompt } from '@firstword/server/conversation/prompt';
import { speculate } from '@firstword/server/conversation/speculation';
import { round, type Series, summarise } from '@firstword/server/evaluation/series';
import { createTriage, type Judgement } from '@firstword/server/triage/triage';
import { keysOf } from '@firstword/shared/keys-of';
import { LATENCY_PROFILES, type LatencyProfileName } from './latency-profile.ts';
import { inRounds, type ModelAccess, startUpstream } from './upstream.ts';

const CAP_MS = 220;
/** For each way. */
const TURNS_PER_ROUND = 5;
const AT_ONCE = 25;
const SEED = 20_260_520;
const QUESTION = 'How long do I have to return an item?';

type Hold = (judgement: Judgement) => Promise<unknown>;

const WAYS: Readonly<Record<string, { readonly before: Hold; readonly after: Hold }>> = {
  'answer alone': { before: async () => {}, after: async () => {} },
  sequential: { before: ({ verdict }) => verdict, after: async () => {} },
  'held for the whole verdict': { before: async () => {}, after: ({ verdict }) => verdict },
  'held for one token': { before: async () => {}, after: ({ handling }) => handling },
  'held for one token, capped': {
    before: async () => {},
    after: ({ handling }) => holdFor(handling, CAP_MS),
  },
};

/** @param rounds for each latency profile; five turns of each way per round, interleaved */
export async function benchPipeline(rounds: number, onRound: (done: number) => void): Promise<BenchResult> {
  const series: Record<string, Series> = {};
  for (const profile of keysOf(LATENCY_PROFILES))
    Object.assign(series, await measureProfile(profile, rounds, profile === 'calm' ? () => {} : onRound));
  const ratio = (above: string, below: string, quantile: 'p50' | 'p95') =>
    round((series[above]?.[quantile] ?? Number.NaN) / (series[below]?.[quantile] ?? Number.NaN));
  return {
    target: 'pipeline',
    about: 'TTFT, triage by qwen3-8b, answer by deepseek-v4-flash, no hedge',
    series,
    ratios: {
      'calm, p50: sequential / held for one token': ratio('calm: sequential', 'calm: held for one token', 'p50'),
      'calm, p50: held for one token / answer alone': ratio('calm: held for one token', 'calm: answer alone', 'p50'),
      'heavy tail, p50: uncapped / capped': ratio(
        'heavy-tail: held for one token',
        'heavy-tail: held for one token, capped',
        'p50',
      ),
    },
  };
}

async function measureProfile(profile: LatencyProfileName, rounds: number, onRound: (done: number) => void) {
  const upstream = await startUpstream(profile, 'real', SEED);
  try {
    const access = upstream.openModelAccess({ mode: 'off', deadlineMs: 400, budgetShare: 0 });
    const waits = new Map<string, number[]>(Object.keys(WAYS).map((name) => [name, []]));
    const turns = Array.from({ length: TURNS_PER_ROUND }, () => [...waits]).flat();
    const warmUpTurns = turns.map(
      ([name]) =>
        async () =>
          void (await ttftOf(access, name)),
    );
    await inRounds(1, warmUpTurns, AT_ONCE);
    const measured = turns.map(
      ([name, found]) =>
        async () =>
          void found.push(await ttftOf(access, name)),
    );
    await inRounds(rounds, measured, AT_ONCE, onRound);
    return Object.fromEntries([...waits].map(([name, measured]) => [`${profile}: ${name}`, summarise(measured)]));
  } finally {
    await upstream.close();
  }
}

/** Sent → first text that the visitor would see. */
async function ttftOf({ gateway, router }: ModelAccess, way: keyof typeof WAYS): Promise<number> {
  const { before, after } = WAYS[way] ?? { before: async () => {}, after: async () => {} };
  const { signal } = new AbortController();
  const owner = { siteId: 'bench' };
  const routeTo = (taskType: string) => router({ taskType, region: 'us-east', allowedRegions: undefined });
  const triage = createTriage({ gateway, onFault: () => {}, onUnreadable: () => {} });
  const messages = buildAnswerPrompt({
    siteName: 'Bench',
    marker: 'bench',
    history: [],
    sources: [],
    coverage: 'partly',
    text: QUESTION,
  });
  const sentAt = performance.now();
  const judgement = triage({ text: QUESTION, route: routeTo('classification'), owner, signal });
  await before(judgement);
  const ask = (ending: AbortSignal) =>
    gateway.stream({ route: routeTo('chat'), purpose: 'answer', owner, messages }, ending);
  const speculation = speculate(ask, signal);
  await after(judgement);
  for await (const event of speculation.take())
    if (event.type === 'text') {
      const ms = performance.now() - sentAt;
      await judgement.verdict; // otherwise its request would overlap with the next turn
      return ms;
    }
  throw new Error('The endpoint returned no text.');
}
