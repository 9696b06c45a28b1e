/** Checks settings against one another: what no single value of them can show. Pure. */
import { DEFAULT_REGIONS, REFERENCE_MODELS } from '@firstword/shared/catalog';
import { regionSchema } from '@firstword/shared/region';
import type { SettingFault } from '@firstword/shared/setting-fault';
import { didYouMean, nearMiss } from '../lib/near-miss.ts';
import { MODEL_API_SITE_ID } from '../model-api/model-api.ts';
import { faultLine, placeOf } from './config-faults.ts';
import type { ConfigFile } from './config-schema.ts';
import type { Environment } from './environment.ts';
import { retentionFaults, storageFaults } from './retention-settings.ts';

/** The site of an installation without `sites`. */
export const DEFAULT_SITE_ID = 'demo';

/** What production needs beyond the defaults. One line for each fault. */
export function productionFaults({ NODE_ENV, APP_SECRET, REDIS_URL, DATABASE_URL }: Environment): string[] {
  if (NODE_ENV !== 'production') return [];
  return [
    ...(APP_SECRET === undefined
      ? [
          'APP_SECRET: is required in production but not set. Use a random text, such as the output of `openssl rand -base64 32`.',
        ]
      : []),
    ...(REDIS_URL === undefined
      ? ['REDIS_URL: is required in production but not set. Use the address of your Redis, such as redis://redis:6379.']
      : []),
    ...(DATABASE_URL === undefined
      ? [
          'DATABASE_URL: is required in production but not set. Use the address of your PostgreSQL, such as postgres://user:password@host:5432/firstword.',
        ]
      : []),
  ];
}

/** What sign-in through a provider needs in the environment. One line for each fault. */
export function providerFaults(environment: Environment): string[] {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, PUBLIC_URL, ROLE } = environment;
  if (ROLE === 'worker') return [];
  if (OIDC_ISSUER === undefined)
    return OIDC_CLIENT_ID === undefined && OIDC_CLIENT_SECRET === undefined
      ? []
      : ['OIDC_ISSUER: is required with OIDC_CLIENT_ID but not set. Use the address of your provider.'];
  return [
    ...(OIDC_CLIENT_ID === undefined
      ? [
          'OIDC_CLIENT_ID: is required with OIDC_ISSUER but not set. Use the id of the client that you registered there.',
        ]
      : []),
    ...(PUBLIC_URL === undefined
      ? [
          'PUBLIC_URL: is required with OIDC_ISSUER but not set. Use the address of this server, to which the provider sends agents back.',
        ]
      : []),
  ];
}

/** One line for each fault. */
export function fileFaults(file: ConfigFile, environment: Environment): string[] {
  return [
    ...signInFaults(file, environment),
    ...repeatedIds('sites', file.sites ?? [], 'Give each site an id of its own.'),
    ...repeatedIds('models', file.models, 'Merge the two entries, or give one another id.'),
    ...unmeasuredModels(file),
    ...unknownModels(file),
    ...interactivePremiumModels(file),
    ...unknownSites(file),
    ...siteFaults(file).map(faultLine),
    ...unknownTierRegions(file),
    ...storageFaults(file),
  ];
}

/** Faults of sites that each of them has by itself, beside what the schema says. */
export function siteFaults(file: ConfigFile): SettingFault[] {
  return [
    ...reservedSites(file),
    ...unverifiableSites(file),
    ...unknownRegions(file),
    ...unservedSites(file),
    ...retentionFaults(file),
  ];
}

function signInFaults({ signIn }: ConfigFile, { OIDC_ISSUER, ROLE }: Environment): string[] {
  const { passwordSignIn, oidc } = signIn;
  const isForEveryone = oidc.createAccounts && oidc.allowedDomains.length === 0 && oidc.roles === undefined;
  return [
    ...(passwordSignIn || OIDC_ISSUER !== undefined || ROLE === 'worker'
      ? []
      : [
          'signIn.passwordSignIn: is false, but OIDC_ISSUER is not set, so no one could sign in. Set OIDC_ISSUER, or use true.',
        ]),
    ...(isForEveryone
      ? [
          'signIn.oidc.createAccounts: is true for everyone who can sign in at the provider. Set signIn.oidc.allowedDomains or signIn.oidc.roles.',
        ]
      : []),
  ];
}

/** Settings that are valid but probably not intended: one warning each. */
export function fileWarnings({ sites = [] }: ConfigFile): string[] {
  return sites.flatMap(({ allowedOrigins }, site) =>
    allowedOrigins.flatMap((origin, index) =>
      allowedOrigins.indexOf(origin) < index
        ? [`sites[${site}].allowedOrigins[${index}]: "${origin}" is listed twice. Remove one of the two.`]
        : [],
    ),
  );
}

function repeatedIds(list: string, entries: readonly { readonly id: string }[], fix: string): string[] {
  return entries.flatMap(({ id }, index) => {
    const first = entries.findIndex((other) => other.id === id);
    return first < index ? [`${list}[${index}].id: "${id}" is already the id of ${list}[${first}]. ${fix}`] : [];
  });
}

const catalogIds = REFERENCE_MODELS.map(({ id }) => id);

function unmeasuredModels({ models }: ConfigFile): string[] {
  return models.flatMap(({ id, ttftMs }, index) =>
    ttftMs === undefined && !catalogIds.includes(id)
      ? [
          `models[${index}].ttftMs: is required but not set, because "${id}" is not in the catalog. Use its time to ` +
            `first token in milliseconds; \`npm run bench:models\` measures it.${didYouMean(id, catalogIds)}`,
        ]
      : [],
  );
}

