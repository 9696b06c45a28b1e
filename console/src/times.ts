/** Formats times: relative within a day, as a date after that, or exact. */
import { timeTexts } from './texts/time-texts.ts';
import { locale as consoleLocale } from './texts/translated.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Time since a moment. A moment in the future, by a server clock that is ahead, reads as "now". */
export function agoText(at: number, now: number, locale = consoleLocale): string {
  const passed = now - at;
  if (passed < MINUTE) return timeTexts.now;
  if (passed < HOUR) return timeTexts.minutesAgo(Math.floor(passed / MINUTE));
  if (!isDate(at, now)) return timeTexts.hoursAgo(Math.floor(passed / HOUR));
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return new Date(at).toLocaleDateString(
    locale,
    sameYear ? { day: 'numeric', month: 'short' } : { day: 'numeric', month: 'short', year: 'numeric' },
  );
}

/** Whether `agoText` gives a date. */
export const isDate = (at: number, now: number): boolean => now - at >= DAY;

/** Date and time in full, for tooltips. */
export function exactText(at: number, locale = consoleLocale): string {
  return new Date(at).toLocaleString(locale, { dateStyle: 'full', timeStyle: 'medium' });
}

/** With seconds, for tables. */
export function momentText(at: number, locale = consoleLocale): string {
  return new Date(at).toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'medium' });
}

/** A waiting time in at most two units; the smaller one only from an hour on. */
export function waitingText(since: number, now: number): string {
  const passed = Math.max(0, now - since);
  if (passed < MINUTE) return `${Math.floor(passed / SECOND)} s`;
  if (passed < HOUR) return `${Math.floor(passed / MINUTE)} min`;
  if (passed < DAY) {
    const minutes = Math.floor((passed % HOUR) / MINUTE);
    return minutes === 0 ? `${Math.floor(passed / HOUR)} h` : `${Math.floor(passed / HOUR)} h ${minutes} min`;
  }
  const hours = Math.floor((passed % DAY) / HOUR);
  const days = timeTexts.days(Math.floor(passed / DAY));
  return hours === 0 ? days : `${days} ${hours} h`;
}

/** A future time: without the date if it is today. */
export function untilText(at: number, now: number, locale = consoleLocale): string {
  const time = new Date(at).toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' });
  if (new Date(at).toDateString() === new Date(now).toDateString()) return time;
  return `${new Date(at).toLocaleDateString(locale, { weekday: 'short', day: 'numeric', month: 'short' })}, ${time}`;
}
