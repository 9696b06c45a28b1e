/** Sites over REST: create, change, compare, roll back and archive them. For administrators of all sites. */
import type { SchemaNode } from '@firstword/shared/schema-node';
import {
  newSiteSchema,
  type SiteOverview,
  type SiteSchemaView,
  type SiteSettings,
  siteArchiveSchema,
  siteChangeSchema,
  siteDiffQuerySchema,
  siteDiffSchema,
  siteOverviewSchema,
  siteRollBackSchema,
  siteSchemaViewSchema,
  siteSettingsViewSchema,
} from '@firstword/shared/site-settings';
import type { SiteAdmin } from '../settings/site-admin.ts';
import { type ApiRoute, routeForAgents } from './api-route.ts';
import { refuseSettings } from './settings-refusal.ts';
import type { WidgetLoader } from './widget-loader.ts';

export interface SiteRouteParts {
  readonly siteAdmin: SiteAdmin;
  readonly siteSettingsSchema: SchemaNode;
  readonly publicUrl: string | undefined;
  readonly loader: () => Promise<WidgetLoader | undefined>;
}

/** Settings of the largest size, in UTF-8 and JSON. */
const SETTINGS_BODY = '256kb';

export function createSiteRoutes({ siteAdmin, siteSettingsSchema, publicUrl, loader }: SiteRouteParts): ApiRoute[] {
  const settingChanged = (id: string, after: Record<string, string[] | number | boolean>) =>
    ({ action: 'setting-changed', target: { kind: 'site', id }, siteId: id, after }) as const;
  return [
    routeForAgents(
      {
        method: 'get',
        path: '/sites',
        summary: 'Lists all sites, the archived ones too, and where pages load the widget from.',
        answer: { status: 200, schema: siteOverviewSchema },
      },
      async (): Promise<SiteOverview> => {
        const integrity = await loader();
        return {
          sites: await siteAdmin.list(),
          ...(publicUrl === undefined ? {} : { address: publicUrl }),
          ...(integrity === undefined ? {} : { integrity }),
        };
      },
    ),
    routeForAgents(
      {
        method: 'get',
        path: '/site-schema',
        summary: 'Returns the JSON Schema of the settings of a site.',
        answer: { status: 200, schema: siteSchemaViewSchema },
      },
      async (): Promise<SiteSchemaView> => ({ schema: siteSettingsSchema }),
    ),
    routeForAgents(
      {
        method: 'post',
        path: '/sites',
        summary: 'Creates a site. Visitors can use it within two seconds.',
        body: newSiteSchema,
        bodyMax: SETTINGS_BODY,
        answer: { status: 201, schema: siteSettingsViewSchema },
        refusals: ['not-found', 'conflict'],
      },
      async ({ body: { id, settings }, audit }, { agent }) => {
        const view = await siteAdmin.create(id, settings, agent.name).catch(refuseSettings);
        await audit(settingChanged(id, namesOf(settings)));
        return view;
      },
    ),
    routeForAgents(
      {
        method: 'get',
        path: '/sites/{id}',
        summary: "Returns a site's settings as they are in force, and its versions, the newest first.",
        answer: { status: 200, schema: siteSettingsViewSchema },
        refusals: ['not-found'],
      },
      async ({ id }) => siteAdmin.view(id).catch(refuseSettings),
    ),
    routeForAgents(
      {
        method: 'post',
        path: '/sites/{id}',
        summary: 'Changes the named settings of a site in a new version. Every process uses it within two seconds.',
        body: siteChangeSchema,
        bodyMax: SETTINGS_BODY,
        answer: { status: 200, schema: siteSettingsViewSchema },
        refusals: ['not-found', 'conflict'],
      },
      async ({ id, body: { settings, expectedVersion }, audit }, { agent }) => {
        const about = { after: expectedVersion, by: agent.name };
        const view = await siteAdmin.change(id, settings, about).catch(refuseSettings);
        await audit(settingChanged(id, { version: view.version, ...namesOf(settings) }));
        return view;
      },
    ),
    routeForAgents(
      {
        method: 'get',
        path: '/sites/{id}/diff',
        summary: 'Returns what changed between two versions of a site. Version 0 has no settings.',
        query: siteDiffQuerySchema,
        answer: { status: 200, schema: siteDiffSchema },
        refusals: ['not-found'],
      },
      async ({ id, query: { from, to } }) => siteAdmin.diff(id, from, to).catch(refuseSettings),
    ),
    routeForAgents(
      {
        method: 'post',
        path: '/sites/{id}/roll-back',
        summary: 'Makes the settings of an earlier version the newest one.',
        body: siteRollBackSchema,
        answer: { status: 200, schema: siteSettingsViewSchema },
        refusals: ['not-found', 'conflict'],
      },
      async ({ id, body: { version, expectedVersion }, audit }, { agent }) => {
        const about = { after: expectedVersion, by: agent.name };
        const view = await siteAdmin.rollBack(id, version, about).catch(refuseSettings);
        await audit(settingChanged(id, { version: view.version, rolledBackTo: version }));
        return view;
      },
    ),
    routeForAgents(
      {
        method: 'post',
        path: '/sites/{id}/archive',
        summary: 'Closes a site to visitors, or opens it again. Its conversations and settings stay.',
        body: siteArchiveSchema,
        answer: { status: 200, schema: siteSettingsViewSchema },
        refusals: ['not-found', 'conflict'],
      },
      async ({ id, body: { archived, expectedVersion }, audit }, { agent }) => {
        const about = { after: expectedVersion, by: agent.name };
        const view = await siteAdmin.archive(id, archived, about).catch(refuseSettings);
        await audit(settingChanged(id, { archived }));
        return view;
      },
    ),
  ];
}

const namesOf = (settings: SiteSettings) => ({ settings: Object.keys(settings) });
