/** Bytes of an event stream → chunk events. Pure: the same bytes give the same events, however they are split. */
import { StringDecoder } from 'node:string_decoder';
import { createParser } from 'eventsource-parser';
import { parseJson } from '../lib/parse-json.ts';
import { type ChunkEvent, errorLabel, isFinal, isRecord, readChatChunk } from './chat-chunk.ts';
import { createChunkTemplate } from './chunk-template.ts';

export interface ChunkReader {
  /** What these bytes complete, in order. After a final event everything is ignored. */
  read(bytes: Uint8Array): readonly ChunkEvent[];
  /** The body ended: what a last event without its blank line says, when it is whole. */
  end(): readonly ChunkEvent[];
}

const BYTE_ORDER_MARK = '\ufeff';
const NONE: readonly ChunkEvent[] = [];

/** `maxEventChars`: a longer event (data of all its lines together) ends the reading as `too-large`. */
export function createChunkReader({ maxEventChars }: { maxEventChars: number }): ChunkReader {
  const decoder = new StringDecoder('utf8'); // keeps characters that a split tore apart
  let isStart = true;
  const template = createChunkTemplate();
  let events: ChunkEvent[] = [];
  let finished = false;

  const parser = createParser({
    maxBufferSize: maxEventChars,
    onEvent({ event, data }) {
      if (finished) return;
      for (const said of readEvent(event, data)) {
        events.push(said);
        finished ||= isFinal(said);
      }
    },
    onError({ type }) {
      // Unknown fields and odd `retry` lines are the sender's own business; the format says to ignore them.
      if (type !== 'max-buffer-size-exceeded' || finished) return;
      finished = true;
      events.push({ type: 'too-large' });
    },
  });

  function readEvent(name: string | undefined, data: string): readonly ChunkEvent[] {
    if (data.length > maxEventChars) return [{ type: 'too-large' }];
    if (name === 'error') return [{ type: 'error', label: labelOf(data) }];
    if (name !== undefined && name !== 'message') return [{ type: 'ignored' }];
    if (data.trim() === '[DONE]') return [{ type: 'done' }];
    const text = template.textOf(data);
    if (text !== undefined) return [{ type: 'text', text }];
    const chunk = parseJson(data);
    if (!isRecord(chunk)) return [{ type: 'malformed' }];
    const said = readChatChunk(chunk);
    if (said.length === 1 && said[0]?.type === 'text') template.learn(data, said[0].text);
    return said;
  }

  function feed(text: string): readonly ChunkEvent[] {
    if (finished || text === '') return NONE;
    parser.feed(text);
    if (events.length === 0) return NONE;
    const complete = events;
    events = [];
    return complete;
  }

  return {
    read(bytes) {
      const text = decoder.write(bytes);
      const isMarked = isStart && text.startsWith(BYTE_ORDER_MARK);
      isStart &&= text === '';
      return feed(isMarked ? text.slice(BYTE_ORDER_MARK.length) : text);
    },
    // Two blank lines: a carriage return held back at the end may swallow the first. What is still not readable then
    // is a torn event, so the stream was cut off; that is the caller's finding, not a malformed chunk.
    end: () => feed(`${decoder.end()}\n\n\n`).filter(({ type }) => type !== 'malformed'),
  };
}

function labelOf(data: string): string {
  const said = parseJson(data);
  return errorLabel(isRecord(said) && isRecord(said['error']) ? said['error'] : said);
}
