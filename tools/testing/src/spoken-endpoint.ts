/**
 * An OpenAI-compatible server that shares no code with the product and takes the liberties the format allows: CRLF,
 * comments, a byte at a time, fields nobody asked for. A test scripts what it says.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface SeenRequest {
  readonly body: { model: string; stream: boolean; messages: { role: string; content: string }[] };
  readonly authorization: string | undefined;
}

export interface OddEndpoint {
  readonly baseUrl: string;
  readonly requests: SeenRequest[];
  /** What answers say from now on; triage gets `label`. */
  script(words: { answer?: string; label?: string }): void;
  /** Holds answers after so many characters until the returned function is called. */
  holdAfter(characters: number): () => void;
  /** Back to the default words; a held answer goes on. For a test's teardown. */
  reset(): void;
  /** Requests whose client went away before the end. */
  abandoned(): number;
  stop(): Promise<void>;
}

const DEFAULT_WORDS = {
  answer: 'Returns are free for 30 days [1]. Größe und Öl: ok ✓',
  label: 'answer neutral en returns 0.90',
};

export async function startOddEndpoint(): Promise<OddEndpoint> {
  const requests: SeenRequest[] = [];
  let { answer, label } = DEFAULT_WORDS;
  let abandoned = 0;
  let hold: { characters: number; released: Promise<void>; release: () => void } | undefined;

  const speak = async (request: IncomingMessage, response: ServerResponse) => {
    let raw = '';
    for await (const part of request) raw += part;
    const body = JSON.parse(raw);
    requests.push({ body, authorization: request.headers.authorization });
    response.on('close', () => {
      if (!response.writableEnded) abandoned += 1;
    });
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'x-odd': 'yes' });
    response.write(': hello\r\n\r\n');
    const isTriage = body.messages[0]?.content.includes('Labels:');
    const text = isTriage ? label : answer;
    const pieces = text.match(/.{1,7}/gsu) ?? [];
    event(response, {
      id: 'x',
      choices: [{ index: 0, delta: { role: 'assistant', content: null }, finish_reason: null }],
    });
    let sent = 0;
    for (const content of pieces) {
      if (hold !== undefined && !isTriage && sent >= hold.characters) await hold.released;
      event(response, { id: 'x', unknown: { deep: [1] }, choices: [{ index: 0, delta: { content } }] });
      sent += content.length;
      await new Promise(setImmediate);
    }
    event(response, { id: 'x', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] });
    event(response, { id: 'x', choices: [], usage: { prompt_tokens: 120, completion_tokens: 12 } });
    response.end('data: [DONE]\r\n\r\n');
  };

  const server = createServer((request, response) => {
    speak(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    script(words) {
      answer = words.answer ?? answer;
      label = words.label ?? label;
    },
    holdAfter(characters) {
      let release = () => {};
      const released = new Promise<void>((resolve) => {
        release = resolve;
      });
      hold = { characters, released, release };
      return () => {
        hold = undefined;
        release();
      };
    },
    reset() {
      ({ answer, label } = DEFAULT_WORDS);
      hold?.release();
      hold = undefined;
    },
    abandoned: () => abandoned,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Data split over two lines of one event, bytes cut inside characters. */
function event(response: ServerResponse, chunk: object): void {
  const bytes = Buffer.from(`: tick\r\nid: 7\r\ndata: ${JSON.stringify(chunk)}\r\n\r\n`);
  const middle = Math.floor(bytes.length / 2);
  response.write(bytes.subarray(0, middle));
  response.write(bytes.subarray(middle, middle + 1));
  response.write(bytes.subarray(middle + 1));
}
