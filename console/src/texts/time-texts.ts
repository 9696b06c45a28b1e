/** Texts of times. Units are written as symbols. */
import { type Texts, translated } from './translated.ts';

const english = {
  now: 'now',
  minutesAgo: (minutes: number) => `${minutes} min ago`,
  hoursAgo: (hours: number) => `${hours} h ago`,
  days: (days: number) => `${days} d`,
} as const;
export type TimeTexts = Texts<typeof english>;
export const timeTexts = translated<TimeTexts>('time', english);