function unknownModels({ tiers = {}, models, routing }: ConfigFile): string[] {
  const known = [...new Set([...catalogIds, ...models.map(({ id }) => id)])];
  const unknown = (place: string, id: string) =>
    known.includes(id)
      ? []
      : [
          `${place}: there is no model "${id}".${didYouMean(id, known)} Add it to "models", or use ${known.join(', ')}.`,
        ];
  const inTiers = Object.entries(tiers).flatMap(([tier, { chain = {} }]) =>
    Object.entries(chain).flatMap(([region, ids]) =>
      ids.flatMap((id, index) => unknown(`tiers.${tier}.chain.${region}[${index}]`, id)),
    ),
  );
  const premium = tiers.quality?.premium?.models ?? [];
  return [
    ...inTiers,
    ...premium.flatMap((id, index) => unknown(`tiers.quality.premium.models[${index}]`, id)),
    ...routing.allowOutsideLimits.flatMap((id, index) => unknown(`routing.allowOutsideLimits[${index}]`, id)),
  ];
}

function reservedSites({ sites = [] }: ConfigFile): SettingFault[] {
  return sites.flatMap(({ id }, index) => {
    const text = `"${id}" is the name of the model API in budgets and reports. Use another id.`;
    return id === MODEL_API_SITE_ID
      ? [{ setting: `sites[${index}].id`, code: 'reserved-id' as const, text, given: id }]
      : [];
  });
}

/** No visitor could chat there. */
function unverifiableSites({ sites = [] }: ConfigFile): SettingFault[] {
  return sites.flatMap(({ id, identity, identitySecret, identityKeys }, index) => {
    const text = `is "required", but the site "${id}" can verify no token. Set identitySecret or identityKeys, or use "optional".`;
    return identity === 'required' && identitySecret === undefined && identityKeys === undefined
      ? [{ setting: `sites[${index}].identity`, code: 'no-way-to-verify' as const, text }]
      : [];
  });
}

/** A premium model is for work that no visitor waits for. */
function interactivePremiumModels({ tiers = {} }: ConfigFile): string[] {
  const { quality, ...interactive } = tiers;
  return (quality?.premium?.models ?? []).flatMap((id, index) =>
    Object.entries(interactive).flatMap(([tier, { chain = {} }]) =>
      Object.entries(chain).flatMap(([region, ids]) =>
        ids.includes(id)
          ? [
              `tiers.quality.premium.models[${index}]: "${id}" is also in tiers.${tier}.chain.${region}[${ids.indexOf(id)}], ` +
                'but premium models are never used while a visitor waits. Remove it from one of the two.',
            ]
          : [],
      ),
    ),
  );
}

function unknownSites({ sites, budgets, limits }: ConfigFile): string[] {
  const configured = sites?.map(({ id }) => id) ?? [DEFAULT_SITE_ID];
  const unknown = (path: string, ids: readonly string[], known: readonly string[]) =>
    ids
      .filter((id) => !known.includes(id))
      .map((id) => `${path}.${id}: there is no site "${id}".${didYouMean(id, known)} Sites: ${known.join(', ')}.`);
  return [
    ...unknown('budgets.sites', Object.keys(budgets.sites), [...configured, MODEL_API_SITE_ID]),
    ...unknown('limits.siteWeights', Object.keys(limits.siteWeights), configured),
  ];
}

function knownRegions({ endpoints, routing }: ConfigFile): string[] {
  const configured = [routing.defaultRegion, ...Object.keys(routing.regions), ...Object.keys(endpoints)];
  return [...new Set([...DEFAULT_REGIONS, ...configured])];
}

/** A region that nothing else names has no visitors and no endpoint: most likely a typing error. */
function unknownRegions(file: ConfigFile): SettingFault[] {
  const { sites = [] } = file;
  return sites.flatMap(({ allowedRegions = [] }, site) =>
    allowedRegions.flatMap((region, at) => regionFaults(file, `sites[${site}].allowedRegions[${at}]`, region)),
  );
}

function unknownTierRegions(file: ConfigFile): string[] {
  return Object.entries(file.tiers ?? {}).flatMap(([tier, { chain = {} }]) =>
    Object.keys(chain)
      .filter((region) => region !== 'default')
      .flatMap((region) => regionFaults(file, placeOf(['tiers', tier, 'chain', region]), region).map(faultLine)),
  );
}

function regionFaults(file: ConfigFile, setting: string, region: string): SettingFault[] {
  const names = knownRegions(file);
  if (names.includes(region)) return [];
  const near = nearMiss(region, names);
  const hint = near === undefined ? '' : ` Did you mean "${near}"?`;
  const fix = regionSchema.safeParse(region).success ? ', or name it in "routing.regions" or "endpoints"' : '';
  const text = `there is no region "${region}".${hint} Use ${names.join(', ')}${fix}.`;
  return [{ setting, code: 'unknown-region', text, given: region, names, ...(near === undefined ? {} : { near }) }];
}

/** No endpoint may serve such a site, so its visitors would never get an answer. */
function unservedSites(file: ConfigFile): SettingFault[] {
  const { sites = [], endpoints, routing } = file;
  const known = knownRegions(file);
  const served = [...new Set([routing.defaultRegion, ...Object.keys(endpoints)])];
  return sites.flatMap(({ allowedRegions }, index) => {
    if (allowedRegions === undefined) return [];
    if (allowedRegions.some((region) => served.includes(region) || !known.includes(region))) return [];
    const text =
      `no endpoint is in ${allowedRegions.join(' or ')}; there are endpoints in ${served.join(' and ')}. ` +
      `Add endpoints.${allowedRegions[0]}, or allow another region.`;
    return [{ setting: `sites[${index}].allowedRegions`, code: 'no-endpoint' as const, text, names: served }];
  });
}
