/** Reads an article for the sentence check: its places, each a sentence with the words, amounts and denials around it. */
import { foldLetters } from '../lib/fold-letters.ts';
import { type Amount, amountsIn } from './amounts.ts';
import { articleUnits } from './article-units.ts';
import { polarClauses } from './clauses.ts';
import type { Knowledge } from './knowledge.ts';
import { detectLanguage } from './language.ts';
import { denies } from './negations.ts';

export interface CheckedSource {
  readonly n: number;
  readonly title: string;
  readonly text: string;
}

export interface Clause {
  readonly words: ReadonlySet<string>;
  readonly isDenied: boolean;
}

/** An article, read for checking. */
export interface ReadSource {
  readonly language: string | undefined;
  readonly places: readonly Place[];
}

export interface Place {
  /** The sentence that a citation shows. */
  readonly text: string;
  readonly own: ReadonlySet<string>;
  /** Words of the title, the heading and the sentence before. */
  readonly around: ReadonlySet<string>;
  readonly amounts: readonly Amount[];
  /** All its words, with those around it. */
  readonly folded: string;
  readonly clauses: readonly Clause[];
  /** Whether the heading or the introduction of its list denies it. */
  readonly isDeniedAround: boolean;
}

/** Each unit, and each with the one after it, because a sentence may join two. */
export function readSource({ title, text }: CheckedSource, knowledge: Pick<Knowledge, 'weighWords'>): ReadSource {
  const language = detectLanguage(`${title}\n${text}`);
  const wordsOf = (part: string) => new Set(knowledge.weighWords(part, language).keys());
  const titleWords = wordsOf(title);
  const titleAmounts = amountsIn(title);
  const units = articleUnits(text);
  const single = units.map((unit): Place => {
    const around = `${unit.heading}. ${unit.before}`;
    const clauses = polarClauses(unit.text).map((clause) => ({ words: wordsOf(clause), isDenied: denies(clause) }));
    return {
      text: unit.text,
      own: wordsOf(unit.text),
      around: new Set([...titleWords, ...wordsOf(around)]),
      amounts: [...amountsIn(`${unit.text}. ${around}`), ...titleAmounts],
      folded: foldLetters(`${unit.text} ${around} ${title}`),
      clauses,
      isDeniedAround: unit.isBullet && (denies(unit.heading) || denies(unit.before)),
    };
  });
  const pairs = single.flatMap((place, at): Place[] => {
    const next = single[at + 1];
    if (
      next === undefined ||
      units[at]?.isBullet ||
      next.isDeniedAround ||
      units[at + 1]?.heading !== units[at]?.heading
    )
      return [];
    return [
      {
        ...place,
        text: `${place.text} ${next.text}`,
        own: new Set([...place.own, ...next.own]),
        around: new Set([...place.around, ...next.around]),
        amounts: [...place.amounts, ...next.amounts],
        folded: `${place.folded} ${next.folded}`,
        clauses: [...place.clauses, ...next.clauses],
      },
    ];
  });
  return { language, places: [...single, ...pairs] };
}
