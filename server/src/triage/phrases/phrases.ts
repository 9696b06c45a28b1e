/**
 * The syntax of phrases: parts with single spaces between them.
 *
 * | part        | matches                                                                       |
 * |-------------|-------------------------------------------------------------------------------|
 * | `word`      | this word, compared without case and accents                                  |
 * | `begin*`    | a word that begins with it                                                    |
 * | `*end`      | a word that ends with it, after at most three letters (clitics, a lost space) |
 * | `*mid*`     | a word that contains it, after at most three letters                          |
 * | `word~`     | this word with at most one typing slip                                        |
 * | `#`         | a number                                                                      |
 * | `a|b`       | either; `two_words` is one choice of two words                                |
 * | `{set}`     | any entry of the set; entries may have several words                          |
 * | `part?`     | the part or nothing                                                           |
 * | `..`, `..5` | a gap of up to three, or five, words of the same sentence                     |
 * | `^`, `$`    | the start and the end of a sentence; `$` may also be a choice                 |
 *
 * A phrase begins with a word, optionally after `^`. To see what matches a text: `npm run eval -- explain TEXT`.
 */

/** One language's phrases. */
export interface Phrases<Name extends string> {
  /** Comma-separated lists, by name. */
  readonly sets: Readonly<Record<string, string>>;
  readonly phrases: Readonly<Partial<Record<Name, readonly string[]>>>;
}
