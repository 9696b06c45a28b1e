/** A site's settings for known visitors. `docs/identity.md` explains them. */
import { z } from 'zod';

const secretSchema = z.string().min(32);
const keysSchema = z
  .strictObject({
    url: z.url().max(2048).describe('URL of a JSON Web Key Set. It must be https.'),
    allowPrivate: z
      .boolean()
      .default(false)
      .describe('Allows an address in your private network, and plain http. Set it only for your own server.'),
  })
  .refine(
    ({ url, allowPrivate }) => url.startsWith('https:') || (allowPrivate && url.startsWith('http:')),
    'has a URL that is not https. Use an https:// URL, or set allowPrivate for a server in your own network',
  );

export const identitySettings = {
  identity: z
    .enum(['off', 'optional', 'required'])
    .default('optional')
    .describe(
      'Whether visitors are identified by a token that your server signs. `optional` also lets others chat, `required` does not. `off` ignores tokens and ends the sessions opened with them.',
    ),
  identitySecret: secretSchema
    .optional()
    .describe(
      'Verifies the identity tokens (JWT, HS256) of signed-in visitors. At least 32 characters, best given as `"$NAME"`.',
    ),
  formerIdentitySecrets: z
    .array(secretSchema)
    .max(5)
    .default([])
    .describe('Secrets that are still accepted while `identitySecret` replaces them.'),
  identityKeys: keysSchema
    .optional()
    .describe('Verifies identity tokens that are signed with a private key (RS256, ES256 or EdDSA).'),
  identityUserHash: z
    .boolean()
    .default(false)
    .describe(
      "Also accepts `<id>.<HMAC>` as a token: the visitor's id and its HMAC-SHA256 with `identitySecret`, in hexadecimal digits. It never expires and works in every browser, so prefer a JWT.",
    ),
};
