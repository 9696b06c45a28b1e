/** A source that could not be read, so that its import failed. The message is shown to the administrator. */
import type { Phrase } from '@firstword/shared/phrase';
import { PhrasedError } from '../lib/phrased-error.ts';

/**
 * `unreadable`: the source is missing, refuses us or holds nothing to import; `not-allowed`: our own rules refuse to read it;
 * `too-large`: it is over a limit.
 */
export type SourceFault = 'unreadable' | 'not-allowed' | 'too-large';

export class SourceError extends PhrasedError {
  override readonly name = 'SourceError';
  readonly code: SourceFault;
  constructor(code: SourceFault, text: Phrase, options?: ErrorOptions) {
    super(text, options);
    this.code = code;
  }
}
