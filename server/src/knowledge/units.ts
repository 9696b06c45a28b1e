/** What amounts measure: units and currencies in the widget's languages, and which amounts of two units are equal. Pure. */

/** Beginnings of folded words, by what they measure; the first match wins. */
const UNITS: readonly (readonly [string, RegExp])[] = [
  ['percent', /^(?:%|percent|prozent|pourcent|procent|yuzde|بالمئه|بالمائه)/],
  ['euro', /^(?:€|eur$|euros?$|يورو|欧元|歐元|ユーロ)/],
  ['dollar', /^(?:\$|usd$|dollar|dolar|دولار|美元|美金|トル)/],
  ['pound', /^(?:£|gbp$|pounds?$|pfund|libras?$)/],
  // Both are written "¥".
  ['yen', /^(?:¥|jpy$|cny$|rmb$|yens?$|yuan|円|元|块)/],
  ['zloty', /^(?:pln$|zl$|zlot)/],
  ['lira', /^(?:tl$|try$|lira)/],
  ['franc', /^(?:chf$|franken|francs?$)/],
  ['rupee', /^(?:₹|inr$|rupee)/],
  ['riyal', /^(?:sar$|riyal|ريال)/],
  ['dirham', /^(?:aed$|dirham|درهم)/],
  ['krona', /^(?:sek$|nok$|dkk$|kr$|kron)/],
  ['second', /^(?:secs?$|seconds?$|sekund|secondes?$|segundo|second[io]$|saniye|秒|ثاني|ثواني|שניות)/],
  ['minute', /^(?:mins?$|minut|dakika|דק|دقي|دقائق|分)/],
  ['hour', /^(?:h$|hrs?$|hours?$|std$|stunde|heure|hora|ora$|ore$|uur|uren|godz|saat|שע|ساع|小时|小時|時間)/],
  ['day', /^(?:days?$|tag|jours?$|dias?$|giorn|dag|dni|dzien|gun|ימ|يوم|ايام|天|日|(?:个|個)?工作日|营业日|営業日)/],
  ['week', /^(?:week|woche|semaine|semana|settiman|tydz|tygod|hafta|שבוע|اسبوع|اسابيع|周|週|(?:个|個)?星期)/],
  ['month', /^(?:month|monat|mois|mes$|meses|mesi$|mese$|maand|miesi|ay$|חודש|شهر|اشهر|月|(?:个|個|ヶ|か|カ|箇)月)/],
  ['year', /^(?:year|jahr|ans$|annee|anos?$|ann[oi]$|jaar|rok|lat$|lata|yil|שנ|سن|عام|اعوام|年)/],
  ['kilobyte', /^(?:kb$|kib$|kilobyte)/],
  ['megabyte', /^(?:mb$|mib$|megabyte|mo$)/],
  ['gigabyte', /^(?:gb$|gib$|gigabyte|go$)/],
  ['terabyte', /^(?:tb$|tib$|terabyte)/],
  ['kilobit', /^(?:kbit|kbps)/],
  ['megabit', /^(?:mbit|mbps)/],
  ['gigabit', /^(?:gbit|gbps)/],
  ['kilometre', /^(?:km$|kilomet)/],
  ['mile', /^miles?$/],
  ['kilogram', /^(?:kg|kilo)/],
  ['gram', /^(?:g$|gramm?e?s?$|gramos?$|grammi$)/],
  ['centimetre', /^(?:cm|zentim|centim)/],
  ['millimetre', /^(?:mm$|millim)/],
  ['metre', /^(?:m$|met(?:er|re|ro|ri)s?$)/],
  ['inch', /^(?:inch|zoll$|pouces?$|pulgada|pollic)/],
  ['millilitre', /^(?:ml$|millilit)/],
  ['litre', /^(?:l$|lit(?:er|re|ro|ri)s?$)/],
  ['watt', /^(?:w$|watt)/],
  ['volt', /^(?:v$|volt)/],
  ['character', /^(?:character|zeichen|caract|caratter|文字|字符|个字)/],
  ['letter', /^(?:letters?$|buchstabe|lettres?$|letras?$|letter[ae]$|字母)/],
  ['digit', /^(?:digits?$|ziffer|chiffre|digito|cifr|桁|位数)/],
  ['time', /^(?:times$|mal$|fois$|veces$|volte$|vezes$|keer$|razy$|kez$|回|次)/],
  [
    'person',
    /^(?:persons?$|people$|users?$|members?$|seats?$|guests?$|personen|nutzer|benutzer|mitglied|personnes?$|utilisateur|usuario|personas?$|人|名)/,
  ],
  ['device', /^(?:devices?$|gerat|appareils?$|dispositiv|台)/],
];
/** The amount of what costs nothing. */
export const FREE = 'free';
const MONEY = new Set('euro dollar pound yen zloty lira franc rupee riyal dirham krona'.split(' '));

/** Words repeat, and most are compared with every unit. Emptied when full. */
const KEPT_WORDS = 20_000;
const kept = new Map<string, string | undefined>();

/** @param word folded */
export function unitNamed(word: string): string | undefined {
  if (kept.has(word)) return kept.get(word);
  if (kept.size >= KEPT_WORDS) kept.clear();
  const unit = UNITS.find(([, written]) => written.test(word))?.[0];
  kept.set(word, unit);
  return unit;
}
export const isMoney = (unit: string | undefined) => unit !== undefined && MONEY.has(unit);

const DIMENSIONS: readonly (readonly [string, ReadonlySet<string>])[] = [
  ['money', new Set([...MONEY, FREE])],
  ['duration', new Set('second minute hour day week month year'.split(' '))],
  ['size', new Set('kilobyte megabyte gigabyte terabyte'.split(' '))],
  ['length', new Set('kilometre mile metre centimetre millimetre inch'.split(' '))],
];
/** What units measure that are named in place of each other. */
export const dimensionOf = (unit: string) => DIMENSIONS.find(([, units]) => units.has(unit))?.[0] ?? unit;

/** Equal wherever they are written: two weeks are 14 days. */
const IN_SMALLER: Readonly<Record<string, readonly [unit: string, factor: number]>> = {
  week: ['day', 7],
  year: ['month', 12],
  kilogram: ['gram', 1000],
  metre: ['millimetre', 1000],
  centimetre: ['millimetre', 10],
  litre: ['millilitre', 1000],
};
/** Whole ones only: 90 minutes are not named as hours. */
const IN_LARGER: Readonly<Record<string, readonly [unit: string, factor: number]>> = {
  second: ['minute', 60],
  minute: ['hour', 60],
  hour: ['day', 24],
};

export function inBaseUnit(value: number, unit: string): { readonly value: number; readonly unit: string } {
  const [smaller, factor] = IN_SMALLER[unit] ?? [];
  if (smaller !== undefined && factor !== undefined) return { value: value * factor, unit: smaller };
  const [larger, part] = IN_LARGER[unit] ?? [];
  if (larger === undefined || part === undefined || value === 0 || value % part !== 0) return { value, unit };
  return inBaseUnit(value / part, larger);
}
