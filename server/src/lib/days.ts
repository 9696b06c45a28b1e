/** UTC days, as text such as 2026-05-20. */

const DAY_MS = 24 * 60 * 60 * 1000;
const DAYS_MAX = 400;

/** The UTC day of a time in milliseconds since the epoch. */
export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/**
 * Both days are included.
 * @throws RangeError for an invalid day, days in the wrong order, or more than 400 days
 */
export function checkDays(from: string, to: string): void {
  const count = (startOf(to) - startOf(from)) / DAY_MS + 1;
  if (count < 1 || count > DAYS_MAX)
    throw new RangeError(`from ${from} to ${to}: must be a range of 1 to ${DAYS_MAX} days`);
}

function startOf(day: string): number {
  const at = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(at) || dayOf(at) !== day) throw new RangeError(`"${day}" is not a day; use the format 2026-05-20`);
  return at;
}
