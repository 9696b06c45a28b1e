/** Writes the numbers of a text in digits: number words, Arabic and Chinese numerals, and clock times of twelve hours. Pure. */

/** Folded; "one" and its like are left out, because they are articles or pronouns too. */
const NUMBER_WORDS: readonly (readonly [number, string])[] = [
  [2, 'two twice zwei deux dos due dois duas twee dwa dwie iki اثنين اثنان'],
  [3, 'three drei trois tres tre drie trzy uc ثلاثه ثلاث'],
  [4, 'four vier quatre cuatro quattro quatro cztery dort اربعه اربع'],
  [5, 'five funf cinq cinco cinque vijf piec bes خمسه خمس'],
  [6, 'six sechs seis sei zes szesc alti سته ست'],
  [7, 'seven sieben sept siete sette sete zeven siedem yedi سبعه سبع'],
  [8, 'eight acht huit ocho otto oito osiem sekiz ثمانيه ثماني'],
  [9, 'nine neun neuf nueve nove negen dziewiec dokuz تسعه تسع'],
  [10, 'ten zehn dix diez dieci dez tien dziesiec عشره عشر'],
  [12, 'twelve zwolf douze doce dodici doze twaalf'],
  [14, 'fourteen vierzehn quatorze catorce quattordici'],
  [15, 'fifteen funfzehn quinze quince quindici'],
  [20, 'twenty zwanzig vingt veinte venti vinte twintig عشرين عشرون'],
  [30, 'thirty dreissig trente treinta trenta trinta dertig ثلاثين ثلاثون'],
  [60, 'sixty sechzig soixante sesenta sessanta sessenta zestig ستين ستون'],
  [90, 'ninety neunzig noventa novanta negentig تسعين تسعون'],
  [100, 'hundred hundert cent cien cento honderd مائه'],
];
const DIGITS_OF = new Map(NUMBER_WORDS.flatMap(([value, words]) => words.split(' ').map((word) => [word, value])));

/** @param word folded */
export const digitsOfWord = (word: string) => DIGITS_OF.get(word)?.toString() ?? word;

/** Numbers are compared as amounts, not as words. @param word folded */
export const isCounted = (word: string) => /^\d+$/.test(word) || DIGITS_OF.has(word);

const CHINESE_DIGITS = '〇一二三四五六七八九';
/** Only before what is counted: 一 and 十 are parts of other words, too. */
const CHINESE_NUMBER =
  /[〇零一二两兩三四五六七八九十百]{1,7}(?=(?:[至到~〜-][〇零一二两兩三四五六七八九十百\d]{1,7})?(?:个|個|ヶ|か|カ|箇)?(?:工作日|营业日|営業日|天|日|周|週|月|年|小时|小時|時間|分钟|分鐘|分間|元|円|块|次|回|人|名|件|台|张|位|%))/gu;
/** Arabic and Hebrew write "two days" as one word. */
const DUALS: readonly (readonly [RegExp, string])[] = [
  [/يوم[يا]ن/gu, '2 يوم'],
  [/ساعت[يا]ن/gu, '2 ساعه'],
  [/اسبوع[يا]ن|أسبوع[يا]ن/gu, '2 اسبوع'],
  [/شهر[يا]ن/gu, '2 شهر'],
  [/سنت[يا]ن|عام[يا]ن/gu, '2 سنه'],
  [/יומיים/gu, '2 ימים'],
  [/שעתיים/gu, '2 שעות'],
  [/שבועיים/gu, '2 שבוע'],
  [/חודשיים/gu, '2 חודש'],
  [/שנתיים/gu, '2 שנה'],
];

/** Most texts have none of the signs that the slower steps look for. */
const NOT_LATIN = /[^\p{Script=Latin}\p{Script=Common}]|[\uff00-\uffef]/u;

export function withDigits(text: string): string {
  const latin = NOT_LATIN.test(text) ? withLatinDigits(text) : text;
  return /\d/.test(latin)
    ? latin
        .replace(/\b(\d{1,2})(?::(\d{2}))?\s?([ap])\.?m\b\.?/giu, clockTime)
        .replace(/\b(\d{1,2})\s?h\s?(\d{2})\b/giu, '$1:$2')
    : latin;
}

function withLatinDigits(text: string): string {
  const plain = text
    .normalize('NFKC')
    .replace(/(?![0-9])\p{Nd}/gu, decimalDigit)
    .replace(CHINESE_NUMBER, (signs) => `${chineseNumber(signs)}`)
    .replace(/(\d+(?:\.\d+)?)[万萬]/gu, (_, count: string) => `${Number(count) * 10_000}`);
  return DUALS.reduce((written, [dual, twice]) => written.replace(dual, twice), plain);
}

/** The digits of a script are ten signs in a row, the first of which is a multiple of ten behind its block's start. */
function decimalDigit(sign: string): string {
  let zero = sign.codePointAt(0) ?? 0;
  const own = zero;
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1)) && own - zero < 9) zero--;
  return `${own - zero}`;
}

function chineseNumber(signs: string): number {
  let total = 0;
  let digit = 0;
  for (const sign of signs) {
    const scale = sign === '十' ? 10 : sign === '百' ? 100 : undefined;
    if (scale === undefined) digit = '两兩'.includes(sign) ? 2 : Math.max(0, CHINESE_DIGITS.indexOf(sign));
    else {
      total += (digit || 1) * scale;
      digit = 0;
    }
  }
  return total + digit;
}

function clockTime(_: string, hours: string, minutes: string | undefined, half: string): string {
  const hour = (Number(hours) % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  return `${hour}:${minutes ?? '00'}`;
}

/** "one day": the words that count one thing only right before what is counted. Folded. */
export const ONE = new Set(['one', 'single']);
/** In an article they may also be no more than its grammar, so they only help a claim. */
export const ONE_OR_ARTICLE = new Set(
  'one single a an ein eine einem einen einer eines un une una uno um uma een jeden jedna bir'.split(' '),
);
