/**
 * Parses the bytes of a response into chunk events, independent of how the bytes are split. Its first character, not its
 * content type, says whether it is an event stream or JSON.
 */
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

/** Receives decoded text. */
interface TextReader {
  feed(text: string): readonly ChunkEvent[];
  end(): readonly ChunkEvent[];
}

const NONE: readonly ChunkEvent[] = [];
const TOO_LARGE: readonly ChunkEvent[] = [{ type: 'too-large' }];

/** @param maxEventChars of all data lines of an event; a longer one ends the stream as `too-large` */
export function createChunkReader({ maxEventChars }: { maxEventChars: number }): ChunkReader {
  const decoder = new StringDecoder('utf8'); // holds back incomplete characters
  let reader: TextReader | undefined;

  function feed(text: string): readonly ChunkEvent[] {
    if (reader !== undefined) return reader.feed(text);
    const begun = text.replace(/^[\ufeff\s]+/, '');
    if (begun === '') return NONE;
    reader =
      begun.startsWith('{') || begun.startsWith('[')
        ? createJsonReader(maxEventChars)
        : createEventReader(maxEventChars);
    return reader.feed(begun);
  }

  return {
    read: (bytes) => feed(decoder.write(bytes)),
    end() {
      const last = feed(decoder.end());
      const rest = reader?.end() ?? NONE;
      return last.length === 0 ? rest : [...last, ...rest];
    },
  };
}

function createEventReader(maxEventChars: number): TextReader {
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

  /** Event names are ignored, because endpoints invent them; only `error` means something. */
  function readEvent(name: string | undefined, data: string): readonly ChunkEvent[] {
    if (data.length > maxEventChars) return TOO_LARGE;
    if (name === 'error') return [{ type: 'error', label: labelOf(data) }];
    const text = template.textOf(data);
    if (text !== undefined) return [{ type: 'text', text }];
    const plain = data.trim();
    if (/^"?\[done\]"?$/i.test(plain)) return [{ type: 'done' }];
    // A keep-alive: empty, `ping`, `null`, `: keep-alive`.
    if (!plain.startsWith('{') && !plain.startsWith('[')) return [{ type: 'ignored' }];
    const chunk = parseJson(data);
    if (Array.isArray(chunk) && chunk.length === 0) return [{ type: 'ignored' }];
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
    feed,
    // Two blank lines, because a carriage return at the end may consume the first. What still can't be parsed was cut
    // off, which the caller detects; it isn't a malformed chunk.
    end: () => feed('\n\n\n').filter(({ type }) => type !== 'malformed'),
  };
}

/** A whole completion, or one chunk a line. */
function createJsonReader(maxChars: number): TextReader {
  let rest = '';
  let isLarge = false;

  function parsed(json: string): readonly ChunkEvent[] | undefined {
    const value = parseJson(json);
    if (!isRecord(value)) return undefined;
    return (Array.isArray(value) ? value : [value]).flatMap(readChatChunk);
  }

  return {
    feed(text) {
      if (isLarge) return NONE;
      rest += text;
      const events: ChunkEvent[] = [];
      for (let end = rest.indexOf('}\n'); end >= 0; end = rest.indexOf('}\n', end + 1)) {
        const found = parsed(rest.slice(0, end + 1));
        if (found === undefined) continue; // a line of a JSON text in several
        events.push(...found);
        rest = rest.slice(end + 2);
        end = -1;
      }
      isLarge = rest.length > maxChars;
      return isLarge ? [...events, ...TOO_LARGE] : events;
    },
    end() {
      if (isLarge) return NONE;
      const last = rest.trim() === '' ? NONE : parsed(rest);
      return last === undefined ? NONE : [...last, { type: 'done' }];
    },
  };
}

function labelOf(data: string): string {
  const body = parseJson(data);
  return errorLabel(isRecord(body) && isRecord(body['error']) ? body['error'] : body);
}
