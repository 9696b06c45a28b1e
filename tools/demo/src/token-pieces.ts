/** Splits a text into pieces about as long as a model's tokens. Joined, they are the text again. */

/**
 * Up to six letters or digits with a leading space, one punctuation character, or one white-space character. Every
 * branch is bounded, so a hostile prompt of a megabyte takes linear time.
 */
const PIECE = / ?[\p{L}\p{N}]{1,6}| ?[^\p{L}\p{N}\s]|\s/gu;

export function tokenPieces(text: string): string[] {
  return text.match(PIECE) ?? [];
}

export function countTokens(text: string): number {
  return tokenPieces(text).length;
}
