/** Encodes a token's send time in the token itself, as short as a real token. */

const DIGITS = 6;
/** Stamps wrap around after this many microseconds (36 minutes). */
const WRAP_MICROS = 36 ** DIGITS;
/** Occurs nowhere else in the servers' output. */
const MARK = '@';

/** The system's monotonic clock in microseconds, shared by all processes of a machine. */
export function nowMicros(): number {
  return Number((process.hrtime.bigint() / 1000n) % BigInt(WRAP_MICROS));
}

export function writeStamp(micros: number): string {
  return MARK + micros.toString(36).padStart(DIGITS, '0');
}

/** Calls back with each stamp's age in milliseconds. */
export function readStamps(text: string, now: number, onAge: (ageMs: number) => void): void {
  for (let at = text.indexOf(MARK); at >= 0; at = text.indexOf(MARK, at + DIGITS)) {
    const micros = Number.parseInt(text.slice(at + 1, at + 1 + DIGITS), 36);
    if (Number.isNaN(micros)) continue;
    onAge(((now - micros + WRAP_MICROS) % WRAP_MICROS) / 1000);
  }
}
