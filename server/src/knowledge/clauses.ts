/** Splits a sentence before the words that open a subordinate clause, so that a question is judged without its story. */

/** "if, because, when, after …" in the widget's languages with spaces. */
const OPENERS =
  'if because since although while unless after before but whose who which ' +
  'wenn weil obwohl nachdem bevor falls aber si parce puisque quand lorsque après avant mais ' +
  'porque aunque cuando después antes pero se perché quando dopo prima ma porém depois mas ' +
  'als omdat hoewel nadat voordat maar jeśli ponieważ chociaż gdy zanim ale eğer çünkü ama fakat ' +
  'إذا لأن عندما بعد قبل لكن אם כי כאשר אחרי לפני אבל';
/** At most a few spaces and commas: a long run would be read again from each of them. */
const BEFORE_OPENER = new RegExp(
  `(?<=\\S)[\\s,]{1,8}(?=(?:${OPENERS.split(' ').join('|')})\\s)|[,;:，、；：]\\s*`,
  'iu',
);

export const clausesOf = (sentence: string) => sentence.split(BEFORE_OPENER).filter((clause) => clause.trim() !== '');

/** What follows is an exception: it is denied where the rest is not, and the other way round. */
const EXCEPTS = [
  ...'except excluding unless außer ausgenommen sauf hormis excepto salvo tranne eccetto exceto behalve tenzij oprócz chyba hariç'.split(
    ' ',
  ),
  'other than',
  'apart from',
];
const EXCEPTION = new RegExp(`^[\\s,]*(?:${EXCEPTS.join('|')})(?!\\p{L})`, 'iu');
export const isException = (clause: string) => EXCEPTION.test(clause);

/** A denial reaches to the next opener, `;`, `:` or "…, not …": the items of a list that it denies are separated by commas. */
const POLAR_OPENERS = [
  ...`${OPENERS} without ohne sans sin senza sem zonder bez and und et y e en i ve`.split(' '),
  ...EXCEPTS,
];
const POLAR_END = new RegExp(
  `(?<=\\S)[\\s,]{1,8}(?=(?:${POLAR_OPENERS.join('|')})\\s)|[;:；：]\\s*|(?<=[.!?。！？])\\s*|,\\s+(?=(?:not|nicht|pas|no|non|não|niet|nie)\\s)`,
  'iu',
);
export const polarClauses = (text: string) => text.split(POLAR_END).filter((clause) => clause.trim() !== '');
