/** The puzzle that a client solves before it is served beyond the first limit, and its solution. */
import { z } from 'zod';

/** Numbers that a solution consists of. Several small puzzles take more even times than a large one. */
export const PROOF_NUMBERS = 8;

/**
 * Find `numbers` different whole numbers n ≥ 0 for which the first 32 bits of SHA-256 of `token:n` (n in decimal) are
 * below 2³² / `tries`. On average, each takes `tries` hashes.
 */
export const challengeSchema = z.object({ token: z.string(), tries: z.int().min(1), numbers: z.int().min(1) });
export type Challenge = z.infer<typeof challengeSchema>;

export const proofSchema = z.object({
  token: z.string().min(1).max(256),
  numbers: z.array(z.int().min(0)).min(1).max(PROOF_NUMBERS),
});
export type Proof = z.infer<typeof proofSchema>;
