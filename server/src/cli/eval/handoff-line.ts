/** One line of the hand-off evaluation: how many cases of a family the rules hand off, against its threshold. */
import { rounded, share } from './figures.ts';

export interface HandOffLine {
  /** Where the cases come from: `own` or the data set. */
  readonly set: string;
  readonly family: string;
  readonly cases: number;
  /** Cases that the rule matched; for `ordinary`, any rule. */
  readonly hits: number;
  readonly share: number;
  readonly threshold?: { readonly least?: number; readonly most?: number };
  readonly held: boolean;
  /** The first wrong cases. */
  readonly wrong: readonly string[];
}

/** At most 3 % of ordinary questions may be handed off. */
export const ORDINARY = { most: 0.03 };
const WRONG_SHOWN = 12;
/** Families of which no message should be handed off. */
const UNWANTED = ['ordinary', 'in conversation'];

export function line(
  set: string,
  family: string,
  texts: readonly string[],
  isHit: (text: string) => boolean,
  threshold?: HandOffLine['threshold'],
): HandOffLine {
  return judgedLine(
    set,
    family,
    texts.map((text) => ({ text, hit: isHit(text) })),
    threshold,
  );
}

export function judgedLine(
  set: string,
  family: string,
  judged: readonly { readonly text: string; readonly hit: boolean }[],
  threshold: HandOffLine['threshold'],
): HandOffLine {
  const hits = judged.filter(({ hit }) => hit).length;
  const part = share(hits, judged.length);
  const { least = 0, most = 1 } = threshold ?? {};
  return {
    set,
    family,
    cases: judged.length,
    hits,
    share: rounded(part, 4),
    ...(threshold === undefined ? {} : { threshold }),
    held: threshold === undefined || (part >= least && part <= most),
    wrong: judged
      .filter(({ hit }) => family !== 'either way' && hit === UNWANTED.includes(family))
      .map(({ text }) => text)
      .slice(0, WRONG_SHOWN),
  };
}
