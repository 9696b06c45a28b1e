/** Masks personal data in prompts with placeholders, and restores it in the model's answer. */

export interface Mask {
  /** Replaces personal data by placeholders such as `[email-1]`; the same data always gets the same placeholder. */
  hide(text: string): string;
  /** Replaces placeholders by the data. */
  reveal(text: string): string;
  /** Number of different values found. */
  found(): number;
}

interface Pattern {
  readonly kind: 'email' | 'iban' | 'card' | 'phone';
  readonly shape: RegExp;
  readonly check: (match: string) => boolean;
}

const DATE = /^\d{1,2}[./-]\d{1,2}[./-]\d{4}$/;

/** Order matters: cards and IBANs come before phone numbers. No nested quantifiers, so all patterns run in linear time. */
const PATTERNS: readonly Pattern[] = [
  {
    kind: 'email',
    shape: /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,5}/gu,
    check: () => true,
  },
  { kind: 'iban', shape: /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}\b/g, check: isIban },
  { kind: 'card', shape: /\b\d(?:[ -]?\d){12,18}\b/g, check: (match) => isCard(digitsOf(match)) },
  { kind: 'phone', shape: /(?:\+|\b0)\d(?:[ ()/.-]{0,2}\d){6,13}\b/g, check: (match) => !DATE.test(match) },
];

export function createMask(): Mask {
  const names = new Map<string, string>();
  const data = new Map<string, string>();

  const nameOf = (kind: string, match: string) => {
    const known = names.get(match);
    if (known !== undefined) return known;
    const name = `[${kind}-${names.size + 1}]`;
    names.set(match, name);
    data.set(name, match);
    return name;
  };

  return {
    hide: (text) =>
      PATTERNS.reduce(
        (hidden, { kind, shape, check }) =>
          hidden.replace(shape, (match) => (check(match) ? nameOf(kind, match) : match)),
        text,
      ),
    reveal: (text) => text.replace(/\[(?:email|iban|card|phone)-\d+\]/g, (name) => data.get(name) ?? name),
    found: () => names.size,
  };
}

/** The text with placeholders for good. */
export const hidePersonalData = (text: string): string => createMask().hide(text);

const digitsOf = (text: string) => text.replace(/\D/g, '');

/** Luhn's check sum, and a length that cards have. */
function isCard(digits: string): boolean {
  if (digits.length < 13 || digits.length > 19 || /^(\d)\1*$/.test(digits)) return false;
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const value = place % 2 === 0 ? Number(digit) : Number(digit) * 2;
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

/** ISO 13616: the remainder by 97 of the rearranged number is 1. */
function isIban(text: string): boolean {
  const plain = text.replaceAll(' ', '');
  if (plain.length < 15 || plain.length > 34) return false;
  const rearranged = plain.slice(4) + plain.slice(0, 4);
  let rest = 0;
  for (const sign of rearranged) {
    const value = Number.parseInt(sign, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}
