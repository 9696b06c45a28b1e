/** The structured log. Callers choose the fields, and never log message texts, tokens or keys. */
import { type DestinationStream, type Logger, pino } from 'pino';
import { createLogLimit } from './log-limit.ts';

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

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
