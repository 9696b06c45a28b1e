/** Accounts, invitations, sessions and API tokens over REST: one schema for each request body and response. */
import { z } from 'zod';
import { agentViewSchema } from './agent-view.ts';
import { AGENT_ROLES, ALL_SITES, API_SCOPES, whyNotTogether } from './permissions.ts';
import { siteNameSchema } from './reports.ts';
import { emailSchema } from './sign-in.ts';
import { siteIdSchema } from './wire.ts';

const SITES_MAX = 500;
const sitesSchema = z.array(siteIdSchema).min(1, 'must name a site; leave it out for all sites').max(SITES_MAX);
/** A role for each site; `*` is all sites, also those that are added later. */
export const siteRolesSchema = z
  .record(z.union([z.literal(ALL_SITES), siteIdSchema]), z.enum(AGENT_ROLES))
  .superRefine((roles, context) => {
    const why = Object.keys(roles).length > SITES_MAX ? `has more than ${SITES_MAX} sites` : whyNotTogether(roles);
    if (why !== undefined) context.addIssue({ code: 'custom', message: why });
  });
const access = { roles: siteRolesSchema };

/** `POST /api/v1/team/invites` */
export const inviteSchema = z.strictObject({ email: emailSchema, ...access });
export type InviteBody = z.input<typeof inviteSchema>;
/** `POST /api/v1/team/:id` */
export const accessSchema = z.strictObject(access);
export type AccessBody = z.input<typeof accessSchema>;

/** `GET /api/v1/team`, and the response to every change of a member. */
export const teamSchema = z.object({
  members: z.array(
    z.object({
      ...agentViewSchema.shape,
      createdAt: z.number(),
      /** Since when the agent can't sign in. */
      deactivatedAt: z.number().exactOptional(),
      /** Whether signing in also needs a code. */
      secondFactor: z.boolean(),
    }),
  ),
  /** Links to create an account that have not been used. */
  invites: z.array(
    z.object({
      ...{ id: z.string(), email: z.string(), expiresAt: z.number() },
      roles: agentViewSchema.shape.roles,
    }),
  ),
  /** Those that the caller may grant. */
  sites: z.array(siteNameSchema),
  /** Whether agents may sign in with a password. */
  passwords: z.boolean(),
});
export type Team = z.infer<typeof teamSchema>;
export type TeamMember = Team['members'][number];

/** The token of a one-time link: `/console/first-run#token=…`. It can't be read again. */
export const oneTimeTokenSchema = z.object({ token: z.string(), expiresAt: z.number() });
export type OneTimeToken = z.infer<typeof oneTimeTokenSchema>;

/** `GET /api/v1/sessions`: where the caller is signed in, last seen first. */
export const sessionListSchema = z.object({
  sessions: z.array(
    z.object({
      id: z.string(),
      /** The browser's `User-Agent` at sign-in. */
      device: z.string(),
      openedAt: z.number(),
      lastSeenAt: z.number(),
      /** The one that asks. */
      current: z.boolean(),
    }),
  ),
});
export type SessionList = z.infer<typeof sessionListSchema>;

/** `POST /api/v1/second-factor/start`: for an authenticator app. Nothing is stored yet. */
export const factorStartSchema = z.object({ secret: z.string(), uri: z.string() });
export type FactorStart = z.infer<typeof factorStartSchema>;
const code = z.string().trim().min(1).max(40);
/** `POST /api/v1/second-factor` */
export const factorEnableSchema = z.strictObject({ secret: z.string().regex(/^[A-Z2-7]{16,64}$/), code });
/** Each works once. They can't be read again. */
export const recoveryCodesSchema = z.object({ recoveryCodes: z.array(z.string()) });
export type RecoveryCodes = z.infer<typeof recoveryCodesSchema>;
/** `POST /api/v1/second-factor/remove` */
export const factorRemoveSchema = z.strictObject({ code });

const TOKEN_DAYS_MAX = 3650;

/** `POST /api/v1/api-tokens` */
export const newTokenSchema = z.strictObject({
  name: z.string().trim().min(1).max(80),
  scope: z.enum(API_SCOPES),
  sites: sitesSchema.exactOptional(),
  /** Days until it ends; without it, it ends when it is deleted. */
  days: z.int().min(1).max(TOKEN_DAYS_MAX).exactOptional(),
});
export type NewToken = z.input<typeof newTokenSchema>;
/** The token can't be read again. */
export const createdTokenSchema = z.object({ token: z.string(), id: z.string() });
export type CreatedToken = z.infer<typeof createdTokenSchema>;

/** `GET /api/v1/api-tokens` */
export const tokenListSchema = z.object({
  /** Oldest first. */
  tokens: z.array(
    z.object({
      ...{ id: z.string(), name: z.string(), scope: z.enum(API_SCOPES), createdAt: z.number() },
      sites: z.array(z.string()).exactOptional(),
      expiresAt: z.number().exactOptional(),
      lastUsedAt: z.number().exactOptional(),
      /** The name of the agent who made it, with whom it ends; absent for one that a command made. */
      madeBy: z.string().exactOptional(),
      /** The agent who made it may no longer do all (`partly`) or anything (`fully`) of what it is for, so it can't, either. */
      limited: z.enum(['partly', 'fully']).exactOptional(),
    }),
  ),
  sites: z.array(siteNameSchema),
});
export type TokenList = z.infer<typeof tokenListSchema>;
