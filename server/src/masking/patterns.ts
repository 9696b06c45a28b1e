/**
 * How personal data and secrets look. Every shape runs in linear time: no quantifier repeats another one without a bound, and
 * what must be checked digit by digit is checked in pieces of limited length.
 */
import {
  cardLengths,
  ibanLength,
  isCard,
  isChineseId,
  isElevenDigitId,
  isFrenchId,
  isIban,
  isSpanishId,
} from './check-digits.ts';

export const SECRET_KINDS = ['secret', 'token', 'card'] as const;
export const PERSONAL_KINDS = ['email', 'iban', 'id', 'birth-date', 'phone'] as const;
export type MaskKind = (typeof SECRET_KINDS)[number] | (typeof PERSONAL_KINDS)[number];

/** Start and end within a match. */
export type Span = readonly [start: number, end: number];

export interface Pattern {
  readonly kind: MaskKind;
  readonly shape: RegExp;
  /** Without it in the text, there is no match. */
  readonly needs?: string;
  /** The parts of a match that are such data; without it, all of it. */
  readonly parts?: (match: string, groups: readonly (string | undefined)[]) => readonly Span[];
  /** Where the search goes on behind a match without such data, from its start; otherwise behind it. */
  readonly retryAfter?: number;
}

const NONE: readonly Span[] = [];
const when = (isData: (signs: string) => boolean) => (match: string) =>
  isData(match.replaceAll(/[^\dA-Za-z]/g, '')) ? [[0, match.length] as const] : NONE;

/** The last group of a match, which is at its end. */
const lastGroup = (isData: (group: string) => boolean) => (match: string, groups: readonly (string | undefined)[]) => {
  const found = groups.findLast((group) => group !== undefined) ?? '';
  const start = match.lastIndexOf(found);
  return found !== '' && isData(found) ? [[start, start + found.length] as const] : NONE;
};

/** Key prefixes of common services, and our own. */
const KEYS = [
  String.raw`[spr]k[-_](?:live|test|proj|ant|or|svcacct)[-_][\w-]{12,}`,
  String.raw`sk-[\w-]{20,}`,
  'A[KS]IA[0-9A-Z]{16}',
  String.raw`gh[opsru]_\w{20,}`,
  String.raw`github_pat_\w{20,}`,
  String.raw`glpat-[\w-]{16,}`,
  String.raw`xox[a-z]-[\w-]{10,}`,
  String.raw`AIza[\w-]{30,}`,
  String.raw`SG\.[\w-]{16,}\.[\w-]{16,}`,
  String.raw`(?:npm|hf|fw)_[\w-]{20,}`,
  String.raw`shp(?:at|ca|pa|ss)_[\da-f]{32}`,
  String.raw`ya29\.[\w-]{20,}`,
].join('|');

/** In the languages of the widget. */
const SECRET_NAMES = [
  'api[ _-]?key|access[ _-]?key|secret[ _-]?key|client[ _-]?secret|(?:access|auth|refresh|api)[ _-]?token',
  'password|passwd|passphrase|passwort|kennwort|mot de passe|contraseña|clave|senha|palavra-passe|wachtwoord|hasło|şifre|parola',
  'パスワード|密码|密碼|كلمة المرور|סיסמה',
].join('|');

const BORN = [
  '(?<!\\p{L})(?:born|birth(?: ?day| ?date)?|dob|geboren|geburts(?:datum|tag)|geb\\.|n[ée]e? le|naissance|nacid[oa]|nacimiento|nascid[oa]',
  'nascimento|nat[oa]|nascita|geboortedatum|urodz\\p{L}{1,8}|ur\\.|do[ğg]um\\p{L}{0,6})',
  '生年月日|誕生日|生まれ|出生|生日|ولدت|ميلاد|נולד|לידה',
].join('|');
const DATE = String.raw`\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,2}\.?(?: de)? \p{L}{3,12}\.?(?: de)?,? \d{4}|\p{L}{3,12} \d{1,2},? \d{4}|\d{4}年\d{1,2}月\d{1,2}日`;

/** Ids whose digits alone look like any other number are found by their names. */
const ID_NAMES = [
  'bsn|burgerservicenummer|nif|contribuinte|my ?number|ssn|social security(?: number)?|national id(?:entity)?(?: number)?|national insurance(?: number)?',
  'passport(?: number| no\\.?)?|reisepass(?:nummer)?|(?:personal)?ausweis(?:nummer)?|steuer-?id|passeport|pasaporte|passaporto|paspoort(?:nummer)?|paszport|pasaport|dowód|pesel|kimlik(?: no)?|dni|nie|codice fiscale',
  'マイナンバー|個人番号|身份证号?码?|护照号?码?|رقم الهوية|الهوية|جواز السفر|תעודת זהות|מספר זהות|ת\\.?ז\\.?|דרכון',
].join('|');

const hasDigits = (least: number) => (text: string) => text.replaceAll(/\D/g, '').length >= least;
const looksRandom = (text: string) => /\d/.test(text) && /[a-z]/.test(text) && /[A-Z]/.test(text);
/** Deliveries for a birthday are in these years, too. */
const isPast = (date: string) => !/20[2-9]\d/.test(date);
const DATE_ONLY = /^\d{1,2}[./-]\d{1,2}[./-]\d{4}$/;

