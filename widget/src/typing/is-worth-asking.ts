/** Whether what has been typed could be a whole question. Pure. */

const WORDS_MIN = 3;
/** A question mark of any script the widget knows. */
const QUESTION = /[?\uff1f\u061f]$/;
/** After these more text follows. */
const GOES_ON = /[\s,;:\u2013-\u3001\uff0c\u060c-]$/;
/** Scripts without spaces, where two characters are about a word. */
const WITHOUT_BLANKS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/gu;

export const isQuestion = (text: string): boolean => QUESTION.test(text);

/** At once after a question mark; otherwise after a pause, from three words on. */
export function isWorthAsking(text: string): boolean {
  return !GOES_ON.test(text) && (isQuestion(text) || countWords(text) >= WORDS_MIN);
}

export function countWords(text: string): number {
  if ('Segmenter' in Intl)
    return [...new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text)].filter(
      ({ isWordLike }) => isWordLike,
    ).length;
  const characters = text.match(WITHOUT_BLANKS)?.length ?? 0;
  return (text.replace(WITHOUT_BLANKS, ' ').match(/[\p{L}\p{N}][^\s]*/gu)?.length ?? 0) + Math.floor(characters / 2);
}
