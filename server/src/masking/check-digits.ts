/** The check digits with which cards, accounts and national ids tell a real number from a random one. Pure. */

/** Luhn's check sum. */
export function isLuhn(digits: string): boolean {
  let total = 0;
  for (let place = 0; place < digits.length; place++) {
    const digit = digitAt(digits, digits.length - 1 - place);
    const value = place % 2 === 0 ? digit : digit * 2;
    total += value > 9 ? value - 9 : value;
  }
  return total % 10 === 0;
}

/** Each card network's first digits and lengths: other numbers that pass Luhn's check, such as IMEIs, are no cards. */
const NETWORKS: readonly (readonly [firstDigits: RegExp, lengths: readonly number[]])[] = [
  [/^4/, [13, 16, 19]],
  [/^(?:5[1-5]|2[2-7])/, [16]],
  [/^3[47]/, [15]],
  [/^3[0568]/, [14, 16]],
  [/^6[0245]/, [16, 17, 18, 19]],
  [/^(?:5[06-8]|63|67)/, [16, 19]],
];

/** How many digits a card with these first digits may have; none where no network issues such cards. */
export const cardLengths = (digits: string): readonly number[] =>
  NETWORKS.find(([first]) => first.test(digits))?.[1] ?? [];

/** Of a number with one of the lengths of its network. */
export const isCard = (digits: string): boolean => isLuhn(digits) && !/^(\d)\1*$/.test(digits);

const IBAN_LENGTHS: ReadonlyMap<string, number> = new Map(
  (
    'AD24AE23AL28AT20AZ28BA20BE16BG22BH22BR29BY28CH21CR22CY28CZ24DE22DK18DO28EE20EG29ES24FI18FO18FR27GB22GE22GI23GL18GR27GT28' +
    'HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22MK19MR27MT31MU30NL18NO15PK24PL28PS29PT25' +
    'QA29RO24RS22SA24SC31SE24SI19SK24SM27ST25SV28TL23TN24TR26UA29VA22VG24XK20'
  )
    .match(/.{4}/g)
    ?.map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

/** ISO 13616: the length of an IBAN of this country, in letters and digits. */
export const ibanLength = (country: string): number | undefined => IBAN_LENGTHS.get(country.toUpperCase());

/** ISO 13616: the remainder by 97 of the rearranged number is 1. */
export function isIban(signs: string): boolean {
  const rearranged = signs.slice(4) + signs.slice(0, 4);
  let rest = 0;
  for (const sign of rearranged) {
    const value = Number.parseInt(sign, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}

/** The German tax id, the Polish PESEL, the Turkish and the Brazilian id: eleven digits. */
export function isElevenDigitId(digits: string): boolean {
  return isTaxId(digits) || isPesel(digits) || isTurkishId(digits) || isCpf(digits);
}

/** ISO 7064, mod 11,10; of the first ten digits, one occurs two or three times. */
function isTaxId(digits: string): boolean {
  if (digits.startsWith('0')) return false;
  let product = 10;
  for (let place = 0; place < 10; place++) {
    const sum = (digitAt(digits, place) + product) % 10 || 10;
    product = (sum * 2) % 11;
  }
  if ((11 - product) % 10 !== digitAt(digits, 10)) return false;
  const counts = [...'0123456789'].map((digit) => digits.slice(0, 10).split(digit).length - 1);
  const repeated = counts.filter((count) => count > 1);
  return repeated.length === 1 && (repeated[0] ?? 0) <= 3;
}

function isPesel(digits: string): boolean {
  const month = Number(digits.slice(2, 4)) % 20;
  const day = Number(digits.slice(4, 6));
  if (month < 1 || month > 12 || day < 1 || day > 31) return false;
  return (10 - (weighted(digits, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)) % 10 === digitAt(digits, 10);
}

function isTurkishId(digits: string): boolean {
  if (digits.startsWith('0')) return false;
  const odd = weighted(digits, [1, 0, 1, 0, 1, 0, 1, 0, 1]);
  const even = weighted(digits, [0, 1, 0, 1, 0, 1, 0, 1]);
  const tenth = (((odd * 7 - even) % 10) + 10) % 10;
  return tenth === digitAt(digits, 9) && (odd + even + tenth) % 10 === digitAt(digits, 10);
}

function isCpf(digits: string): boolean {
  if (/^(\d)\1*$/.test(digits)) return false;
  const check = (length: number) => {
    const weights = Array.from({ length }, (_, place) => length + 1 - place);
    return ((weighted(digits, weights) * 10) % 11) % 10;
  };
  return check(9) === digitAt(digits, 9) && check(10) === digitAt(digits, 10);
}

/** The Chinese id: eighteen signs, with a date of birth. */
export function isChineseId(signs: string): boolean {
  const rest = weighted(signs, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]) % 11;
  return '10X98765432'[rest] === signs.at(-1)?.toUpperCase();
}

/** The French social security number: 97 minus the remainder is its key. Corsican departments have a letter. */
export function isFrenchId(signs: string): boolean {
  const number = signs.slice(0, 13).toUpperCase().replace('2A', '19').replace('2B', '18');
  return 97 - (Number(number) % 97) === Number(signs.slice(13));
}

/** The Spanish DNI and NIE: the letter follows from the number. */
export function isSpanishId(signs: string): boolean {
  const number = signs.slice(0, -1).toUpperCase().replace('X', '0').replace('Y', '1').replace('Z', '2');
  return 'TRWAGMYFPDXBNJZSQVHLCKE'[Number(number) % 23] === signs.at(-1)?.toUpperCase();
}

const digitAt = (digits: string, place: number) => digits.charCodeAt(place) - 48;
const weighted = (digits: string, weights: readonly number[]) =>
  weights.reduce((sum, weight, place) => sum + weight * digitAt(digits, place), 0);
