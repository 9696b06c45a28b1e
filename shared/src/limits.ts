/** Sizes and times that server and browsers must agree on. Free of imports, so that browsers can take values from it. */

/** Characters (UTF-16 code units) of one visitor message after trimming. */
export const MESSAGE_TEXT_MAX = 4000;
/** Messages in one page of history. */
export const HISTORY_PAGE_MAX = 50;
/** Messages that `session-start` and `resync` carry. */
export const SNAPSHOT_MESSAGES = 50;
/** Characters of free text in a rating's reason or a closing comment. */
export const COMMENT_TEXT_MAX = 1000;
/** Characters of a visitor's name. */
export const NAME_TEXT_MAX = 80;
/** One Socket.IO packet in bytes; a larger one closes the transport. */
export const SOCKET_PACKET_MAX_BYTES = 64 * 1024;
