/** A file, page or sitemap that cannot be parsed. */
import { PhrasedError } from '../lib/phrased-error.ts';

export class UnreadableError extends PhrasedError {
  override readonly name = 'UnreadableError';
}
