/** Which choices of a long list match what an agent has typed. Pure. */

export interface Choice {
  readonly label: string;
  readonly aside?: string;
}

/** Each typed word occurs somewhere in the label or beside it, in any order and case. */
export function filterChoices<C extends Choice>(choices: readonly C[], query: string): C[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return choices.filter(({ label, aside = '' }) => {
    const text = `${label} ${aside}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
