/** Logs what clients can cause as often as they like: each kind once a minute, then with how often it was left out. */

/** The part of a log that it uses, and that it offers its callers. */
export interface EventLog {
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

const MINUTE_MS = 60_000;
/** Kinds beyond this many are left out until the next minute. */
const KINDS_MAX = 200;

/** @param fields those that tell kinds apart, besides the message */
export function createQuietLog(log: EventLog, fields: readonly string[], now: () => number = Date.now): EventLog {
  const kinds = new Map<string, { until: number; leftOut: number }>();
  const once =
    (level: 'warn' | 'error') =>
    (details: object, message: string): void => {
      const kind = JSON.stringify([message, ...fields.map((field) => Reflect.get(details, field))]);
      const last = kinds.get(kind);
      if (last !== undefined && now() < last.until) {
        last.leftOut += 1;
        return;
      }
      if (last === undefined && kinds.size >= KINDS_MAX) {
        for (const [each, { until }] of kinds) if (until <= now()) kinds.delete(each);
        if (kinds.size >= KINDS_MAX) return;
      }
      kinds.set(kind, { until: now() + MINUTE_MS, leftOut: 0 });
      log[level](last?.leftOut ? { ...details, leftOut: last.leftOut } : details, message);
    };
  return { warn: once('warn'), error: once('error') };
}
