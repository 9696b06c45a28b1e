/**
 * The trace of an erased conversation: its head has the field `erased`, and nothing else. Scripts that could bring data back, such
 * as the last notice of a turn that was running, refuse with `ERASED`.
 */
export const ERASED = 'ERASED This conversation was deleted';

export function isErased(error: unknown): boolean {
  return error instanceof Error && error.message === ERASED;
}

/** A line of Lua. @param head as the script names it, such as `KEYS[1]` */
export const refuseErased = (head: string) =>
  `if redis.call('HEXISTS', ${head}, 'erased') == 1 then return redis.error_reply('${ERASED}') end`;

/** As long as the archive knows of it: no event of a conversation is delivered later. */
export const KEEP_ERASED_MS = 30 * 24 * 60 * 60 * 1000;
