/** Writes stream events for the benchmarks' model endpoints. Without JSON.stringify, so texts must not need escaping. */
import type { ServerResponse } from 'node:http';
import { DONE, finishes, uses } from '@firstword/testing/completion-events';

export function say(response: ServerResponse, content: string): void {
  response.write(`data: {"choices":[{"index":0,"delta":{"content":"${content}"}}]}\n\n`);
}

const END = finishes() + uses(1, 1) + DONE;

export function finish(response: ServerResponse): void {
  response.end(END);
}
