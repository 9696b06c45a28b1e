/**
 * Whether a question is simple enough for the instant tier, by its text and search result alone: one short sentence, one
 * article that is clearly the best, and no complaint. Pure.
 */
import { SENTENCE_END, wordsOf } from '../triage/hand-off-words.ts';

export interface SimpleQuestion {
  readonly text: string;
  /** 0…1, comparable between searches. */
  readonly bestPassageScore: number;
  /** The score of the best passage of any other article. */
  readonly otherArticleScore: number;
  /** The answer before failed. */
  readonly lastFailed: boolean;
}

const WORDS_MAX = 14;
/** `wordsOf` returns Chinese and Japanese by character; two are about one word. */
const CHARACTERS_PER_WORD = 2;
const HAN_OR_KANA = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]$/u;
/** On three public help centres a third of the questions pass both, and of these the right article is first in 97 %. */
const BEST_MIN = 0.05;
const OTHER_SHARE_MAX = 0.5;

/** Beginnings of words, case-folded and without accents, in the 13 languages of the hand-off rules. */
const COMPLAINTS = [
  'angry annoy awful broke complain disappoint frustrat furious ridiculous terribl unaccept useless worst scandal',
  'arger beschwer enttausch furchtbar kaputt katastroph schlecht unverschamt frechheit',
  'decu inadmissib inaccept nul plainte furieu honteu',
  'decepcion enfad horribl inaceptab queja reclam pesim indign',
  'delus vergogn pessim arrabbiat inaccett',
  'inaceit horrivel absurd raiva',
  'klacht teleurgesteld slecht belachelijk onaanvaard boos kapot',
  'skarg zawied zawiod fatal okropn skandal niedopuszcz zepsut',
  'sikayet berbat rezalet kotu bozuk',
  'شكوي سيء سيي غاضب محبط معطل فاشل',
  'תלונה גרוע מאכזב כועס שבור נורא',
].flatMap((stems) => stems.split(' '));
/** Chinese and Japanese have no spaces between words. */
const COMPLAINTS_WITHIN = /投诉|投訴|差劲|失望|太差|垃圾|生气|坏了|苦情|クレーム|最悪|ひどい|がっかり|怒|壊れ|不満/;
const SHOUTED = /[!！]{2}|\p{Lu}{4}[^\p{L}]+\p{Lu}{4}/u;

export function isSimpleQuestion({ text, bestPassageScore, otherArticleScore, lastFailed }: SimpleQuestion): boolean {
  if (lastFailed || bestPassageScore < BEST_MIN) return false;
  if (otherArticleScore > OTHER_SHARE_MAX * bestPassageScore) return false;
  const words = wordsOf(text.trim());
  const end = words.indexOf(SENTENCE_END);
  const isOneSentence = end === -1 || words.slice(end).every((word) => word === SENTENCE_END);
  const length = words.reduce((sum, word) => sum + (HAN_OR_KANA.test(word) ? 1 / CHARACTERS_PER_WORD : 1), 0);
  return isOneSentence && length <= WORDS_MAX && !isComplaint(text, words);
}

function isComplaint(text: string, words: readonly string[]): boolean {
  return (
    SHOUTED.test(text) ||
    COMPLAINTS_WITHIN.test(text) ||
    words.some((word) => COMPLAINTS.some((stem) => word.startsWith(stem)))
  );
}
