/** The keys of what loader and panel keep in the browser. */

/** Key of the session token. A second chat of one site on the same page (`place` 2) has its own conversation. */
export function sessionKey(site: string, place = 1): string {
  return place > 1 ? `firstword:${site}#${place}` : `firstword:${site}`;
}

/** Key of the messages of the site that this browser has shown. It outlasts its visitors, or each of them would get them again. */
export const shownKey = (site: string) => `${sessionKey(site)}:shown`;

/** Key of a tab's state, in sessionStorage. */
export const tabKey = (session: string) => `${session}:tab`;
