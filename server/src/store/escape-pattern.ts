/** A text as part of a pattern of SCAN, where it matches only itself. */
export const escapePattern = (text: string) => text.replace(/[[\]?*\\]/g, '\\$&');
