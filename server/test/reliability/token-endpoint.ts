/** An OpenAI-compatible server whose answers are as long and as slow as a test needs; it counts what it is asked. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

export interface TokenEndpoint {
  readonly baseUrl: string;
  /** From now on an answer has so many tokens, one every `everyMs`; the first one after `firstMs`. */
  pace(answer: { tokens: number; everyMs: number; firstMs?: number }): void;
  /** Calls for an answer to a question that contains `text`. */
  answersAsked(text: string): number;
  /** Answers under way right now. */
  running(): number;
  stop(): Promise<void>;
}

/** The answer to every question, by number of tokens: `t1 t2 …`, with a character of two code units in each. */
export const answerOf = (tokens: number) => Array.from({ length: tokens }, (_, index) => `t${index + 1}🙂 `).join('');

export async function startTokenEndpoint(): Promise<TokenEndpoint> {
  const questions: string[] = [];
  let answer = { tokens: 20, everyMs: 0, firstMs: 0 };
  let running = 0;

  const speak = async (request: IncomingMessage, response: ServerResponse) => {
    let raw = '';
    for await (const part of request) raw += part;
    const { messages } = JSON.parse(raw) as { messages: { content: string }[] };
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const say = (delta: object, finish: string | null = null) =>
      void response.write(`data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`);
    if (messages[0]?.content.includes('Labels:')) say({ content: 'answer neutral en returns 0.90' });
    else {
      questions.push(messages.at(-1)?.content ?? '');
      running += 1;
      response.on('close', () => {
        running -= 1;
      });
      const { tokens, everyMs, firstMs } = answer;
      await pause(firstMs);
      for (let n = 1; n <= tokens && !response.destroyed; n++) {
        say({ content: `t${n}🙂 ` });
        if (everyMs > 0) await pause(everyMs);
      }
    }
    say({}, 'stop');
    response.write('data: {"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":9}}\n\n');
    response.end('data: [DONE]\n\n');
  };

  const server = createServer((request, response) => {
    speak(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    pace: ({ tokens, everyMs, firstMs = 0 }) => {
      answer = { tokens, everyMs, firstMs };
    },
    answersAsked: (text) => questions.filter((question) => question.includes(text)).length,
    running: () => running,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
