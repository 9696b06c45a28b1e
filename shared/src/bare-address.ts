/** Finds where a bare address in running text ends. Pure. */

/**
 * Where an address ends: spaces, invisible marks of direction, and punctuation of every script. Text in many of them continues after
 * it without a space. Not the dots and dashes that stand within words.
 */
const STOP = /[\s<>"\u061c\u200b\u200e\u200f\u2014-\u2069\ufeff〜～]|(?![\0-\x7f·・\p{Pd}\p{Pc}])\p{P}/u;
/** What does not end an address: it belongs to the sentence, or to the Markdown around it. */
const LOOSE = /[.,;:!?*'_~|\\^`([{]|\ufe0f|(?![\0-\x7f])[\p{P}\p{S}\p{Cf}]/u;
const PAIRS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** The address at the start of `written`, without punctuation or a closing bracket that belong to the sentence. */
export function bareAddress(written: string): string {
  const open: string[] = [];
  let at = 0;
  let end = 0;
  for (const letter of written) {
    if (STOP.test(letter)) break;
    const opening = PAIRS[letter];
    if (opening !== undefined && open.pop() !== opening) break;
    if (letter === '(' || letter === '[' || letter === '{') open.push(letter);
    at += letter.length;
    if (!LOOSE.test(letter)) end = at;
  }
  return written.slice(0, end);
}
