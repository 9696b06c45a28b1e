/** What goes on where a full Redis refuses to store: its work is needed most then. */

/** For `catch`: the value where Redis is full. Throws any other error. */
export const whenFull =
  <Value>(value: Value) =>
  (error: unknown): Value => {
    if (error instanceof Error && error.message.startsWith('OOM')) return value;
    throw error;
  };
