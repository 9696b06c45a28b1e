/** One kind of record that only Redis held before, and that `npm run records -- migrate` moves to PostgreSQL. */

export interface RecordBatch {
  readonly found: number;
  /** How many of them PostgreSQL lacks, in whole or in part. */
  readonly missing: number;
  /** Writes those. It may be repeated, and interrupted at any point: what is missing is then found again. */
  write(): Promise<void>;
}

export interface RecordFamily {
  /** Shown, so in the plural: `conversations`. */
  readonly name: string;
  /** Everything that Redis holds of it. A record that changes meanwhile may come twice. */
  batches(): AsyncIterable<RecordBatch>;
}
