/** One step from the tables of a release to those of the next. */
export interface Migration {
  /** Counts up from 1 without gaps. */
  readonly number: number;
  readonly name: string;
  readonly sql: string;
}
