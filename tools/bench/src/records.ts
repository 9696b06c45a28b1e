/** Measures an installation with a year of conversations: Redis' memory, and the time to list, search, read and restore them. */
import { setTimeout as pause } from 'node:timers/promises';
import type { BenchResult } from '@firstword/server/cli/bench-models/bench-report';
import { summarise } from '@firstword/server/evaluation/series';
import { talk } from './records/archive-lag.ts';
import { fillArchive } from './records/fill-archive.ts';
import { coolDown } from './records/memory.ts';
import { readAll } from './records/readings.ts';
import { openStores } from './records/stores.ts';
import type { OnRound, RunOptions } from './run-options.ts';

const CONVERSATIONS = 100_000;
/** 30 s at 200 a second. */
const LIVE_MESSAGES = 6000;

/**
 * @param rounds how often each reading is measured
 * @param conversations each with ten messages on average
 */
export async function benchRecords(
  rounds: number,
  onRound: OnRound,
  { say }: Pick<RunOptions, 'say'>,
  conversations = CONVERSATIONS,
): Promise<BenchResult> {
  const lags: number[] = [];
  const stores = await openStores((changes) => {
    for (const change of changes) if (change.type === 'message') lags.push(Date.now() - change.message.at);
  });
  try {
    const filled = await fillArchive(stores, conversations, onRound);
    say(`${LIVE_MESSAGES} messages at 200 a second`);
    const live = await talk(stores, LIVE_MESSAGES);
    while (lags.length < LIVE_MESSAGES) await pause(50);
    const memory = await coolDown(stores, live, filled.conversations);
    say('reading');
    return {
      target: 'records',
      about: `${filled.conversations.length} conversations of a year with ${filled.messages} messages, all of them cold`,
      series: {
        ...(await readAll(stores, filled.conversations, rounds)),
        'archive lag at 200 messages/s': summarise(lags),
      },
      ratios: {},
      figures: { ...memory, 'messages archived per second while filling': filled.messagesPerSecond },
    };
  } finally {
    await stores.close();
  }
}
