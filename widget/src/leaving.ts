/** What happens when a visitor leaves for good: the session ends on the server, and nothing stays in the browser. */
import { attempt } from './attempt.ts';
import { sessionKey } from './kept.ts';

/** Key of a session that its visitor has left, until the server has ended it. */
export const leftKey = (site: string) => `${sessionKey(site)}:left`;

/** Ends a session on the server, also while the page is being left. Without a connection, the next page load tries again. */
export function endSession({ server, site }: { server: string; site: string }, token: string | null | undefined) {
  const key = leftKey(site);
  if (!token) return;
  attempt(() => localStorage.setItem(key, token));
  fetch(`${server}/sessions/end`, { method: 'POST', body: token, keepalive: true }).then(
    ({ ok }) => ok && attempt(() => localStorage.removeItem(key)),
    () => {},
  );
}

/** Removes everything that the site's chats have stored in this browser. */
export function clearKept(site: string): void {
  const own = new RegExp(`^${sessionKey(site)}(?![^:#]|:left|:shown)`);
  for (const area of ['localStorage', 'sessionStorage'] as const)
    attempt(() => {
      for (const key of Object.keys(window[area])) if (own.test(key)) window[area].removeItem(key);
    });
}