/** Order matters: what is found is not searched again. */
export const PATTERNS: readonly Pattern[] = [
  {
    kind: 'secret',
    shape: /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\w+/=\s]{0,8000}(?:-----END [A-Z ]{0,30}PRIVATE KEY-----)?/g,
  },
  { kind: 'token', shape: /\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g },
  { kind: 'token', shape: /\bbearer +([\w.~+/=-]{16,})/gi, parts: lastGroup(hasDigits(1)) },
  { kind: 'secret', shape: new RegExp(String.raw`\b(?:${KEYS})`, 'g') },
  {
    kind: 'secret',
    shape: new RegExp(
      String.raw`(?:${SECRET_NAMES})["']?\s{0,3}(?:is|ist|est|es|è|é|to|[:=：])\s{0,3}["'„“]?([^\s"'”]{6,200})`,
      'giu',
    ),
    parts: lastGroup(hasDigits(1)),
  },
  // Long texts of digits and letters of both cases are keys, whatever their issuer.
  { kind: 'secret', shape: /\b\w[\w-]{31,}/g, parts: (match) => (looksRandom(match) ? [[0, match.length]] : NONE) },
  {
    kind: 'email',
    needs: '@',
    shape: /(?<![\wÀ-ɏ.%+-])[\wÀ-ɏ.%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,5}/gu,
  },
  {
    kind: 'iban',
    shape: /\b[A-Z]{2}[ .-]{0,2}\d[ .-]{0,2}\d(?:[ ./_\n-]{0,3}[A-Z0-9]){11,30}/gi,
    parts: ibanIn,
    retryAfter: 4,
  },
  { kind: 'card', shape: /\d(?:[ ./_\n-]{0,3}\d){12,}/g, parts: cardsIn },
  {
    kind: 'birth-date',
    shape: new RegExp(String.raw`(?:${BORN})[^\d\n]{0,24}?(${DATE})`, 'giu'),
    parts: lastGroup(isPast),
  },
  { kind: 'birth-date', shape: new RegExp(String.raw`(?:${DATE})(?=\s{0,2}(?:geboren|生まれ|出生|doğum))`, 'giu') },
  {
    kind: 'id',
    shape: new RegExp(
      String.raw`(?:^|[^\p{L}])(?:${ID_NAMES})[^\p{L}\p{N}\n]{0,4}(?:\p{L}{1,4}[^\p{L}\p{N}\n]{1,3})?([A-Z0-9](?:[ .-]?[A-Z0-9]){5,17})`,
      'giu',
    ),
    parts: lastGroup(hasDigits(5)),
  },
  { kind: 'id', shape: /\b(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}\b/g },
  { kind: 'id', shape: /\b[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b/g },
  { kind: 'id', shape: /\b[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]\b/gi },
  { kind: 'id', shape: /\b784-\d{4}-\d{7}-\d\b/g },
  {
    kind: 'id',
    shape: /\b[1-478] ?\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\d) ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3} ?\d{2}\b/gi,
    parts: when(isFrenchId),
  },
  { kind: 'id', shape: /\b[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])\d{5}[\dX]\b/gi, parts: when(isChineseId) },
  { kind: 'id', shape: /\b(?:\d{8}|[XYZ]\d{7})[ -]?[A-Z]\b/gi, parts: when(isSpanishId) },
  { kind: 'id', shape: /\b\d{3}\.\d{3}\.\d{3}-\d{2}\b|\b\d(?: ?\d){10}\b/g, parts: when(isElevenDigitId) },
  {
    kind: 'phone',
    shape: /(?:\+|\b00?)\(?\d(?:[ ()/.-]{0,2}\d){6,13}\b/g,
    parts: (match) => (DATE_ONLY.test(match) ? NONE : [[0, match.length]]),
  },
  {
    kind: 'phone',
    shape: /(?:\(\d{3}\) ?|\b[2-9]\d{2}[ .-])\d{3}[ .-]\d{4}\b|\b[5-9]\d{2}([ -])\d{3}\1\d{3}\b|\b1[3-9]\d{9}\b/g,
  },
];

/** Of every country's. A sentence such as “at 12 o’clock …” has fewer. */
const IBAN_DIGITS_MIN = 7;

/** The letters and digits that the country's IBANs have, and nothing of the words behind them. */
function ibanIn(match: string): readonly Span[] {
  const length = ibanLength(match.slice(0, 2));
  if (length === undefined) return NONE;
  let signs = '';
  for (let end = 0; end < match.length; end++) {
    const sign = match[end] ?? '';
    if (!/[A-Z0-9]/i.test(sign)) continue;
    signs += sign;
    if (signs.length === length) return isIban(signs) && hasDigits(IBAN_DIGITS_MIN)(signs) ? [[0, end + 1]] : NONE;
  }
  return NONE;
}

/** Among groups of digits, those that are a card's: an expiry date or an order number may come before or after it. */
function cardsIn(match: string): readonly Span[] {
  const groups = [...match.matchAll(/\d+/g)].map(({ 0: digits, index }) => ({ digits, index }));
  const found: Span[] = [];
  for (let first = 0; first < groups.length; first++) {
    const last = lastOfCard(groups, first);
    const [from, to] = [groups[first], groups[last ?? -1]];
    if (last === undefined || from === undefined || to === undefined) continue;
    found.push([from.index, to.index + to.digits.length]);
    first = last;
  }
  return found;
}

/** The last group of a card that begins with the group at `first`; undefined for none. */
function lastOfCard(groups: readonly { readonly digits: string }[], first: number): number | undefined {
  const beginning = `${groups[first]?.digits ?? ''}${groups[first + 1]?.digits ?? ''}`;
  const lengths = cardLengths(beginning);
  let digits = '';
  for (let last = first; last < groups.length && digits.length < (lengths.at(-1) ?? 0); last++) {
    digits += groups[last]?.digits ?? '';
    if (lengths.includes(digits.length) && isCard(digits)) return last;
  }
  return undefined;
}
