/** Limits that server and browsers share. Free of imports, so that browsers can import values from it. */

/** Length of a visitor message after trimming, in UTF-16 code units. */
export const MESSAGE_TEXT_MAX = 4000;
/** Length of a draft that a widget may send while its visitor types, in UTF-16 code units. */
export const DRAFT_TEXT_MAX = 1000;
/** Drafts that are answered in advance for one message. */
export const DRAFTS_PER_MESSAGE = 2;
/** Messages per page of history. */
export const HISTORY_PAGE_MAX = 50;
/** Messages in `session-start` and `resync`. */
export const SNAPSHOT_MESSAGES = 50;
/** What a saved view lists is counted up to this number. */
export const VIEW_COUNT_MAX = 1000;
/** Length of a rating's reason or comment, in characters. */
export const COMMENT_TEXT_MAX = 1000;
/** Files that one reply of an agent carries. */
export const ATTACHMENTS_MAX = 10;
/** Tags of one ticket. */
export const TAGS_MAX = 20;
/** Length of a tag, in characters. */
export const TAG_TEXT_MAX = 40;
/** Length of the shortcut of a canned reply, in characters. */
export const SHORTCUT_MAX = 40;
/** Length of a visitor's name, in characters. */
export const NAME_TEXT_MAX = 80;
/** Length of a search in the articles, in UTF-16 code units. */
export const SEARCH_TEXT_MAX = 200;
/** Highest number of a message or a version that a request names: PostgreSQL compares few higher ones. */
export const NUMBER_MAX = 2_000_000_000;
/** Size of one Socket.IO packet, in bytes; a larger one closes the connection. */
export const SOCKET_PACKET_MAX_BYTES = 64 * 1024;
