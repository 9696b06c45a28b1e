/** The keys under which versions before PostgreSQL stored the use of an installation: calls, felt TTFT and visits. */

export type FormerUsageKey =
  | { readonly kind: 'call-totals' | 'felt-totals' | 'visit-totals'; readonly day: string; readonly siteId: string }
  | { readonly kind: 'conversation' | 'ticket'; readonly id: string }
  | { readonly kind: 'prices'; readonly version: string }
  /** A stream of ledger rows. */
  | { readonly kind: 'rows' }
  /** Nothing that lasts. */
  | { readonly kind: 'index' };

/** Of keys without the prefix. */
const FORMER_USAGE: readonly (readonly [RegExp, (one: string, other: string) => FormerUsageKey])[] = [
  [/^\{ledger\}:day:([\d-]{10}):(.+)(?<!:counted)$/, (day, siteId) => ({ kind: 'call-totals', day, siteId })],
  [/^\{ledger\}:felt:day:([\d-]{10}):(.+)$/, (day, siteId) => ({ kind: 'felt-totals', day, siteId })],
  [/^\{ledger\}:visits:day:([\d-]{10}):(.+)$/, (day, siteId) => ({ kind: 'visit-totals', day, siteId })],
  [/^\{ledger\}:prices:(.+)$/, (version) => ({ kind: 'prices', version })],
  [/^\{p\d+\}:c:([^:]+):cost$/, (id) => ({ kind: 'conversation', id })],
  [/^\{ticket:(.+)\}:cost$/, (id) => ({ kind: 'ticket', id })],
  [/^(?:\{ledger\}:rows|\{p\d+\}:c:[^:]+:calls)$/, () => ({ kind: 'rows' })],
  [/^\{ledger\}:(?:sites:.+|felt:.+|visits:last:.+|rows:counted)$/, () => ({ kind: 'index' })],
];

/** @param key without the prefix; undefined for other keys */
export function readFormerUsageKey(key: string): FormerUsageKey | undefined {
  for (const [pattern, read] of FORMER_USAGE) {
    const found = pattern.exec(key);
    if (found !== null) return read(found[1] ?? '', found[2] ?? '');
  }
  return undefined;
}
