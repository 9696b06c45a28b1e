/** A file, page or sitemap that cannot be parsed. */
import type { Phrase } from '@firstword/shared/phrase';
import { phraseText } from '../lib/phrase.ts';

export class UnreadableError extends Error {
  override readonly name = 'UnreadableError';
  readonly phrase: Phrase;
  constructor(text: Phrase, options?: ErrorOptions) {
    super(phraseText(text), options);
    this.phrase = text;
  }
}
