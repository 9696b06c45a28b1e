/** Settings of sites as administrators read and change them over REST. */
import { z } from 'zod';
import { NUMBER_MAX } from './limits.ts';
import { schemaNodeSchema } from './schema-node.ts';
import { versionViewSchema } from './version.ts';
import { siteIdSchema } from './wire.ts';

/** By name, as in `sites[]` of the configuration file, with `budgets` beside them. The server checks each by its own rule. */
export const siteSettingsSchema = z.record(z.string().max(60), z.json());
export type SiteSettings = z.infer<typeof siteSettingsSchema>;

/** `file`: in the configuration file; `console`: made in the console; `demo`: there until a site of one's own is. */
const siteOriginSchema = z.enum(['file', 'console', 'demo']);

export const siteSummarySchema = z.object({
  id: z.string(),
  name: z.string(),
  origin: siteOriginSchema,
  archived: z.boolean(),
  allowedOrigins: z.array(z.string()),
});
export type SiteSummary = z.infer<typeof siteSummarySchema>;

/** `GET /api/v1/sites` */
export const siteOverviewSchema = z.object({
  sites: z.array(siteSummarySchema),
  /** Where pages load the widget from, where it is set: `PUBLIC_URL`. */
  address: z.string().exactOptional(),
  /** The `<script>` with the hash of this version, without the site's id; absent until the widget is built. */
  integrity: z.object({ path: z.string(), integrity: z.string() }).exactOptional(),
});
export type SiteOverview = z.infer<typeof siteOverviewSchema>;

/** `GET /api/v1/sites/{id}` */
export const siteSettingsViewSchema = z.object({
  id: z.string(),
  origin: siteOriginSchema,
  archived: z.boolean(),
  /** 0 while nothing was saved. */
  version: z.int(),
  /** All that is in force, with defaults, without secrets. */
  settings: siteSettingsSchema,
  /** Names of those that the configuration file sets. Only it can change them. */
  fixed: z.array(z.string()),
  /** Names of the secrets that are set. */
  secrets: z.array(z.string()),
  /** Newest first. */
  versions: z.array(versionViewSchema),
});
export type SiteSettingsView = z.infer<typeof siteSettingsViewSchema>;

/** What changed between two versions. A secret is only named. */
export const siteDiffSchema = z.object({
  changes: z.array(z.object({ name: z.string(), before: z.json().exactOptional(), after: z.json().exactOptional() })),
});
export type SiteDiff = z.infer<typeof siteDiffSchema>;
export const siteDiffQuerySchema = z.strictObject({
  from: z.coerce.number().int().min(0).max(NUMBER_MAX),
  to: z.coerce.number().int().min(1).max(NUMBER_MAX),
});

/** `GET /api/v1/site-schema`: what each setting may be, for forms. */
export const siteSchemaViewSchema = z.object({ schema: schemaNodeSchema });
export type SiteSchemaView = z.infer<typeof siteSchemaViewSchema>;

export const newSiteSchema = z.strictObject({ id: siteIdSchema, settings: siteSettingsSchema });
const expectedVersion = z.int().min(0).max(NUMBER_MAX);
/** Settings that are not named keep their values; `null` removes one. */
export const siteChangeSchema = z.strictObject({ settings: siteSettingsSchema, expectedVersion });
export const siteRollBackSchema = z.strictObject({ version: z.int().min(1).max(NUMBER_MAX), expectedVersion });
export const siteArchiveSchema = z.strictObject({ archived: z.boolean(), expectedVersion });
