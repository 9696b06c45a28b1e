/** Recognizes a message that says nothing but that an agent is no longer needed: "Never mind, thanks". Pure. */
import { languageOf } from '@firstword/shared/language';
import { createPhraseFinder } from './hand-off-phrases.ts';
import { WITHDRAWALS } from './phrases/withdrawal.ts';
import { consistsOf } from './whole-message.ts';

/** The language that it is written in, as ISO 639-1; `locale`, a BCP 47 tag, decides where several have the same words. */
export type WithdrawalFinder = (text: string, locale?: string) => string | undefined;

export function createWithdrawalFinder(): WithdrawalFinder {
  const phrases = createPhraseFinder(WITHDRAWALS);
  const byLanguage = WITHDRAWALS.map((language) => ({ code: language.code, own: createPhraseFinder([language]) }));
  return (text, locale = '') => {
    // "Never mind the delay" must not match.
    if (!consistsOf(phrases, 'withdrawal', text)) return undefined;
    const codes = byLanguage
      .filter(({ own }) => own.find(text).some(({ name }) => name === 'withdrawal'))
      .map(({ code }) => code);
    return codes.find((code) => code === languageOf(locale)) ?? codes[0];
  };
}
