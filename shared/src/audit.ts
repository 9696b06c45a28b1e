/** The audit log: who did what, when and from where, as it is stored, listed and exported. */
import { z } from 'zod';
import { siteNameSchema } from './reports.ts';
import { siteIdSchema } from './wire.ts';

/** Everything that is recorded, in the order of the console's filter. */
const AUDIT_ACTIONS = [
  'signed-in',
  'sign-in-refused',
  'sign-in-locked',
  'signed-out',
  'session-ended',
  'link-created',
  'link-withdrawn',
  'account-created',
  'account-removed',
  'role-changed',
  'password-changed',
  'provider-linked',
  'provider-unlinked',
  'second-factor-changed',
  'token-created',
  'token-changed',
  'token-removed',
  'setting-changed',
  'model-calls-stopped',
  'model-calls-resumed',
  'benchmark-changed',
  'evaluation-changed',
  'conversation-read',
  'conversation-replayed',
  'searched',
  'exported',
  'erased',
  'knowledge-changed',
  'tickets-changed',
  'reply-sent',
  'proposal-approved',
  'proposal-rejected',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** `operator`: a command on the server; `system`: the product itself; `unknown`: someone who is not signed in. */
const AUDIT_ACTORS = ['agent', 'program', 'visitor', 'operator', 'system', 'unknown'] as const;

const valuesSchema = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]),
);

export const auditEntrySchema = z.object({
  id: z.string(),
  /** Milliseconds since 1970. */
  at: z.number(),
  actor: z.object({
    kind: z.enum(AUDIT_ACTORS),
    id: z.string().exactOptional(),
    /** As it was then, such as an agent's name or the e-mail address of a failed sign-in. */
    name: z.string().exactOptional(),
  }),
  action: z.enum(AUDIT_ACTIONS),
  /** What it was done to: `{ kind: 'conversation', id: '…' }`. */
  target: z.object({ kind: z.string(), id: z.string(), name: z.string().exactOptional() }).exactOptional(),
  siteId: z.string().exactOptional(),
  /** The values that changed. Never a secret. */
  before: valuesSchema.exactOptional(),
  after: valuesSchema.exactOptional(),
  /** The network address that it was done from. */
  address: z.string().exactOptional(),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;

/** Entries of one page, and of one export. */
const PAGE_MAX = 200;
const AUDIT_EXPORT_MAX = 10_000;
const day = z.iso.date('is not a day. Use YYYY-MM-DD, such as 2026-05-20');

/** `GET /api/v1/audit` */
export const auditQuerySchema = z
  .strictObject({
    site: siteIdSchema.optional(),
    action: z.enum(AUDIT_ACTIONS).optional(),
    /** Id of an agent or a program. */
    actor: z.string().min(1).max(64).optional(),
    /** Id of what it was done to, such as a conversation's. */
    target: z.string().min(1).max(254).optional(),
    /** First and last day, in UTC. */
    from: day.optional(),
    to: day.optional(),
    cursor: z.string().min(1).max(200).optional(),
    limit: z.coerce.number().int().min(1).max(AUDIT_EXPORT_MAX).default(50),
    /** `jsonl` and `csv` are files, whose response header `x-next-cursor` names the next one. */
    format: z.enum(['json', 'jsonl', 'csv']).default('json'),
  })
  .refine(({ format, limit }) => format !== 'json' || limit <= PAGE_MAX, {
    path: ['limit'],
    message: `is at most ${PAGE_MAX} with the format json`,
  });

export const auditListSchema = z.object({
  /** The newest first. */
  entries: z.array(auditEntrySchema),
  /** The cursor of the next page; absent on the last one. */
  next: z.string().exactOptional(),
  /** All sites, whatever the filter. */
  sites: z.array(siteNameSchema),
});
export type AuditList = z.infer<typeof auditListSchema>;
