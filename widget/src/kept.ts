/** What loader and panel share of the values kept in the browser: their keys, and how all of them are removed. */

/** Key of the session token. A second chat of one site on the same page (`place` 2) has its own conversation. */
export function sessionKey(site: string, place = 1): string {
  return place > 1 ? `firstword:${site}#${place}` : `firstword:${site}`;
}

/** Key of a tab's state, in sessionStorage. */
export const tabKey = (session: string) => `${session}:tab`;

/** Removes everything that the site's chats have stored in this browser. */
export function clearKept(site: string): void {
  const own = new RegExp(`^${sessionKey(site)}(?![^:#])`);
  for (const storage of [() => localStorage, () => sessionStorage]) {
    try {
      const kept = storage();
      for (const key of Object.keys(kept)) if (own.test(key)) kept.removeItem(key);
    } catch {
      // Blocked storage is empty.
    }
  }
}
