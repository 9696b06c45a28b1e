/** What is done where Redis refuses to store. */

/** Redis has no memory or disk left, or too few replicas. Reads still work. */
export function rejectsWrites(error: unknown): boolean {
  return error instanceof Error && /\b(OOM command not allowed|MISCONF|NOREPLICAS)\b/.test(error.message);
}

/** For `catch`: the value where Redis is full. Throws any other error. */
export const whenFull =
  <Value>(value: Value) =>
  (error: unknown): Value => {
    if (error instanceof Error && error.message.startsWith('OOM')) return value;
    throw error;
  };
