/** The part of the configuration file that says how agents sign in. */
import { AGENT_ROLES, ALL_SITES } from '@firstword/shared/permissions';
import { siteRolesSchema } from '@firstword/shared/team';
import { siteIdSchema } from '@firstword/shared/wire';
import { z } from 'zod';

const domainSchema = z
  .string()
  .toLowerCase()
  .regex(
    /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/,
    'is not a domain. Use the part of the addresses after the @, such as example.com',
  );

const newRoleSchema = z.enum(['agent', 'viewer', 'billing']);
const newRolesSchema = z
  .record(z.union([z.literal(ALL_SITES), siteIdSchema]), newRoleSchema)
  .refine((roles) => Object.keys(roles).length > 0, 'must name a site, or * for all sites');

/** What is not in the environment (`OIDC_ISSUER`, `OIDC_CLIENT_ID`, `OIDC_CLIENT_SECRET`). */
const oidcSchema = z.strictObject({
  label: z
    .string()
    .trim()
    .min(1)
    .max(40)
    .default('single sign-on')
    .describe('Name of the provider on the button: "Sign in with …".'),
  scopes: z
    .array(z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]+$/, 'is not a scope. Use one word, such as email'))
    .min(1)
    .max(20)
    .refine((scopes) => scopes.includes('openid'), 'lacks "openid". Add it, because it makes the sign-in')
    .default(['openid', 'email', 'profile'])
    .describe('Scopes to ask the provider for.'),
  allowedDomains: z
    .array(domainSchema)
    .max(100)
    .default([])
    .describe('Domains whose verified e-mail addresses may sign in this way. Empty: any.'),
  trustEmail: z
    .boolean()
    .default(false)
    .describe(
      'Whether an e-mail address counts as verified when the provider does not say. Only for a provider whose addresses your organization alone assigns, such as one tenant of Microsoft Entra ID.',
    ),
  createAccounts: z
    .boolean()
    .default(false)
    .describe(
      'Whether someone without an account or an invitation gets an account, with the role `newAccountRole`. Needs `allowedDomains` or `roles`.',
    ),
  newAccountRole: z
    .union([newRoleSchema, newRolesSchema])
    .default('agent')
    .describe(
      'Role of such accounts on all sites, or a role for each site, such as `{ "shop": "agent", "help": "viewer" }`. `roles` replaces it.',
    ),
  rolesClaim: z.string().min(1).max(200).default('groups').describe('Claim that `roles` reads: a text or a list.'),
  roles: z
    .record(z.string().min(1).max(200), z.union([z.enum(AGENT_ROLES), siteRolesSchema]))
    .exactOptional()
    .describe(
      'Role by value of the claim, such as `{ "support-leads": "admin", "shop-team": { "shop": "agent", "help": "viewer" } }`. One role counts on all sites of the account; roles by site replace all that it has, and `*` is all sites. The first value that someone has decides at each sign-in; agents who have none are refused. Without it, roles are those of the page Team.',
    ),
});
export type OidcSettings = z.infer<typeof oidcSchema>;

export const signInSchema = z.strictObject({
  requireSecondFactor: z
    .boolean()
    .default(false)
    .describe(
      'Whether every agent who signs in with a password must set up two-step sign-in with an authenticator app before using the console.',
    ),
  passwordSignIn: z
    .boolean()
    .default(true)
    .describe(
      'Whether agents may sign in with a password. Without it, `npm run agent -- reset EMAIL` still prints a link that signs in once.',
    ),
  oidc: oidcSchema
    .prefault({})
    .describe(
      'Sign-in through an OpenID Connect provider, which `OIDC_ISSUER` names ([agents.md](agents.md#single-sign-on)).',
    ),
});
