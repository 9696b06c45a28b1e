/** Limits that no test or benchmark reaches, although all of its visitors have one address. */
import { type LimitTable, limitTableSchema } from '@firstword/server/limits/limit-table';

const NEVER = 1_000_000_000;

/** Every limit of the table, raised. */
export function noLimits(): LimitTable {
  const raise = (value: unknown): unknown =>
    typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, raise(inner)]))
      : NEVER;
  return limitTableSchema.parse(raise(limitTableSchema.parse({})));
}
