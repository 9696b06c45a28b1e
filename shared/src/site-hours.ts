/** A site's opening hours, as they are set. */
import { z } from 'zod';
import { type Hours, WEEKDAYS } from './hours.ts';

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).format() !== '';
  } catch {
    return false;
  }
}

const clockSchema = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'is not a time of day. Use 24-hour time such as 09:00');
export const hoursSchema: z.ZodType<Hours> = z.strictObject({
  timeZone: z
    .string()
    .refine(isTimeZone, 'is not a time zone. Use an IANA name such as Europe/Berlin')
    .describe('IANA time zone of the opening hours, such as `Europe/Berlin`.'),
  open: z
    .array(
      z
        .strictObject({
          days: z.array(z.enum(WEEKDAYS)).min(1).describe('Weekdays on which this period applies.'),
          from: clockSchema.describe('Start, as 24-hour time such as `09:00`.'),
          to: clockSchema.describe('End, later than `from`; `24:00` for midnight.'),
        })
        .refine(({ from, to }) => from < to, 'has "to" before "from". Write hours past midnight as two periods'),
    )
    .min(1)
    .describe('Periods in which agents are available.'),
});
