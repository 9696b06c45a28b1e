/** Cuts a text into pieces about as long as a language model's tokens; joined again they are the text. */

/**
 * Up to six letters or digits with the space before them, one sign, or one white-space character. Every branch is
 * bounded, so a hostile prompt of a megabyte is still counted in linear time.
 */
const PIECE = / ?[\p{L}\p{N}]{1,6}| ?[^\p{L}\p{N}\s]|\s/gu;

export function tokenPieces(text: string): string[] {
  return text.match(PIECE) ?? [];
}

export function countTokens(text: string): number {
  return tokenPieces(text).length;
}
