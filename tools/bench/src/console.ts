/** Measures the console in Chromium beside 10,000 tickets and 100,000 conversations: opening, filtering, searching, scrolling. */
import { loadavg } from 'node:os';
import type { BenchResult } from '@firstword/server/cli/bench-models/bench-report';
import { round, type Series, summarise } from '@firstword/server/evaluation/series';
import { buildProduct } from './build-product.ts';
import { type AgentPage, CONVERSATION_ROW, openAgentPage, TICKET_ROW } from './console/agent-page.ts';
import { openInstallation } from './console/installation.ts';
import { GOALS, measureRound, type Reading } from './console/readings.ts';
import type { OnRound, RunOptions } from './run-options.ts';

const COUNTS = { conversations: 100_000, tickets: 10_000 };
const SCROLLED_ROWS = 10_000;
/** About four rows: 20,000 pixels a second, as fast as a flick goes. */
const STEP_PX = 330;
const FRAME_GOAL = 60;
/** Frames are multiples of 16.7 ms apart, give or take what the clock shows. */
const LATE_MS = 17.5;
const VERY_LATE_MS = 33.8;

/** @param rounds how often each reading is measured, each with the page loaded again */
export async function benchConsole(
  rounds: number,
  onRound: OnRound,
  { say, dataDir }: Pick<RunOptions, 'say' | 'dataDir'>,
  counts = COUNTS,
): Promise<BenchResult> {
  say('building the console');
  await buildProduct();
  const installation = await openInstallation(counts, { onRound, say }, dataDir);
  const times = new Map<Reading, number[]>();
  const figures: Record<string, number> = {};
  try {
    const agent = await openAgentPage(installation.url);
    try {
      for (let done = 0; done < rounds; done++) {
        const word = installation.words[done % installation.words.length] ?? '';
        const note = (reading: Reading, ms: number) => void times.set(reading, [...(times.get(reading) ?? []), ms]);
        await measureRound(agent, note, { round: done, word });
        onRound(done + 1);
      }
      await agent.load();
      const link = agent.page.getByRole('navigation', { name: 'Agent console' }).getByLabel('Conversations');
      await agent.timeTo(CONVERSATION_ROW, () => link.click());
      say(`scrolling through ${SCROLLED_ROWS} conversations`);
      Object.assign(figures, await scrollFigures(agent, 'conversations', CONVERSATION_ROW));
      await agent.load();
      const open = agent.page.getByRole('region', { name: 'Tickets' }).getByRole('button', { name: /^Open/ });
      await agent.timeTo(TICKET_ROW, () => open.click());
      say('scrolling through all open tickets');
      Object.assign(figures, await scrollFigures(agent, 'tickets', TICKET_ROW));
    } finally {
      await agent.close();
    }
  } finally {
    await installation.close();
  }
  const { seeded } = installation;
  const series: Record<string, Series> = {};
  for (const [reading, some] of times) series[reading] = summarise(some);
  return {
    target: 'console',
    about: `input → rows painted, beside ${seeded.conversations} conversations with ${seeded.messages} messages and ${seeded.tickets} tickets`,
    series,
    ratios: {},
    // Of the last 15 minutes, because everything here depends on what else the machine does.
    figures: { ...figures, 'load average of the machine': round(loadavg()[2] ?? Number.NaN) },
    goals: GOALS,
  };
}

async function scrollFigures(agent: AgentPage, list: string, rows: string): Promise<Record<string, number>> {
  const rowPx = await agent.rowHeight(rows);
  const before = await agent.use();
  const down = await agent.scroll(rows, STEP_PX, SCROLLED_ROWS * rowPx);
  const after = await agent.use();
  const inPage = await agent.count(rows);
  const up = await agent.scroll(rows, -STEP_PX, down.moved);
  const { mainThreadMs } = await agent.use();
  const perRow = (ms: number) => round((ms * rowPx) / down.moved);
  const framesOf = (direction: string, { intervals, waits, blank, moved }: typeof down) => {
    const share = (count: number) => round(count / intervals.length);
    const { p50, p99 } = summarise(intervals);
    return {
      [`${list}, ${direction}: rows`]: Math.round(moved / rowPx),
      [`${list}, ${direction}: frames a second, median (goal ${FRAME_GOAL})`]: Math.round(1000 / p50),
      [`${list}, ${direction}: share of frames over 16.7 ms`]: share(intervals.filter((ms) => ms > LATE_MS).length),
      [`${list}, ${direction}: share of frames over 33 ms`]: share(intervals.filter((ms) => ms > VERY_LATE_MS).length),
      [`${list}, ${direction}: p99 ms of a frame`]: p99,
      [`${list}, ${direction}: share of frames that waited for a page`]: share(waits),
      [`${list}, ${direction}: share of frames without a row`]: share(blank),
    };
  };
  return {
    ...framesOf('down', down),
    ...framesOf('up', up),
    [`${list}, down: ms of main thread a row`]: perRow(after.mainThreadMs - before.mainThreadMs),
    [`${list}, up: ms of main thread a row`]: perRow(mainThreadMs - after.mainThreadMs),
    [`${list}: rows in the document`]: inPage,
    [`${list}: nodes added`]: Math.round(after.nodes - before.nodes),
    [`${list}: MiB of heap added`]: round(after.heapMb - before.heapMb),
  };
}
