/** Formats a time as relative within a day, and as a date before that. Pure. */
const MINUTE_MS = 60_000;

/** `at` and `present` in milliseconds since the epoch; `now` is the word for "less than a minute ago". */
export function relativeTime(at: number, present: number, locale: string, now: string): string {
  const minutes = Math.floor((present - at) / MINUTE_MS);
  if (minutes < 1) return now;
  if (minutes >= 24 * 60) return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' }).format(at);
  const relative = new Intl.RelativeTimeFormat(locale, { style: 'short', numeric: 'auto' });
  return minutes < 60 ? relative.format(-minutes, 'minute') : relative.format(-Math.floor(minutes / 60), 'hour');
}
