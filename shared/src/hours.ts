/** Office hours: weekly hours in one time zone, and when agents are next available. Pure. */

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export interface Hours {
  /** IANA name, such as `Europe/Berlin`. */
  timeZone: string;
  /** `from` and `to` are `HH:MM` in that zone, `to` after `from`, at most `24:00`. */
  open: { days: Weekday[]; from: string; to: string }[];
}

const DAY_MINUTES = 24 * 60;

function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
}

/** Weekday (0 is Monday) and minute of the day in the time zone. */
function localTime(at: number, timeZone: string): { weekday: number; minute: number } {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const dayNames: readonly string[] = WEEKDAYS;
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? '';
  return {
    weekday: dayNames.indexOf(part('weekday').toLowerCase()),
    minute: Number(part('hour')) * 60 + Number(part('minute')),
  };
}

/**
 * `at` during office hours, otherwise their next start (milliseconds since the epoch); undefined without office hours.
 */
export function nextOpening({ timeZone, open }: Hours, at: number): number | undefined {
  const { weekday, minute } = localTime(at, timeZone);
  const starts: number[] = [];
  for (let ahead = 0; ahead <= 7; ahead++) {
    const day = WEEKDAYS[(weekday + ahead) % 7];
    for (const { days, from, to } of open) {
      if (day === undefined || !days.includes(day)) continue;
      const start = ahead * DAY_MINUTES + minutesOf(from) - minute;
      if (ahead === 0 && start <= 0 && minutesOf(to) > minute) return at;
      if (start > 0) starts.push(start);
    }
  }
  if (starts.length === 0) return undefined;
  return momentAfter(at, Math.min(...starts), timeZone);
}

/** Minutes later by the clock of the time zone: a day with a change of clocks is not 24 hours long. */
function momentAfter(at: number, minutes: number, timeZone: string): number {
  const { minute } = localTime(at, timeZone);
  const found = Math.floor(at / 60_000) * 60_000 + minutes * 60_000;
  const late = (((localTime(found, timeZone).minute - minute - minutes) % DAY_MINUTES) + DAY_MINUTES) % DAY_MINUTES;
  return found - (late > DAY_MINUTES / 2 ? late - DAY_MINUTES : late) * 60_000;
}

/** The end of the period that `at` is in; `at` outside of office hours. */
function closingAfter({ timeZone, open }: Hours, at: number): number {
  const { weekday, minute } = localTime(at, timeZone);
  const day = WEEKDAYS[weekday];
  const ends = open
    .filter(
      ({ days, from, to }) =>
        day !== undefined && days.includes(day) && minutesOf(from) <= minute && minutesOf(to) > minute,
    )
    .map(({ to }) => minutesOf(to));
  return ends.length === 0 ? at : momentAfter(at, Math.max(...ends) - minute, timeZone);
}

/** More than a year of two periods a day. */
const PERIODS_MAX = 1000;

/** When this much time of office hours has passed; all time counts without them. Undefined where they are never open. */
export function openTimeAfter(hours: Hours | undefined, from: number, durationMs: number): number | undefined {
  if (hours === undefined) return from + durationMs;
  let at = from;
  let left = durationMs;
  for (let period = 0; period < PERIODS_MAX; period++) {
    const opens = nextOpening(hours, at);
    if (opens === undefined) return undefined;
    const closes = closingAfter(hours, opens);
    if (opens + left <= closes) return opens + left;
    left -= closes - opens;
    at = closes;
  }
  return undefined;
}
