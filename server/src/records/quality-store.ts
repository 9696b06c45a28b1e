/** What the archive and the tickets say about quality. */
import type { QualityFindings, QualityKey } from '@firstword/shared/quality-report';

export interface QualityQuestion {
  /** Empty: nothing is found. */
  readonly siteIds: readonly string[];
  /** UTC days such as 2026-05-20, both included. */
  readonly from: string;
  readonly to: string;
  readonly by: QualityKey;
}

export interface QualityStore {
  /**
   * @throws RecordsError when the database does not answer
   * @throws RangeError as `checkDays`
   */
  read(question: QualityQuestion): Promise<QualityFindings>;
  /**
   * The newest tickets that were opened since then, with the time until an agent first replied. Without spam, merged tickets, and
   * those that their visitor withdrew before a reply.
   */
  firstResponses(siteId: string, since: number): Promise<{ openedAt: number; waitedMs?: number | undefined }[]>;
}

const NO_DATA = { kind: 'no-data' } as const;

export const NO_FIGURES: QualityFindings['total'] = {
  conversations: 0,
  withoutAgent: 0,
  tickets: 0,
  reopened: 0,
  ratingsUp: 0,
  ratingsDown: 0,
  satisfaction: NO_DATA,
  firstResponse: NO_DATA,
  targets: NO_DATA,
};

/** For servers without a database, which archive nothing. */
export function createEmptyQualityStore(): QualityStore {
  return {
    read: async () => ({
      total: NO_FIGURES,
      lines: [],
      reasons: [],
      topics: [],
      reviews: { approved: 0, edited: 0, rejected: 0, pending: 0 },
      comments: [],
    }),
    firstResponses: async () => [],
  };
}
