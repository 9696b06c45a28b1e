/** Compares a sentence of an answer with one place of an article. Pure. */
import { type Amount, isRival, statesAmount } from './amounts.ts';
import { beginningOf, type Place, type ReadSource, type Segment } from './article-places.ts';
import type { Claim } from './claim.ts';
import { isCounted } from './number-words.ts';
import { promisesIn, saysAll, saysSome } from './strong-claims.ts';

/** Words of the title and the heading above count this much. */
const AROUND = 0.8;
/** A word of which only the beginning is there ("nightly", "every night") counts this much. */
const BEGINNING = 0.7;
/** A clause adds something if the article lacks this many of its words, and this share of their weight. */
const ADDED_WORDS = 2;
const ADDED_SHARE = 0.5;

/** How much of the sentence's meaning the place has, 0…1. */
export function shareOf({ words, amounts, amountWords }: Claim, place: Place): number {
  let found = 0;
  let all = 0;
  let inAmounts = 0;
  for (const [word, weight] of words) {
    all += weight;
    if (place.own.has(word)) found += weight;
    else if (amountWords.has(word)) inAmounts += weight;
    else if (place.around.has(word)) found += weight * AROUND;
    else if (beginningOf(word).some((beginning) => place.beginnings.has(beginning))) found += weight * BEGINNING;
  }
  const hasAmounts = inAmounts > 0 && amounts.every((amount) => statesAmount(place.amounts, amount));
  return all === 0 ? 1 : (found + (hasAmounts ? inAmounts : 0)) / all;
}

/** Whether all that a false sentence must not change is there: amounts, names, promises and order. */
export function states(place: Place, claim: Claim): boolean {
  const promised = promisesIn(place.folded);
  return (
    claim.promises.every((promise) => promised.includes(promise)) &&
    claim.amounts.every((amount) => statesAmount(place.amounts, amount) && isBoundAt(place, amount)) &&
    (claim.isForeign ||
      (claim.names.every((name) => hasName(place.folded, name)) &&
        [...claim.orders].every(([what, isBefore]) => (place.orders.get(what) ?? isBefore) === isBefore) &&
        !isRuleOfSome(place, claim) &&
        !isOfAnother(place, claim)))
  );
}

/** Not inside another word: "Light" is not in "flight". */
function hasName(folded: string, name: string): boolean {
  for (let at = folded.indexOf(name); at >= 0; at = folded.indexOf(name, at + 1))
    if (!/\p{L}/u.test(folded.charAt(at - 1)) || !/^\p{L}/u.test(name)) return true;
  return false;
}

/** "At least 30 days" where the article says "up to 30 days", and nothing about more. */
function isBoundAt({ segments }: Place, claimed: Amount): boolean {
  if (claimed.bound === undefined) return true;
  return segments.some(
    ({ amounts, bounds }) =>
      (bounds.length === 0 || bounds.includes(claimed.bound ?? 'most')) && statesAmount(amounts, claimed),
  );
}

/** "All orders" where the article says it of some. */
const isRuleOfSome = ({ folded, amounts }: Place, claim: Claim) =>
  claim.saysAll && !saysAll(folded) && (saysSome(folded) || amounts.some(({ bound }) => bound !== undefined));

/** Whether what the sentence says is there, but of another subject than it names. */
export function isOfAnother(place: Place, claim: Claim): boolean {
  if (place.sides.some((sides) => mixes(sides, claim))) return true;
  return claim.prices.some((amount) => {
    const between = compareSegments(place.segments, amount, claim);
    if (between !== undefined && between.others > between.own) return true;
    // Within a sentence the parts leave out what they share: "standard delivery costs €5 and express €12".
    return place.parts.some((parts) => {
      const within = compareSegments(parts, amount, claim);
      return within !== undefined && within.others > 0 && within.ownShare < 1 && within.othersShare >= within.ownShare;
    });
  });
}

/** Takes some of the words that only one side has, and some of the other's: "upgrades at the end of the period". */
function mixes(sides: readonly Segment[], claim: Claim): boolean {
  const shares = sides.map((side) => {
    const own = without(
      side,
      sides.filter((other) => other !== side),
    );
    return { touched: own.filter((word) => claim.words.has(word)).length, of: own.length };
  });
  const touched = shares.filter((share) => share.touched > 0);
  return touched.length > 1 && touched.every((share) => share.touched < share.of);
}

