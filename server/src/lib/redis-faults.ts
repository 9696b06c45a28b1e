/** Tells apart what a Redis command can fail of. */

/** Memory or disk is full, or replicas are missing: reads go on, and writes will when there is room, or they are back. */
export function rejectsWrites(error: unknown): boolean {
  return error instanceof Error && /\b(OOM command not allowed|MISCONF|NOREPLICAS)\b/.test(error.message);
}
