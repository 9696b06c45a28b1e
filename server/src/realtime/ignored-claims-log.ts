/** Logs what sites state of their visitors in a form that is not allowed: once for each claim, not once for each visitor. */
import type { Log } from '../lib/log.ts';

export type NoteIgnoredClaims = (site: string, claims: readonly string[]) => void;

/** Beyond this many, further ones are not logged. */
const LOGGED_MAX = 500;

export function createIgnoredClaimsLog(log: Pick<Log, 'warn'>): NoteIgnoredClaims {
  const logged = new Set<string>();
  return (site, claims) => {
    const fresh = claims.filter((claim) => !logged.has(`${site} ${claim}`));
    if (fresh.length === 0 || logged.size >= LOGGED_MAX) return;
    for (const claim of fresh) logged.add(`${site} ${claim}`);
    log.warn({ site, claims: fresh, allowed: 'docs/identity.md' }, 'ignoring claims of identity tokens');
  };
}
