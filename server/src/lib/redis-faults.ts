/** Tells apart what a Redis command can fail of. */

/** Memory or disk is full: reads go on, and writes will when there is room again. */
export function isFull(error: unknown): boolean {
  return error instanceof Error && /\b(OOM command not allowed|MISCONF)\b/.test(error.message);
}
