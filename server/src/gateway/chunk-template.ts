/**
 * The chunks of one answer are alike but for their text. Once one is read, the text of the next is taken from between what
 * both have in common, which costs a fifth of reading the whole.
 */
import { parseJson } from '../lib/parse-json.ts';

export interface ChunkTemplate {
  /** The text of a chunk that is like the one learnt; undefined for any other, which has to be read whole. */
  textOf(data: string): string | undefined;
  /** @param text what reading the whole chunk has found to be its one text */
  learn(data: string, text: string): void;
}

export function createChunkTemplate(): ChunkTemplate {
  let before = '';
  let after = '';
  return {
    textOf(data) {
      if (before === '' || !data.startsWith(before) || !data.endsWith(after)) return undefined;
      // A string of JSON from end to end, or the chunk says more than the one that was learnt.
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
