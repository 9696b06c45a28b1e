/** A model endpoint with configurable answer length and pace. */
import { setTimeout as pause } from 'node:timers/promises';
import { DONE, finishes, says, uses } from './completion-events.ts';
import { beginStream, type ModelEndpoint, startModelEndpoint } from './model-endpoint.ts';

export interface AnswerPace {
  readonly tokens: number;
  /** Delay between tokens. */
  readonly everyMs: number;
  /** Delay before the first token; default 0. */
  readonly firstMs?: number;
  /** Returns the n-th token; default: the token of `answerOf`. */
  readonly token?: (n: number) => string;
}

export interface PacedEndpoint extends ModelEndpoint {
  /** Sets the pace of the next answers. */
  pace(answer: AnswerPace): void;
  /** Sets a different pace for questions that contain `text`. */
  paceFor(text: string, answer: AnswerPace): void;
  /** Number of answer requests for questions that contain `text`. */
  answersAsked(text: string): number;
  /** Number of answers in progress. */
  running(): number;
}

/** The answer to every question, by number of tokens: `t1 t2 …`, with a character of two code units in each. */
export const answerOf = (tokens: number) => Array.from({ length: tokens }, (_, index) => tokenOf(index + 1)).join('');
const tokenOf = (n: number) => `t${n}🙂 `;

export async function startPacedEndpoint(): Promise<PacedEndpoint> {
  const questions: string[] = [];
  const paces = new Map<string, AnswerPace>();
  let general: AnswerPace = { tokens: 20, everyMs: 0 };
  let running = 0;
  const endpoint = await startModelEndpoint(
    async ({ isTriage, question }, response) => {
      beginStream(response);
      if (isTriage) response.write(says('answer neutral en returns 0.90'));
      else {
        questions.push(question);
        running += 1;
        response.on('close', () => {
          running -= 1;
        });
        const special = [...paces].find(([text]) => question.includes(text))?.[1];
        const { tokens, everyMs, firstMs = 0, token = tokenOf } = special ?? general;
        await pause(firstMs);
        for (let n = 1; n <= tokens && !response.destroyed; n++) {
          response.write(says(token(n)));
          if (everyMs > 0) await pause(everyMs);
        }
      }
      response.end(finishes() + uses(9, 9) + DONE);
    },
    { keepRequests: false },
  );
  return {
    ...endpoint,
    pace(answer) {
      general = answer;
    },
    paceFor: (text, answer) => void paces.set(text, answer),
    answersAsked: (text) => questions.filter((question) => question.includes(text)).length,
    running: () => running,
  };
}
