/** Numbers the chats of one site on one page, so that each keeps a conversation of its own. */

export interface MountPlace {
  /** A freed number is used again, so that a chat finds its conversation after a page load. */
  readonly number: number;
  free(): void;
}

const QUESTION = 'firstword:places';

/** Chats may come from different scripts and live in closed shadow roots, so they ask one another by an event. */
export function takePlace(site: string): MountPlace {
  const taken = new Set<number>();
  document.dispatchEvent(new CustomEvent(QUESTION, { detail: { site, taken } }));
  // The launcher's script has the first place.
  let number = document.querySelector(`script[data-site="${CSS.escape(site)}"]`) ? 2 : 1;
  while (taken.has(number)) number += 1;
  const answer = (event: Event) => {
    if (!(event instanceof CustomEvent)) return;
    const asked: { site?: unknown; taken?: unknown } = event.detail ?? {};
    if (asked.site === site && asked.taken instanceof Set) asked.taken.add(number);
  };
  document.addEventListener(QUESTION, answer);
  return { number, free: () => document.removeEventListener(QUESTION, answer) };
}
