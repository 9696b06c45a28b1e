/** Types of columns that several tables have. */
import type { ColumnType } from 'kysely';

/** Dates are written and read as such; the domain has milliseconds since 1970. */
export type Timestamp = ColumnType<Date, Date, Date>;
/** Written as JSON text; what is read is parsed by a schema. */
export type Json = ColumnType<unknown, string, string>;
