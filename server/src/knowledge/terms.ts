/** Splits text into search terms: case-folded, without accents, lightly stemmed; Chinese, Japanese and Thai as bigrams. */

const STOP_WORDS = new Set(
  (
    'a an and are as at be but by can do does for from get got had has have how i if in is it its me my of on or our ' +
    'so that the their them there they this to was we what when where which who will with would you your ' +
    'der die das ein eine und oder ist sind ich wie wo was wann kann mein meine mit zu von fur auf im den dem ' +
    'le la les un une des et ou est je comment mon ma mes de du pour dans que qui el los las una y es como mi por'
  ).split(' '),
);

const WITHOUT_SPACES = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** Marks terms that are part of a word: its prefix, or a single Chinese or Japanese character. */
const PART = '^';
/** Words of this length are also indexed by their prefix, which inflected forms of any language share. */
const BEGINNING_FROM_LETTERS = 6;
const BEGINNING_LETTERS = 5;

export const isPart = (term: string) => term.startsWith(PART);

/** In the order of the text, with repetitions. */
export function searchTerms(text: string): string[] {
  const folded = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const terms: string[] = [];
  for (const [word] of folded.matchAll(/[\p{L}\p{N}]+/gu)) {
    if (WITHOUT_SPACES.test(word)) terms.push(...bigrams(word), ...[...word].map((character) => PART + character));
    else if (!STOP_WORDS.has(word)) {
      terms.push(stem(word));
      if (word.length >= BEGINNING_FROM_LETTERS) terms.push(PART + word.slice(0, BEGINNING_LETTERS));
    }
  }
  return terms;
}

function bigrams(word: string): string[] {
  const characters = [...word];
  if (characters.length < 2) return characters;
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`);
}

/** Removes common English endings, so that "returns", "returned" and "returning" match. Other languages are unchanged. */
function stem(word: string): string {
  if (word.length < 4 || /\d/.test(word)) return word;
  const singular = word
    .replace(/(ss)es$/, '$1')
    .replace(/ies$/, 'y')
    .replace(/([^su])s$/, '$1');
  const base = singular.replace(/(?:ation|ment|ing|ed|ly)$/, '');
  return (base.length >= 3 ? base : singular).replace(/(.)\1$/, '$1').replace(/e$/, '');
}
