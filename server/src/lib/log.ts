/** The structured log. Callers choose the fields, and never log message texts, tokens or keys. */
import { type DestinationStream, type Logger, pino } from 'pino';
import { createLogLimit } from './log-limit.ts';

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** What JSON leaves as it is: the control characters from 0x7f on, and those that turn the direction of a text or break its line. */
const ACTS_ON_TERMINAL = /[\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const escaped = (sign: string) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Writes JSON lines to standard error, so that standard output stays readable; a limited number of each message. */
export function createLog(
  level: LogLevel,
  destination: DestinationStream = pino.destination({ fd: 2, sync: true }),
): Log {
  const limit = createLogLimit((message, count) => log.warn({ message, count }, 'left out repeated log lines'));
  const log = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      hooks: {
        streamWrite: (line) => line.replace(ACTS_ON_TERMINAL, escaped),
        logMethod(given, write) {
          const message = given.findLast((part) => typeof part === 'string');
          if (limit.admits(String(message))) write.apply(this, given);
        },
      },
    },
    destination,
  );
  return log;
}
