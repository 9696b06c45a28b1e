/** A visitor who asks one question after the other and compares every answer with what the model said. */
import { setTimeout as pause } from 'node:timers/promises';
import { answerOf } from '@firstword/testing/paced-endpoint';
import { openSteadyClient } from '@firstword/testing/steady-client';

export interface AskedQuestion {
  /** By `performance.now()`. */
  readonly from: number;
  /** Time to the first token. */
  readonly ms: number;
  /** What was streamed is what was stored. */
  readonly isSame: boolean;
  /** And it is all that the model said. */
  readonly isWhole: boolean;
}

export interface Questions {
  /** Stops after the running answer, which must end in time. */
  stop(): Promise<readonly AskedQuestion[]>;
}

/** The process that ends a turn for another one has 15 s. */
const ENDS_WITHIN_MS = 15_000;

/** @param tokens of each answer */
export function askQuestions(port: number, tokens: number): Questions {
  const client = openSteadyClient(port);
  const asked: AskedQuestion[] = [];
  let asking = true;
  const whole = answerOf(tokens);
  const asker = (async () => {
    for (let n = 1; asking; n++) {
      const from = performance.now();
      let ms = Number.POSITIVE_INFINITY;
      client.onDelta = (delta) => {
        if (delta === 1) ms = performance.now() - from;
      };
      const { seq } = await client.send(`Question ${n}?`);
      const { fromDeltas, stored, state } = await client.answered(seq);
      const isSame = fromDeltas === stored;
      asked.push({ from, ms, isSame, isWhole: isSame && state === 'done' && stored === whole });
    }
  })();
  return {
    async stop() {
      asking = false;
      const unended = { from: performance.now(), ms: Number.POSITIVE_INFINITY, isSame: false, isWhole: false };
      const late = new AbortController();
      const last = await Promise.race([asker, pause(ENDS_WITHIN_MS, unended, { signal: late.signal })]);
      late.abort();
      client.close();
      return last === undefined ? asked : [...asked, last];
    },
  };
}
