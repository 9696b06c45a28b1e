/** Random numbers that are the same for the same seed: uniform between 0 and 1, both excluded (xorshift, 32 bits). */
export function createSeededRandom(seed: number): () => number {
  let state = seed | 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return ((state >>> 0) + 0.5) / 2 ** 32;
  };
}
