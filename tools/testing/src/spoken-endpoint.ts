/**
 * A model endpoint that answers with a given text and uses every freedom of the stream format: CRLF, comments, events
 * split over several writes, unknown fields.
 */
import type { ServerResponse } from 'node:http';
import { createLatch, type Latch } from './latch.ts';
import { beginStream, type ModelEndpoint, startModelEndpoint } from './model-endpoint.ts';

export interface SpokenEndpoint extends ModelEndpoint {
  /** Sets the text of the next answers, and the label of the next triage verdicts. */
  script(words: { answer?: string; label?: string }): void;
  /** Pauses answers after this many characters until the returned function is called. */
  holdAfter(characters: number): () => void;
  /** Restores the defaults and continues a paused answer. For teardown. */
  reset(): void;
}

const DEFAULT_WORDS = {
  answer: 'Returns are free for 30 days [1]. Größe und Öl: ok ✓',
  label: 'answer neutral en returns 0.90',
};

export async function startSpokenEndpoint(): Promise<SpokenEndpoint> {
  let words = DEFAULT_WORDS;
  let hold: { readonly characters: number; readonly latch: Latch } | undefined;
  const endpoint = await startModelEndpoint(async ({ isTriage }, response) => {
    beginStream(response, { 'content-type': 'text/event-stream; charset=utf-8', 'x-odd': 'yes' });
    response.write(': hello\r\n\r\n');
    const pieces = (isTriage ? words.label : words.answer).match(/.{1,7}/gsu) ?? [];
    writeInParts(response, choice({ role: 'assistant', content: null }));
    let sent = 0;
    for (const content of pieces) {
      if (hold !== undefined && !isTriage && sent >= hold.characters) await hold.latch.opened;
      writeInParts(response, { unknown: { deep: [1] }, ...choice({ content }) });
      sent += content.length;
      await new Promise(setImmediate);
    }
    writeInParts(response, choice({}, 'stop'));
    writeInParts(response, { id: 'x', choices: [], usage: { prompt_tokens: 120, completion_tokens: 12 } });
    response.end('data: [DONE]\r\n\r\n');
  });
  const release = () => {
    hold?.latch.open();
    hold = undefined;
  };
  return {
    ...endpoint,
    script(changes) {
      words = { ...words, ...changes };
    },
    holdAfter(characters) {
      hold = { characters, latch: createLatch() };
      return release;
    },
    reset() {
      words = DEFAULT_WORDS;
      release();
    },
  };
}

const choice = (delta: object, finishReason: string | null = null) => ({
  id: 'x',
  choices: [{ index: 0, delta, finish_reason: finishReason }],
});

/** Splits one event into three writes, possibly within a character. */
function writeInParts(response: ServerResponse, chunk: object): void {
  const bytes = Buffer.from(`: tick\r\nid: 7\r\ndata: ${JSON.stringify(chunk)}\r\n\r\n`);
  const middle = Math.floor(bytes.length / 2);
  response.write(bytes.subarray(0, middle));
  response.write(bytes.subarray(middle, middle + 1));
  response.write(bytes.subarray(middle + 1));
}
