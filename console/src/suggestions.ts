/** Which suggestions fit what is being typed after a mark such as `/`, and what they replace. Pure. */

export interface Trigger {
  /** From the mark to the caret. */
  readonly start: number;
  readonly end: number;
  /** What is typed after the mark, in lower case. */
  readonly query: string;
}

export interface Suggestion {
  readonly id: string;
  readonly label: string;
  readonly aside: string;
}

const SUGGESTIONS_MAX = 8;
/** Longer queries match nothing. */
const QUERY_MAX = 40;

/** The mark begins a word, so that "and/or" and an e-mail address open nothing. */
export function findTrigger(text: string, caret: number, mark: '/' | '@'): Trigger | undefined {
  const start = text.slice(0, caret).lastIndexOf(mark);
  if (start === -1 || caret - start > QUERY_MAX || (start > 0 && !/\s/.test(text[start - 1] ?? ''))) return undefined;
  const query = text.slice(start + 1, caret);
  return /\s/.test(query) ? undefined : { start, end: caret, query: query.toLowerCase() };
}

/** Those whose label begins with the query come first, then those that contain it. */
export function rankSuggestions<S extends Suggestion>(suggestions: readonly S[], query: string): S[] {
  const rank = ({ label, aside }: Suggestion) => {
    const place = label.toLowerCase().indexOf(query);
    if (place === 0) return 0;
    if (place > 0) return 1;
    return aside.toLowerCase().includes(query) ? 2 : 3;
  };
  return suggestions
    .filter((suggestion) => rank(suggestion) < 3)
    .toSorted((one, other) => rank(one) - rank(other))
    .slice(0, SUGGESTIONS_MAX);
}
