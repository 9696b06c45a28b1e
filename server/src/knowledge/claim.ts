/** Reads a sentence of an answer for the sentence check: its words, amounts, names, promises and denials. */
import { foldLetters } from '../lib/fold-letters.ts';
import { type Amount, amountsIn, isOfAmount } from './amounts.ts';
import { type Clause, clausesIn } from './article-places.ts';
import { withEqualPhrases } from './equal-phrases.ts';
import { denies } from './negations.ts';
import { namesIn } from './sentence-names.ts';
import { freeIn, ordersIn, type Promised, promisesIn, saysAll, saysSome } from './strong-claims.ts';

export interface Claim {
  /** Each with its rarity in the articles; what it denies is compared apart. */
  readonly words: ReadonlyMap<string, number>;
  readonly amounts: readonly Amount[];
  /** Words of amounts, which an article may write in another way: "two weeks", "14 days". */
  readonly amountWords: ReadonlySet<string>;
  /** With what is free. */
  readonly prices: readonly Amount[];
  readonly names: readonly string[];
  readonly promises: readonly Promised[];
  /** Without a limit or condition. */
  readonly saysAll: boolean;
  readonly orders: ReadonlyMap<string, boolean>;
  /** Each clause's own words: what is only joined to a supported clause needs support, too. */
  readonly clauses: readonly Clause[];
  /** Without its exceptions. */
  readonly isDenied: boolean;
  readonly isForeign: boolean;
  /** A sentence with several clauses may join two of the article. */
  readonly joinsTwo: boolean;
}

/** A sentence with more is a list of data; each is compared with all of the articles. */
const AMOUNTS_MAX = 20;

export function readClaim(
  sentence: string,
  weigh: (text: string) => ReadonlyMap<string, number>,
  isForeign: boolean,
): Claim {
  const said = withEqualPhrases(sentence);
  const meaning = (text: string) => new Map([...weigh(text)].filter(([word]) => !denies(word)));
  const folded = foldLetters(said);
  const amounts = amountsIn(sentence).slice(0, AMOUNTS_MAX);
  const words = meaning(said);
  const clauses = clausesIn(sentence, (part) => new Set(meaning(part).keys()));
  return {
    words,
    amounts,
    amountWords: new Set(amounts.length === 0 ? [] : [...words.keys()].filter(isOfAmount)),
    prices: [...amounts, ...freeIn(folded)],
    names: namesIn(sentence),
    promises: promisesIn(folded),
    saysAll: saysAll(folded) && !saysSome(folded) && amounts.every(({ bound }) => bound === undefined),
    orders: ordersIn(foldLetters(sentence)),
    clauses,
    isDenied: clauses.some((clause) => clause.isDenied && !clause.isException),
    isForeign,
    joinsTwo:
      /[,;:，、；：]|\s(?:and|but|und|aber|et|mais|y|pero|e|ma|en|maar|i|ale|ve|ama|which|when|if|with|as)\s/iu.test(
        sentence,
      ),
  };
}
