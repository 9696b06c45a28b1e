/**
 * Finds the few words by which a sentence promises more than its other words say: "free", "guaranteed", "always". An article must say
 * them too, in any language, however many of the other words it shares. Pure.
 */
import type { Amount } from './amounts.ts';
import { FREE } from './units.ts';

const PROMISES = {
  guarantee:
    /\b(?:guarant|warrant|promis|garant|versprech|prometem|promett|prometid|gwaranc|garanti)|保证|保證|保障|保証|ضمان|نضمن|مضمون|אחריות|מבטיח/u,
  free: /\b(?:free(?!\s+(?:to|space|time))|complimentary|gratis|kostenlos|kostenfrei|gebuhrenfrei|umsonst|gratuit|gratuita|gratuito|bezplat|darmow|ucretsiz|bedava)|免费|免費|無料|مجان|חינם|ללא תשלום/u,
  always:
    /\b(?:always|every time|at any time|any ?time|at all times|around the clock|24\/7|immer|jederzeit|rund um die uhr|toujours|a tout moment|siempre|en cualquier momento|en todo momento|sempre|in qualsiasi momento|a qualquer momento|altijd|zawsze|w kazdej chwili|her zaman)\b|いつても|必す|常に|随时|隨時|始终|总是|一直|دائما|في اي وقت|תמיד|בכל עת/u,
  unlimited:
    /\b(?:unlimited|no limits?|without limits?|lifetime|lifelong|forever|unbegrenzt|lebenslang|unbefristet|illimit|a vie\b|ilimitad|de por vida|per sempre|a vita\b|onbeperkt|bez ograniczen|sinirsiz)|無制限|无限|永久|终身|終身|مدى الحياه|غير محدود|ללא הגבלה/u,
  immediate:
    /\b(?:immediately|instant(?:ly)?|right away|straight away|at once|same day|sofort|umgehend|augenblicklich|immediatement|aussitot|instantan|inmediat|de inmediato|immediatamente|subito|imediat|onmiddellijk|meteen|natychmiast|hemen)\b|即时|立即|马上|当天|即日|すくに|直ちに|فورا|מייד|מיד/u,
  automatic: /\b(?:automat|otomatik)|自动|自動|تلقائ|אוטומטי/u,
  compensation:
    /\b(?:compensat|goodwill|indemni|entschadig|dedommag|risarc|odszkodow|tazminat)|补偿|補償|赔偿|赔付|تعويض|פיצוי/u,
} satisfies Record<string, RegExp>;
export type Promised = keyof typeof PROMISES;

const NAMES: readonly Promised[] = [
  'guarantee',
  'free',
  'always',
  'unlimited',
  'immediate',
  'automatic',
  'compensation',
];

/** @param folded as `foldLetters` writes it */
export const promisesIn = (folded: string): readonly Promised[] => NAMES.filter((name) => PROMISES[name].test(folded));

/** What is free has an amount, too: "returns are free; from Austria they cost €6". */
export const freeIn = (folded: string): readonly Amount[] =>
  PROMISES.free.test(folded) ? [{ value: '0', unit: FREE }] : [];

/** "all", "every"; "each" and "any" mostly name one. */
const ALL =
  /\b(?:all|every|everyone|everything|alle[ns]?|jede[rsnm]?|tous|toutes|tout|todos|todas|tutt[ei]|ogni|elke|wszystk\w+|her|tum)\b|所有|全部|すへて|全て|جميع|(?<!\p{L})كل(?!\p{L})/u;
/** What narrows a rule. A limit such as "from €50" does so, too. */
const SOME =
  /\b(?:only|some|certain|selected|if|unless|except|when|nur|manche|bestimmte|ausgewahlte|wenn|falls|seulement|certain(?:e?s)?|si|solo|algun\w+|ciert\w+|soltanto|alcun\w+|se|alleen|sommige|tylko|niektor\w+|sadece|bazi)\b|仅|只有|部分|一部|のみ|فقط|בלבד/u;

export const saysAll = (folded: string) => ALL.test(folded);
export const saysSome = (folded: string) => SOME.test(folded);

/** "before departure" → `before depar`: what is before or after what. English, German, French, Spanish. */
const ORDERED =
  /\b(before|after|vor|nach|avant|apres|antes de|despues de)\s+(?:(?:the|a|an|you|your|it|its|our|der|die|das|dem|den|ihrer|ihrem|le|la|les|l|votre|el|su)\s+)?([\p{L}\d][\p{L}\d:.]*)/gu;
const BEFORE = new Set(['before', 'vor', 'avant', 'antes de']);
const COMPARED_LETTERS = 5;

export const ordersIn = (folded: string): ReadonlyMap<string, boolean> =>
  new Map(
    Array.from(folded.matchAll(ORDERED), ([, order = '', what = '']) => [
      what.slice(0, COMPARED_LETTERS),
      BEFORE.has(order),
    ]),
  );
