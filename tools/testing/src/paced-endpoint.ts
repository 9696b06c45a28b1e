/** An OpenAI-compatible server whose answers are as long and as slow as a test needs; it counts what it is asked. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

export interface AnswerPace {
  readonly tokens: number;
  /** Between one token and the next. */
  readonly everyMs: number;
  /** Before the first one; 0 when absent. */
  readonly firstMs?: number;
  /** The n-th token; that of `answerOf` when absent. */
  readonly token?: (n: number) => string;
}

export interface TokenEndpoint {
  readonly baseUrl: string;
  /** How answers are given from now on. */
  pace(answer: AnswerPace): void;
  /** How questions that contain `text` are answered instead. */
  paceFor(text: string, answer: AnswerPace): void;
  /** Calls for an answer to a question that contains `text`. */
  answersAsked(text: string): number;
  /** Answers under way right now. */
  running(): number;
  stop(): Promise<void>;
}

/** The answer to every question, by number of tokens: `t1 t2 …`, with a character of two code units in each. */
export const answerOf = (tokens: number) => Array.from({ length: tokens }, (_, index) => tokenOf(index + 1)).join('');
const tokenOf = (n: number) => `t${n}🙂 `;

export async function startTokenEndpoint(): Promise<TokenEndpoint> {
  const questions: string[] = [];
  const paces = new Map<string, AnswerPace>();
  let general: AnswerPace = { tokens: 20, everyMs: 0 };
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
      const question = messages.at(-1)?.content ?? '';
      questions.push(question);
      running += 1;
      response.on('close', () => {
        running -= 1;
      });
      const special = [...paces].find(([text]) => question.includes(text))?.[1];
      const { tokens, everyMs, firstMs = 0, token = tokenOf } = special ?? general;
      await pause(firstMs);
      for (let n = 1; n <= tokens && !response.destroyed; n++) {
        say({ content: token(n) });
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
    pace(answer) {
      general = answer;
    },
    paceFor: (text, answer) => void paces.set(text, answer),
    answersAsked: (text) => questions.filter((question) => question.includes(text)).length,
    running: () => running,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
