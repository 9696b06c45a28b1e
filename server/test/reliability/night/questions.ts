/** A visitor who asks one question after the other and compares every answer with what the model said. */
import { setTimeout as pause } from 'node:timers/promises';
import { answerOf } from '@firstword/testing/paced-endpoint';
import { openSteadyClient } from '@firstword/testing/steady-client';

export interface AskedQuestion {
  /** By `performance.now()`. */
  readonly from: number;
  /** Time to the first token. */
  readonly ms: number;
  /** The end was received in time. */
  readonly hasEnded: boolean;
  /** What was streamed is what was stored. */
  readonly isSame: boolean;
  /** And it is all that the model said. */
  readonly isWhole: boolean;
}

export interface Questions {
  /** Stops after the running answer. */
  stop(): Promise<readonly AskedQuestion[]>;
}

/** The process that ends a turn for another one has 15 s. */
const ENDS_WITHIN_MS = 15_000;

/** @param tokens of each answer */
export function askQuestions(port: number, tokens: number): Questions {
  const asked: AskedQuestion[] = [];
  let asking = true;
  const whole = answerOf(tokens);

  /** Each question has a conversation of its own, so that a missing answer delays no other. */
  const ask = async (): Promise<AskedQuestion> => {
    const client = openSteadyClient(port);
    await client.ready();
    const from = performance.now();
    let ms = Number.POSITIVE_INFINITY;
    client.onDelta = (delta) => {
      if (delta === 1) ms = performance.now() - from;
    };
    const { seq } = await client.send('Question?');
    const answer = await Promise.race([client.answered(seq), pause(ENDS_WITHIN_MS)]);
    client.close();
    if (answer === undefined) return { from, ms, hasEnded: false, isSame: false, isWhole: false };
    const { fromDeltas, stored, state } = answer;
    const isSame = fromDeltas === stored;
    return { from, ms, hasEnded: true, isSame, isWhole: isSame && state === 'done' && stored === whole };
  };

  const asker = (async () => {
    while (asking) asked.push(await ask());
  })();
  return {
    async stop() {
      asking = false;
      await asker;
      return asked;
    },
  };
}
