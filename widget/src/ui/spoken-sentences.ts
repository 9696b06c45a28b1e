/** Splits a growing answer into whole sentences for a screen reader, without Markdown marks. Pure. */

export interface Spoken {
  sentences: string[];
  /** Number of characters spoken so far. */
  upTo: number;
}

/** An end of sentence counts only with what follows it: "3." may become "3.50". */
const SENTENCE_END = /[.!?…。！？]["')\]»”]*\s|\n/g;

function plain(text: string): string {
  return text
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\[\d{1,2}\]/g, '')
    .replace(/^\s*(#{1,6}|[-*+>]|\d+\.)\s+/gm, '')
    .replace(/[*_`~|]+/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

export function spokenSentences(text: string, from: number, whole: boolean): Spoken {
  const sentences: string[] = [];
  let upTo = from;
  const rest = text.slice(from);
  for (const end of rest.matchAll(SENTENCE_END)) {
    const until = from + end.index + end[0].length;
    sentences.push(plain(text.slice(upTo, until)));
    upTo = until;
  }
  if (whole) {
    sentences.push(plain(text.slice(upTo)));
    upTo = text.length;
  }
  return { sentences: sentences.filter((sentence) => sentence !== ''), upTo };
}
