/**
 * How word lists are written. A phrase is words with single spaces between: `word`, `begin*`, `*end` (up to three
 * letters may stand before: clitics, a lost space), `word~` (one slip of the keyboard allowed), `#` (a number), `a|b`,
 * `two_words` as one choice, `{set}`; a `?` behind any of these makes it optional. `..` is a gap of up to three words,
 * `..5` of up to five; `^` and `$` are the edges of a sentence, `$` also as a choice. Sets are lists separated by
 * commas, whose entries may have several words.
 */

/** One language's phrases. */
export interface Phrases<Name extends string> {
  readonly sets: Readonly<Record<string, string>>;
  readonly phrases: Readonly<Partial<Record<Name, readonly string[]>>>;
}
