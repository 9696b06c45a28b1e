/** Reads identity tokens, only to tell visitors apart; the server verifies them. */

function claimsOf(token: string): { sub?: unknown } {
  try {
    return JSON.parse(atob((token.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/')));
  } catch {
    return {};
  }
}

/** The site's own id of the visitor; undefined for a token that can't be read, which the server refuses. */
export function subjectOf(token: string): string | undefined {
  const { sub } = claimsOf(token);
  return typeof sub === 'string' ? sub : undefined;
}

/** Whether the token is another visitor's than the one known so far. A visitor who was unknown may sign in. */
export function isOthers(token: string, known: string | undefined): boolean {
  const subject = subjectOf(token);
  return known !== undefined && subject !== undefined && subject !== known;
}
