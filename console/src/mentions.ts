/** Which agents a note mentions, and where. Pure. */

interface Agent {
  readonly id: string;
  readonly name: string;
}

export type NotePart = { readonly text: string; readonly isMention: boolean };

/** Names are matched as a whole, the longest first: "@Ann Lee" doesn't mention Ann. */
export function mentionedIn<A extends Agent>(text: string, agents: readonly A[]): A[] {
  const names = new Set(
    splitNote(text, agents).flatMap(({ text: part, isMention }) => (isMention ? part.slice(1) : [])),
  );
  return agents.filter(({ name }) => names.has(name));
}

export function splitNote(text: string, agents: readonly Agent[]): NotePart[] {
  const longestFirst = agents.map(({ name }) => name).toSorted((one, other) => other.length - one.length);
  const parts: NotePart[] = [];
  let from = 0;
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    const name = longestFirst.find((candidate) => text.startsWith(candidate, at + 1));
    if (name === undefined || /[\p{L}\p{N}]/u.test(text[at - 1] ?? '')) continue;
    if (at > from) parts.push({ text: text.slice(from, at), isMention: false });
    from = at + 1 + name.length;
    parts.push({ text: text.slice(at, from), isMention: true });
    at = from - 1;
  }
  if (from < text.length) parts.push({ text: text.slice(from), isMention: false });
  return parts;
}
