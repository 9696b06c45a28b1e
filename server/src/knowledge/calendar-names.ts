/** Reads days of the week and months in the widget's languages, so that "Mittwoch" and "Wednesday" are one day. Pure. */

export const WEEKDAY = 'weekday';
export const MONTH_NAME = 'month name';

/** Monday first; folded. */
const WEEKDAYS: readonly string[] = [
  'monday montag lundi lunes lunedi maandag poniedzialek pazartesi الاثنين',
  'tuesday dienstag mardi martes martedi dinsdag wtorek sali الثلاثاء',
  'wednesday mittwoch mercredi miercoles mercoledi woensdag sroda srode carsamba الاربعاء',
  'thursday donnerstag jeudi jueves giovedi donderdag czwartek persembe الخميس',
  'friday freitag vendredi viernes venerdi vrijdag piatek cuma الجمعه',
  'saturday samstag sonnabend samedi sabado sabato zaterdag sobota sobote cumartesi السبت',
  'sunday sonntag dimanche domingo domenica zondag niedziela niedziele pazar الاحد',
];
const MONTHS: readonly string[] = [
  'january januar janvier enero gennaio janeiro januari stycznia ocak',
  'february februar fevrier febrero febbraio fevereiro februari lutego subat',
  'march marz mars marzo marco maart marca mart',
  'april avril abril aprile kwietnia nisan',
  'may mai mayo maggio maio mei maja mayis',
  'june juni juin junio giugno junho czerwca haziran',
  'july juli juillet julio luglio julho lipca temmuz',
  'august aout agosto augustus sierpnia agustos',
  'september septembre septiembre settembre setembro wrzesnia eylul',
  'october oktober octobre octubre ottobre outubro pazdziernika ekim',
  'november novembre noviembre novembro listopada kasim',
  'december dezember decembre diciembre dicembre dezembro grudnia aralik',
];
/** Other words, too, unless a number is beside them. */
const AMBIGUOUS = new Set('may march mars marco marca mai mei mart maja ocak'.split(' '));

const numbered = (names: readonly string[]) =>
  new Map(names.flatMap((row, index) => row.split(' ').map((name) => [name, `${index + 1}`] as const)));
const WEEKDAY_OF = numbered(WEEKDAYS);
const MONTH_OF = numbered(MONTHS);

const RANGES: ReadonlyMap<string, string> = new Map([
  ['weekdays', '1–5'],
  ['weekday', '1–5'],
  ['weekend', '6–7'],
  ['weekends', '6–7'],
  ['wochenende', '6–7'],
]);

/** Of a folded word among its neighbours; undefined for any other word. */
export function calendarName(
  words: readonly string[],
  at: number,
): { readonly value: string; readonly unit: string } | undefined {
  const word = words[at] ?? '';
  // "Mondays", "montags"
  const weekday = RANGES.get(word) ?? WEEKDAY_OF.get(word) ?? WEEKDAY_OF.get(word.replace(/s$/, ''));
  if (weekday !== undefined) return { value: weekday, unit: WEEKDAY };
  const month = MONTH_OF.get(word);
  const isDate = !AMBIGUOUS.has(word) || [words[at - 1], words[at + 1]].some((next) => /^\d/.test(next ?? ''));
  return month === undefined || !isDate ? undefined : { value: month, unit: MONTH_NAME };
}

export const isCalendarName = (word: string) => calendarName([word], 0) !== undefined;

const CHINESE_WEEK = '一二三四五六日';
const JAPANESE_WEEK = '月火水木金土日';
const ENGLISH_NAMES = WEEKDAYS.map((row) => row.split(' ')[0] ?? '');
const nameOf = (index: number) => ` ${ENGLISH_NAMES[index] ?? ''} `;

const SHORT_NAMES = /\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b(?!')/gu;

/** Writes the names that are no words of their own in English: 周一, 土曜日, Mon, "Mo–Fr". */
export function withWeekdays(text: string): string {
  const latin = text
    .replace(/\bMo\.?\s?(?:[–—-]|bis)\s?(Fr|Sa|So)\b/gu, (_, end: string) => ` monday - ${GERMAN_ENDS[end] ?? ''} `)
    .replace(SHORT_NAMES, (day) => `${ENGLISH_NAMES.find((name) => name.startsWith(day.toLowerCase()))}`);
  if (!/\p{Script=Han}/u.test(latin)) return latin;
  return latin
    .replace(/周末|週末|星期六日/gu, ' weekend ')
    .replace(/(?:周|週|星期|礼拜|禮拜)([一二三四五六日天])/gu, (_, day: string) =>
      nameOf(day === '天' ? 6 : CHINESE_WEEK.indexOf(day)),
    )
    .replace(/([月火水木金土日])曜日?/gu, (_, day: string) => nameOf(JAPANESE_WEEK.indexOf(day)))
    .replace(/平日/gu, ' weekdays ');
}
const GERMAN_ENDS: Readonly<Record<string, string>> = { Fr: 'friday', Sa: 'saturday', So: 'sunday' };
