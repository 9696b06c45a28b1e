/** What a second request is worth in bad weather: the wait for the first text with one request, a hedge, and a race. */

import { type BenchResult, round, summarise } from '@firstword/server/cli/bench-models/bench-report';
import type { HedgeSettings } from '@firstword/server/routing/router';
import { inRounds, type ModelAccess, startUpstream } from './upstream.ts';

const DEADLINE_MS = 400;
/** Of each kind. */
const TURNS_PER_ROUND = 10;
const AT_ONCE = 12;
const SEED = 20_260_520;

const MODES: readonly { readonly name: string; readonly mode: HedgeSettings['mode'] }[] = [
  { name: 'one request', mode: 'off' },
  { name: 'hedge', mode: 'hedge' },
  { name: 'race', mode: 'race' },
];

/** @param rounds ten turns of each kind in a round, mixed */
export async function benchHedge(rounds: number, onRound: (done: number) => void): Promise<BenchResult> {
  const upstream = await startUpstream('heavy-tail', 'instant', SEED);
  try {
    const lines = MODES.map(({ name, mode }) => ({
      name,
      desk: upstream.openDesk({ mode, deadlineMs: DEADLINE_MS, budgetShare: 0.45 }),
      waits: [] as number[],
    }));
    const turns = Array.from({ length: TURNS_PER_ROUND }, () => lines).flat();
    // Connections are opened and code is warmed by turns that do not count.
    const asked = turns.map(
      ({ desk }) =>
        async () =>
          void (await firstTextMs(desk)),
    );
    await inRounds(1, asked, AT_ONCE);
    const warmUp = new Map(lines.map(({ name, desk }) => [name, desk.rows.length]));
    const measured = turns.map(
      ({ desk, waits }) =>
        async () =>
          void waits.push(await firstTextMs(desk)),
    );
    await inRounds(rounds, measured, AT_ONCE, onRound);
    const late = (waits: readonly number[]) => round(waits.filter((ms) => ms > DEADLINE_MS).length / waits.length);
    const figures = lines.flatMap(({ name, desk, waits }) => {
      const sentTwice = desk.rows.slice(warmUp.get(name)).filter(({ role }) => role === 'hedge').length;
      return [
        [`${name}: share above ${DEADLINE_MS} ms`, late(waits)],
        [`${name}: share sent twice`, round(sentTwice / waits.length)],
      ] as const;
    });
    return {
      target: 'hedge',
      about:
        'wait for the first text, upstream lognormal with p50 180 ms and p99 1500 ms, second model steady at 120 ms',
      series: Object.fromEntries(lines.map(({ name, waits }) => [name, summarise(waits)])),
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
  // To the end, so that connections are kept as they are in production.
  for await (const event of gateway.stream(request, new AbortController().signal))
    if (event.type === 'text') firstMs ??= performance.now() - sentAt;
  if (firstMs === undefined) throw new Error('the endpoint said nothing');
  return firstMs;
}
