/**
 * Reads text chunks without parsing them whole. The chunks of an answer differ only in their text, so the text is cut out
 * between the common prefix and suffix, at a fifth of the cost.
 */
import { parseJson } from '../lib/parse-json.ts';

export interface ChunkTemplate {
  /** The text of a chunk with the learned prefix and suffix; undefined for any other, which must be parsed. */
  textOf(data: string): string | undefined;
  /** @param text the only text of the parsed chunk */
  learn(data: string, text: string): void;
}

export function createChunkTemplate(): ChunkTemplate {
  let before = '';
  let after = '';
  return {
    textOf(data) {
      if (before === '' || !data.startsWith(before) || !data.endsWith(after)) return undefined;
      // Must be exactly one JSON string, otherwise the chunk has more content than the learned one.
      const text = parseJson(data.slice(before.length, data.length - after.length));
      return typeof text === 'string' && text !== '' ? text : undefined;
    },
    learn(data, text) {
      const field = `"content":${JSON.stringify(text)}`;
      const at = data.indexOf(field);
      if (at < 0 || at !== data.lastIndexOf(field)) return;
      before = data.slice(0, at + '"content":'.length);
      after = data.slice(at + field.length);
    },
  };
}
