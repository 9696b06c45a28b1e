/**
 * How a person types a text: the time before each key, and before Enter. Log-normal, which fits keystroke times of free
 * text well; only the log-logistic fits better (N. González, E. Calot, J. Ierache, W. Hasperué: On the shape of timings
 * distributions in free-text keystroke dynamics profiles. Heliyon 7, 2021, e08413). Pauses are longer before words than
 * within them, and longest between clauses (J. Roeser et al.: Modelling typing disfluencies as finite mixture process.
 * Reading and Writing 37, 2024). The papers do not give our spreads: those are assumptions.
 */

interface LogNormal {
  readonly medianMs: number;
  /** Standard deviation of the logarithm. */
  readonly spread: number;
}

export const WITHIN_WORD: LogNormal = { medianMs: 170, spread: 0.4 };
export const BEFORE_WORD: LogNormal = { medianMs: 255, spread: 0.5 };
export const BEFORE_CLAUSE: LogNormal = { medianMs: 600, spread: 0.6 };
export const BEFORE_ENTER: LogNormal = { medianMs: 450, spread: 0.5 };

export interface Keystrokes {
  /** For each character, the time since the one before; 0 for the first. */
  readonly gapsMs: readonly number[];
  readonly beforeEnterMs: number;
}

/** @param random uniform between 0 and 1, both excluded */
export function typeText(text: string, random: () => number): Keystrokes {
  const draw = ({ medianMs, spread }: LogNormal) =>
    medianMs * Math.exp(spread * Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random()));
  const gapsMs = [...text].map((_, at) => {
    if (at === 0) return 0;
    if (text[at - 1] !== ' ') return draw(WITHIN_WORD);
    return draw(/[.,;:!?]/.test(text[at - 2] ?? '') ? BEFORE_CLAUSE : BEFORE_WORD);
  });
  return { gapsMs, beforeEnterMs: draw(BEFORE_ENTER) };
}
