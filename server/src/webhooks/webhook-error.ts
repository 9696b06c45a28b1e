/** A webhook that can't be added or changed. The message is shown to the administrator. */
import type { Phrase } from '@firstword/shared/phrase';
import { PhrasedError } from '../lib/phrased-error.ts';

export class WebhookError extends PhrasedError {
  override readonly name = 'WebhookError';
  readonly code: 'bad-address' | 'not-found';
  constructor(code: WebhookError['code'], text: Phrase) {
    super(text);
    this.code = code;
  }
}
