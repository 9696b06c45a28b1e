/** Finds what a sentence names: people, places, products, codes, addresses. Pure. */
import { foldLetters } from '../lib/fold-letters.ts';
import { isCalendarName } from './calendar-names.ts';
import { detectLanguage } from './language.ts';

/** Capitalized words inside a sentence, words with digits, addresses; folded. German writes every noun like that. */
export function namesIn(sentence: string): string[] {
  const addresses = sentence.match(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:https?:\/\/|www\.)[^\s)\]]+/gu) ?? [];
  const rest = addresses.reduce((text, address) => text.replace(address, ' '), sentence);
  const codes = (
    rest.match(/(?=[\p{Script=Latin}\d]*\d)(?=\d*\p{Script=Latin})[\p{Script=Latin}\d]{4,}/gu) ?? []
  ).filter((code) => !/^\d+(?:cm|mm|kg|ml|km|min|days?|h|st|nd|rd|th)$/i.test(code));
  const inside =
    detectLanguage(sentence) === 'de'
      ? []
      : Array.from(
          rest.matchAll(/(?<=[\p{L}\d,;:)]\s{1,4}["“'(*]{0,4})(\p{Lu}[\p{Ll}]{2,})/gu),
          ([, name = '']) => name,
        );
  // Days and months are compared as amounts.
  return [...addresses, ...codes, ...inside].map(foldLetters).filter((name) => !isCalendarName(name));
}
