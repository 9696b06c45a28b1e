/** Sentences of the server. It writes them in English, and sends their wording and values apart. */
import type { Phrase } from '@firstword/shared/phrase';
import { type Texts, translated } from './translated.ts';

/** By the English wording. */
const wordings: Readonly<Record<string, string>> = {};

const english = { wordings } as const;
export type PhraseTexts = Texts<typeof english>;
export const phraseTexts = translated<PhraseTexts>('phrase', english);

/** In the console's language, where that has the wording. */
export function phraseText({ wording, values }: Phrase): string {
  return (phraseTexts.wordings[wording] ?? wording).replace(/\{(\d+)\}/g, (_, index: string) => {
    const value = values[Number(index)] ?? '';
    return typeof value === 'string' ? value : phraseText(value);
  });
}

/** The English text where the server has no phrase of it, such as from an earlier version. */
export const saidText = (phrase: Phrase | undefined, text: string): string =>
  phrase === undefined ? text : phraseText(phrase);
