/** The endpoint and the models over REST: connect, check, compare and roll back. For administrators of all sites. */
import {
  type ModelCheckEvent,
  type ModelSettingsView,
  modelChangeSchema,
  modelCheckEventSchema,
  modelCheckRequestSchema,
  modelRollBackSchema,
  modelSettingsViewSchema,
} from '@firstword/shared/model-settings';
import { type SiteDiff, siteDiffQuerySchema, siteDiffSchema } from '@firstword/shared/site-settings';
import { phrase } from '../lib/phrase.ts';
import type { GivenModels, ModelAdmin } from '../settings/model-admin.ts';
import { ApiRefusal } from './api-refusal.ts';
import { type ApiRoute, routeForAgents, StreamAnswer } from './api-route.ts';
import { refuseSettings } from './settings-refusal.ts';

export interface ModelRouteParts {
  readonly modelSettings: Pick<ModelAdmin<unknown>, 'save' | 'rollBack' | 'diff'> & {
    view(): Promise<ModelSettingsView>;
    /** Of the given settings, or of those in use. @throws SettingsError before the first event */
    check(given: GivenModels | undefined, signal: AbortSignal): Promise<AsyncIterable<ModelCheckEvent>>;
  };
}

const JSON_LINES = 'application/x-ndjson';
/** Settings of fifty models. */
const SETTINGS_BODY = '64kb';

export function createModelRoutes({ modelSettings }: ModelRouteParts): ApiRoute[] {
  const { view, save, rollBack, diff, check } = modelSettings;
  const changed = (after: Record<string, string | string[] | number | boolean>) =>
    ({ action: 'setting-changed', target: { kind: 'models', id: 'models' }, after }) as const;
  let isChecking = false;

  async function* checking(events: AsyncIterable<ModelCheckEvent>): AsyncGenerator<string> {
    try {
      for await (const event of events) yield `${JSON.stringify(event)}\n`;
    } finally {
      isChecking = false;
    }
  }

  return [
    routeForAgents(
      {
        method: 'get',
        path: '/model-settings',
        summary: 'Returns the endpoint and the models as they are in force, their live order, and the last check.',
        answer: { status: 200, schema: modelSettingsViewSchema },
      },
      view,
    ),
    routeForAgents(
      {
        method: 'post',
        path: '/model-settings',
        summary: 'Connects an endpoint and its models. Every process uses them within two seconds.',
        body: modelChangeSchema,
        bodyMax: SETTINGS_BODY,
        answer: { status: 200, schema: modelSettingsViewSchema },
        refusals: ['conflict'],
      },
      async ({ body: { expectedVersion, ...given }, audit }, { agent }) => {
        const about = { after: expectedVersion, by: agent.name };
        const version = await save(given, about).catch(refuseSettings);
        const saved = await view();
        const { baseUrl, chains } = saved.settings;
        await audit(
          changed({
            version,
            ...(baseUrl === undefined ? {} : { baseUrl: shownAddress(baseUrl) }),
            ...chains,
            apiKeyChanged: given.apiKey !== undefined,
          }),
        );
        return saved;
      },
    ),
    routeForAgents(
      {
        method: 'post',
        path: '/model-settings/check',
        summary:
          'Checks models by one short call to each, without saving anything. Each line of the response is what was found of one.',
        body: modelCheckRequestSchema,
        bodyMax: SETTINGS_BODY,
        answer: { status: 200, schema: modelCheckEventSchema, textType: JSON_LINES },
        refusals: ['rate-limited'],
      },
      async ({ body: { settings, apiKey } }) => {
        if (isChecking) throw new ApiRefusal('rate-limited', phrase`A check is running. Try again when it has ended.`);
        const leaving = new AbortController();
        const given = settings && { settings, ...(apiKey === undefined ? {} : { apiKey }) };
        isChecking = true;
        try {
          const events = await check(given, leaving.signal).catch(refuseSettings);
          return new StreamAnswer(checking(events), JSON_LINES, () => leaving.abort('left'));
        } catch (error) {
          isChecking = false;
          throw error;
        }
      },
    ),
    routeForAgents(
      {
        method: 'get',
        path: '/model-settings/diff',
        summary: 'Returns what changed between two versions of the models. A key is only named.',
        query: siteDiffQuerySchema,
        answer: { status: 200, schema: siteDiffSchema },
        refusals: ['not-found'],
      },
      async ({ query: { from, to } }): Promise<SiteDiff> => diff(from, to).catch(refuseSettings),
    ),
    routeForAgents(
      {
        method: 'post',
        path: '/model-settings/roll-back',
        summary: 'Makes the endpoint and the models of an earlier version the newest one.',
        body: modelRollBackSchema,
        answer: { status: 200, schema: modelSettingsViewSchema },
        refusals: ['not-found', 'conflict'],
      },
      async ({ body: { version, expectedVersion }, audit }, { agent }) => {
        const about = { after: expectedVersion, by: agent.name };
        const newest = await rollBack(version, about).catch(refuseSettings);
        await audit(changed({ version: newest, rolledBackTo: version }));
        return view();
      },
    ),
  ];
}

/** Without a query, which may be secret. */
function shownAddress(address: string): string {
  const { origin, pathname } = new URL(address);
  return `${origin}${pathname}`;
}
