/** How agents sign in: options, one-time links, and the session, as the REST API has them. */
import { z } from 'zod';
import { agentViewSchema } from './agent-view.ts';

export const emailSchema = z.string().trim().toLowerCase().max(254).pipe(z.email('must be an e-mail address'));
const passwordSchema = z.string().min(12, 'must have at least 12 characters').max(200);

/** `POST /api/v1/first-run`: creates the first agent with the one-time link's token. */
export const firstRunSchema = z.strictObject({
  token: z.string().min(20).max(200),
  email: emailSchema,
  name: z.string().trim().min(1).max(80),
  password: passwordSchema,
});
/** `POST /api/v1/first-run/link`: what a one-time link is for. */
export const linkQuerySchema = z.strictObject({ token: z.string().min(1).max(200) });
export const linkViewSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('first-run') }),
  z.object({ kind: z.literal('invite'), email: z.string() }),
  z.object({ kind: z.literal('reset'), email: z.string(), name: z.string() }),
]);
export type LinkView = z.infer<typeof linkViewSchema>;
/** `POST /api/v1/session` signs in (cookie `__Host-firstword-agent`; over plain http `firstword-agent`); `DELETE` signs out. */
export const signInSchema = z.strictObject({
  email: emailSchema,
  password: z.string().min(1).max(200),
  /** From the authenticator app, or a recovery code. Needed after `code-required`. */
  code: z.string().trim().min(1).max(40).exactOptional(),
});
export type FirstRun = z.input<typeof firstRunSchema>;
export type SignIn = z.input<typeof signInSchema>;

/** `GET /api/v1/sign-in-options` */
export const signInOptionsSchema = z.object({
  /** Whether agents may sign in with a password. */
  password: z.boolean(),
  /** Absent when there is none. */
  provider: z.object({ label: z.string() }).exactOptional(),
});
export type SignInOptions = z.infer<typeof signInOptionsSchema>;

/** `GET /api/v1/session` (401 when signed out). Every write carries `csrf` in the header `x-csrf-token`. */
export const sessionViewSchema = z.object({
  agent: agentViewSchema,
  csrf: z.string(),
  /** `missing`: this server requires one, and nothing else works before it is set up. */
  secondFactor: z.enum(['on', 'off', 'missing']),
  mode: z.enum(['live', 'demo']),
  /** Ids of all models that an analysis can use. */
  models: z.array(z.string()),
});
export type SessionView = z.infer<typeof sessionViewSchema>;
