/** When a site with opening hours is back, as a visitor reads it. */
import { type Hours, nextOpening } from '@firstword/shared/hours';

/** Undefined during opening hours. */
export function awayUntil(hours: Hours, now: number, locale: string): string | undefined {
  const opensAt = nextOpening(hours, now) ?? now;
  if (opensAt <= now) return undefined;
  const clock = { weekday: 'long', hour: 'numeric', minute: '2-digit' } as const;
  return new Intl.DateTimeFormat(locale, clock).format(opensAt);
}
