/** Compares TTFT with one request, a hedge and a race, with a heavy-tailed upstream. */
import type { BenchResult } from '@firstword/server/cli/bench-models/bench-report';
import { round, summarise } from '@firstword/server/evaluation/series';
import type { HedgeSettings } from '@firstword/server/routing/router';
import { inRounds, type ModelAccess, startUpstream } from './upstream.ts';

const DEADLINE_MS = 400;
/** For each mode. */
const TURNS_PER_ROUND = 10;
const AT_ONCE = 12;
const SEED = 20_260_520;

const MODES: readonly { readonly name: string; readonly mode: HedgeSettings['mode'] }[] = [
  { name: 'one request', mode: 'off' },
  { name: 'hedge', mode: 'hedge' },
  { name: 'race', mode: 'race' },
];

/** @param rounds ten turns of each mode per round, interleaved */
export async function benchHedge(rounds: number, onRound: (done: number) => void): Promise<BenchResult> {
  const upstream = await startUpstream('heavy-tail', 'instant', SEED);
  try {
    const modes = MODES.map(({ name, mode }) => {
      const waits: number[] = [];
      return { name, access: upstream.openModelAccess({ mode, deadlineMs: DEADLINE_MS, budgetShare: 0.45 }), waits };
    });
    const turns = Array.from({ length: TURNS_PER_ROUND }, () => modes).flat();
    // Warms up connections and code; these turns don't count.
    const warmUpTurns = turns.map(
      ({ access }) =>
        async () =>
          void (await firstTextMs(access)),
    );
    await inRounds(1, warmUpTurns, AT_ONCE);
    const warmUpRows = new Map(modes.map(({ name, access }) => [name, access.rows.length]));
    const measured = turns.map(
      ({ access, waits }) =>
        async () =>
          void waits.push(await firstTextMs(access)),
    );
    await inRounds(rounds, measured, AT_ONCE, onRound);
    const shareLate = (waits: readonly number[]) => round(waits.filter((ms) => ms > DEADLINE_MS).length / waits.length);
    const figures = modes.flatMap(({ name, access, waits }) => {
      const sentTwice = access.rows.slice(warmUpRows.get(name)).filter(({ role }) => role === 'hedge').length;
      return [
        [`${name}: share above ${DEADLINE_MS} ms`, shareLate(waits)],
        [`${name}: share sent twice`, round(sentTwice / waits.length)],
      ] as const;
    });
    return {
      target: 'hedge',
      about: 'TTFT, upstream lognormal with p50 180 ms and p99 1500 ms, second model steady at 120 ms',
      series: Object.fromEntries(modes.map(({ name, waits }) => [name, summarise(waits)])),
      ratios: {},
      figures: Object.fromEntries(figures),
    };
  } finally {
    await upstream.close();
  }
}

async function firstTextMs({ gateway, router }: ModelAccess): Promise<number> {
  const route = router({ taskType: 'chat', region: 'us-east', allowedRegions: undefined });
  const request = {
    route,
    purpose: 'answer',
    owner: { siteId: 'bench' },
    messages: [{ role: 'user', content: "Visitor's message:\nHow long do I have to return an item?" }],
  } as const;
  const sentAt = performance.now();
  let firstMs: number | undefined;
  // Reads to the end, so that connections are reused as in production.
  for await (const event of gateway.stream(request, new AbortController().signal))
    if (event.type === 'text') firstMs ??= performance.now() - sentAt;
  if (firstMs === undefined) throw new Error('The endpoint returned no text.');
  return firstMs;
}
