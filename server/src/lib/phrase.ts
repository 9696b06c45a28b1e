/** Writes sentences that the console shows in its reader's language, and everything else in English. */
import type { Phrase } from '@firstword/shared/phrase';

/** A tag: `` phrase`There is no site "${id}".` ``. The console's German catalog has each wording, which a test checks. */
export function phrase(parts: TemplateStringsArray, ...values: readonly (string | number | Phrase)[]): Phrase {
  const wording = parts.map((part, index) => (index < values.length ? `${part}{${index}}` : part)).join('');
  return { wording, values: values.map((value) => (typeof value === 'number' ? String(value) : value)) };
}

/** In English. */
export function phraseText({ wording, values }: Phrase): string {
  return wording.replace(/\{(\d+)\}/g, (_, index: string) => {
    const value = values[Number(index)] ?? '';
    return typeof value === 'string' ? value : phraseText(value);
  });
}

export const textOf = (text: string | Phrase): string => (typeof text === 'string' ? text : phraseText(text));

/** The message of another program, which is shown as it is. */
export const rawPhrase = (error: unknown): Phrase => ({
  wording: '{0}',
  values: [error instanceof Error ? error.message || String(error) : String(error)],
});
