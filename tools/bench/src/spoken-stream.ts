/** What the benchmarks' own model endpoints say, as events of a stream; any text of theirs needs no escaping. */
import type { ServerResponse } from 'node:http';

export function say(response: ServerResponse, content: string): void {
  response.write(`data: {"choices":[{"index":0,"delta":{"content":"${content}"}}]}\n\n`);
}

export function finish(response: ServerResponse): void {
  response.end('data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n');
}