const without = ({ words }: Segment, others: readonly Segment[]) =>
  [...words].filter((word) => !isCounted(word) && !others.some((other) => other.words.has(word)));

/** What only the segments with this amount have of the claim, and what only those with another amount have. */
function compareSegments(segments: readonly Segment[], amount: Amount, claim: Claim) {
  const stating = segments.filter(({ amounts }) => statesAmount(amounts, amount));
  const rivals = segments.filter(
    (segment) =>
      !stating.includes(segment) &&
      segment.amounts.some((other) => isRival(other, amount) && !statesAmount(claim.prices, other)),
  );
  if (stating.length === 0 || rivals.length === 0) return undefined;
  const read = (of: readonly Segment[], others: readonly Segment[]) => {
    const words = [...new Set(of.flatMap((segment) => without(segment, others)))];
    const claimed = words.filter((word) => claim.words.has(word));
    const weight = claimed.reduce((sum, word) => sum + (claim.words.get(word) ?? 0), 0);
    return { weight, share: words.length === 0 ? 1 : claimed.length / words.length };
  };
  const own = read(stating, rivals);
  const others = read(rivals, stating);
  return {
    own: own.weight,
    others: others.weight,
    ownShare: own.share,
    othersShare: others.weight === 0 ? 0 : others.share,
  };
}

/** Whether the place's own sentence has another amount where the claim has this one. */
export function contradicts({ segments: [own] }: Place, claim: Claim): boolean {
  if (own === undefined) return false;
  return claim.prices.some(
    (amount) => !statesAmount(own.amounts, amount) && own.amounts.some((other) => isRival(other, amount)),
  );
}

/** Whether the word that begins the sentence, mostly its subject, is missing there, and the article says other things of it. */
export function isOfOtherSubject({ own, around, beginnings }: Place, claim: Claim, { words }: ReadSource): boolean {
  const subject = [...claim.words.keys()].find((word) => !isCounted(word));
  if (subject === undefined || own.has(subject) || around.has(subject)) return false;
  return words.has(subject) && !beginningOf(subject).some((beginning) => beginnings.has(beginning));
}

/** Whether a clause of the sentence says what the article doesn't mention. */
export const addsMuch = (claim: Claim, { words }: ReadSource) =>
  claim.clauses.some((clause) => {
    const weight = (word: string) => claim.words.get(word) ?? 0;
    const all = [...clause.words].filter((word) => !claim.amountWords.has(word));
    const missing = all.filter((word) => !words.has(word));
    const sum = (list: readonly string[]) => list.reduce((total, word) => total + weight(word), 0);
    return missing.length >= ADDED_WORDS && sum(missing) >= ADDED_SHARE * sum(all);
  });

/**
 * Whether the article denies it there: in the clause that shares most with the sentence, in one that alone shares a word, or
 * in the heading or introduction of its list.
 */
export function isDeniedAt(claim: Claim, { clauses, isDeniedAround }: Place): boolean {
  if (isDeniedAround) return true;
  const sharing = new Map<string, number>();
  for (const { words } of clauses)
    for (const word of words) if (claim.words.has(word)) sharing.set(word, (sharing.get(word) ?? 0) + 1);
  const sharesAlone = (words: ReadonlySet<string>) => [...words].some((word) => sharing.get(word) === 1);
  const rules = clauses.filter(({ isException }) => !isException);
  const exception = clauses.find(({ isException, words }) => isException && sharesAlone(words));
  if (exception !== undefined && !claim.clauses.some(({ isException }) => isException)) return exception.isDenied;
  let nearest = rules[0];
  let most = 0;
  for (const clause of rules) {
    let weight = 0;
    for (const word of clause.words) weight += claim.words.get(word) ?? 0;
    if (weight > most) [nearest, most] = [clause, weight];
  }
  if (most > 0 && nearest?.isDenied) return true;
  return rules.some(({ words, isDenied }) => isDenied && sharesAlone(words));
}
