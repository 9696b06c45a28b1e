/** One step from the tables of a release to those of the next. */
export interface Migration {
  /** Larger than that of the migration before. */
  readonly number: number;
  readonly name: string;
  readonly sql: string;
}
