/** The times that a ticket can be snoozed until. Pure. */
import { dialogTexts } from './texts/dialog-texts.ts';

export interface SnoozeTime {
  readonly label: string;
  /** Absent: until the visitor replies. */
  readonly until?: number;
}

const HOUR_MS = 3_600_000;
const MORNING = 9;

/** In the agent's time zone. */
export function snoozeTimes(now: number): SnoozeTime[] {
  return [
    { label: dialogTexts.hours(1), until: now + HOUR_MS },
    { label: dialogTexts.hours(4), until: now + 4 * HOUR_MS },
    { label: dialogTexts.tomorrow, until: morningIn(1, now) },
    { label: dialogTexts.nextWeek, until: morningIn(daysToMonday(now), now) },
    { label: dialogTexts.openEnd },
  ];
}

function morningIn(days: number, now: number): number {
  const day = new Date(now);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + days, MORNING).getTime();
}

function daysToMonday(now: number): number {
  return (8 - new Date(now).getDay()) % 7 || 7;
}
