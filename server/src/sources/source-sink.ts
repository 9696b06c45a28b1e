/** What readers of sources report, one file or page after another. */
import type { Phrase } from '@firstword/shared/phrase';
import type { ParsedArticle } from './parse-job.ts';

export interface SourceSink {
  /** How many files or pages there are, where that is known. */
  total(count: number): void;
  /** One file or page has been read. */
  read(): void;
  keep(articles: readonly ParsedArticle[]): Promise<void>;
  /** Names what was left out, and why. */
  problem(text: Phrase): void;
}
