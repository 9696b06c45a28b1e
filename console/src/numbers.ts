/** Numbers and lists in the language of the console. */
import { locale } from './texts/translated.ts';

const whole = new Intl.NumberFormat(locale);
export const countText = (count: number): string => whole.format(count);

export function decimalText(value: number, digits: number, options: Intl.NumberFormatOptions = {}): string {
  const fraction = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return new Intl.NumberFormat(locale, { ...options, ...fraction }).format(value);
}

/** One decimal near 0% and 100%, where a tenth of a percent matters. */
export function shareText(share: number): string {
  const digits = share > 0.9 || share < 0.1 ? 1 : 0;
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: digits }).format(share);
}

const names = new Intl.ListFormat(locale);
export const namesText = (all: readonly string[]): string => names.format(all);

/** A relative change with its sign, such as +12 %. */
export const changeText = (change: number): string =>
  new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0, signDisplay: 'exceptZero' }).format(
    change,
  );
