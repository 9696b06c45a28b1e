/** How long ago something was, with its exact time on hover. */
import { attempt } from '../attempt.ts';
import { useTexts } from '../texts.ts';
import { relativeTime } from './relative-time.ts';
import { useRedraw } from './use-redraw.ts';

/** Shown durations may be this much too short. */
const REDRAW_MS = 20_000;

export function Time({ at, clockOffsetMs }: { at: number; clockOffsetMs: number }) {
  const { locale, now } = useTexts();
  useRedraw(REDRAW_MS);
  const exact = attempt(() => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(at));
  const relative = relativeTime(at, Date.now() + clockOffsetMs, locale, now);
  return (
    <time key={relative} class="time" dateTime={new Date(at).toISOString()} title={exact}>
      {relative}
    </time>
  );
}
