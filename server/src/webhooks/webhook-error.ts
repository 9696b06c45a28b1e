/** A webhook that can't be added or changed. The message is shown to the administrator. */
import type { Phrase } from '@firstword/shared/phrase';
import { phraseText } from '../lib/phrase.ts';

export class WebhookError extends Error {
  override readonly name = 'WebhookError';
  readonly code: 'bad-address' | 'not-found';
  readonly phrase: Phrase;
  constructor(code: WebhookError['code'], text: Phrase) {
    super(phraseText(text));
    this.code = code;
    this.phrase = text;
  }
}
