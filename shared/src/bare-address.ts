/** Finds where a bare address in running text ends. Pure. */

/** These never occur unencoded in an address that a browser shows; text in CJK or Arabic continues after them without a space. */
const STOP = /[\s<>"“”‘’«»，。；：！？、（）「」『』【】《》〈〉؟،؛]/u;
const TRAILING = /[.,;:!?*']+$/;
const PAIRS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** The address at the start of `written`, without punctuation or a closing bracket that belong to the sentence. */
export function bareAddress(written: string): string {
  const open: string[] = [];
  let end = 0;
  for (const letter of written) {
    if (STOP.test(letter)) break;
    const opening = PAIRS[letter];
    if (opening !== undefined && open.pop() !== opening) break;
    if (letter === '(' || letter === '[' || letter === '{') open.push(letter);
    end += letter.length;
  }
  return written.slice(0, end).replace(TRAILING, '');
}
