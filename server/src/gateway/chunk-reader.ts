/** Parses the bytes of an event stream into chunk events, independent of how the bytes are split. */
import { StringDecoder } from 'node:string_decoder';
import { createParser } from 'eventsource-parser';
import { parseJson } from '../lib/parse-json.ts';
import { type ChunkEvent, errorLabel, isFinal, isRecord, readChatChunk } from './chat-chunk.ts';
import { createChunkTemplate } from './chunk-template.ts';

export interface ChunkReader {
  /** The events that these bytes complete, in order. Ignores everything after a final event. */
  read(bytes: Uint8Array): readonly ChunkEvent[];
  /** At the end of the body: a last event that lacks its blank line, if complete. */
  end(): readonly ChunkEvent[];
}

const BYTE_ORDER_MARK = '\ufeff';
const NONE: readonly ChunkEvent[] = [];

/** @param maxEventChars of all data lines of an event; a longer one ends the stream as `too-large` */
export function createChunkReader({ maxEventChars }: { maxEventChars: number }): ChunkReader {
  const decoder = new StringDecoder('utf8'); // holds back incomplete characters
  let isStart = true;
  const template = createChunkTemplate();
  let events: ChunkEvent[] = [];
  let finished = false;

  const parser = createParser({
    maxBufferSize: maxEventChars,
    onEvent({ event, data }) {
      if (finished) return;
      for (const chunkEvent of readEvent(event, data)) {
        events.push(chunkEvent);
        finished ||= isFinal(chunkEvent);
      }
    },
    onError({ type }) {
      // The format requires unknown fields and invalid `retry` lines to be ignored.
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
    const chunkEvents = readChatChunk(chunk);
    if (chunkEvents.length === 1 && chunkEvents[0]?.type === 'text') template.learn(data, chunkEvents[0].text);
    return chunkEvents;
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
    // Two blank lines, because a carriage return at the end may consume the first. What still can't be parsed was cut
    // off, which the caller detects; it isn't a malformed chunk.
    end: () => feed(`${decoder.end()}\n\n\n`).filter(({ type }) => type !== 'malformed'),
  };
}

function labelOf(data: string): string {
  const body = parseJson(data);
  return errorLabel(isRecord(body) && isRecord(body['error']) ? body['error'] : body);
}
