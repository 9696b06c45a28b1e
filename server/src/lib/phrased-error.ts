/** An error whose message is shown to agents, in their own language. */
import type { Phrase } from '@firstword/shared/phrase';
import { phraseText } from './phrase.ts';

export class PhrasedError extends Error {
  readonly phrase: Phrase;
  constructor(text: Phrase, options?: ErrorOptions) {
    super(phraseText(text), options);
    this.phrase = text;
  }
}
