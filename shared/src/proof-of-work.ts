/** The puzzle that a client solves before it is served beyond the first limit, and its solution. */
import { z } from 'zod';

/** Numbers that a solution consists of. Several small puzzles take more even times than a large one. */
export const PROOF_NUMBERS = 8;

export const CAPTCHA_PROVIDERS = ['turnstile', 'hcaptcha'] as const;
/** Those of Turnstile have up to 2048 characters, those of hCaptcha a few thousand. */
const CAPTCHA_TOKEN_MAX = 8192;

/** A check for programs by a provider, whose script runs in the page. */
const captchaSchema = z.object({ provider: z.enum(CAPTCHA_PROVIDERS), siteKey: z.string(), scriptUrl: z.string() });
export type Captcha = z.infer<typeof captchaSchema>;

/**
 * Find `numbers` different whole numbers n ≥ 0 for which the first 32 bits of SHA-256 of `token:n` (n in decimal) are
 * below 2³² / `tries`. On average, each takes `tries` hashes.
 */
export const challengeSchema = z.object({
  token: z.string(),
  tries: z.int().min(1),
  numbers: z.int().min(1),
  /** To be solved as well. */
  captcha: captchaSchema.exactOptional(),
});
export type Challenge = z.infer<typeof challengeSchema>;

export const proofSchema = z.object({
  token: z.string().min(1).max(256),
  numbers: z.array(z.int().min(0)).min(1).max(PROOF_NUMBERS),
  /** The provider's token, where the challenge names a captcha. */
  captcha: z.string().min(1).max(CAPTCHA_TOKEN_MAX).optional(),
});
export type Proof = z.infer<typeof proofSchema>;
