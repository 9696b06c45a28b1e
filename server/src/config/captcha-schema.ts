/** The part of the configuration file that says how the captcha is used. */
import { z } from 'zod';
import { serviceUrlSchema } from './address-schemas.ts';

/** What is not in the environment (`CAPTCHA_PROVIDER`, `CAPTCHA_SITE_KEY`, `CAPTCHA_SECRET_KEY`). */
export const captchaFileSchema = z.strictObject({
  withoutToken: z
    .enum(['refuse', 'proof-of-work'])
    .default('refuse')
    .describe(
      'What happens to a browser that solves the proof of work but brings no token, such as one that blocks the script of the provider: `refuse`, until the minute is over, or accept the `proof-of-work`, as a program could then do as well.',
    ),
  scriptUrl: serviceUrlSchema
    .exactOptional()
    .describe('Script that the widget loads, for a compatible service. Unset: that of the provider.'),
  verifyUrl: serviceUrlSchema
    .exactOptional()
    .describe(
      'Where the server has tokens checked (`siteverify`), for a compatible service. Unset: that of the provider.',
    ),
  allowPrivate: z
    .boolean()
    .default(false)
    .describe('Whether `verifyUrl` may be a private address and speak plain http.'),
});
export type CaptchaFile = z.infer<typeof captchaFileSchema>;
