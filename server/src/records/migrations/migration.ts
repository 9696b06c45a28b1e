/** One step from the tables of a release to those of the next. */
export interface Migration {
  /** Unique. A later migration has a higher number. */
  readonly number: number;
  readonly name: string;
  readonly sql: string;
}
