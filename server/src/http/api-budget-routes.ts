/** Each site's daily budget, and the kill switch that stops its model calls. */
import { may, mayEverywhere } from '@firstword/shared/permissions';
import { type BudgetReport, budgetReportSchema, killSwitchSchema, type SiteBudget } from '@firstword/shared/reports';
import { judgeSpend } from '../ledger/budget-rules.ts';
import { type BudgetSettings, siteDayLimitOf } from '../ledger/budgets.ts';
import { EVERY_SITE, type KillSwitch } from '../ledger/kill-switch.ts';
import { dayOf } from '../lib/days.ts';
import { phrase } from '../lib/phrase.ts';
import type { Spend } from '../store/spend-counters.ts';
import { ApiRefusal } from './api-refusal.ts';
import { type ApiRoute, routeForAgents } from './api-route.ts';
import { CallerSites, checkSite, type ServerSites } from './api-sites.ts';

export interface BudgetRouteParts {
  /** What a site has spent on a day. */
  readonly spentOn: (siteId: string, day: string) => Promise<Spend>;
  readonly budgets: BudgetSettings;
  readonly killSwitch: Pick<KillSwitch, 'read' | 'stop' | 'resume'>;
  readonly now?: () => number;
}

const NOTHING = { usd: 0, tokens: 0 };
const ALL = 'all';

export function createBudgetRoutes(parts: BudgetRouteParts): ApiRoute[] {
  const { budgets, killSwitch, now = Date.now } = parts;

  const stopOf = (id: string, stops: ReadonlyMap<string, string>): SiteBudget['stopped'] => {
    if (budgets.stopped || budgets.sites[id]?.stopped) return { by: 'configuration', reason: '' };
    const [own, all] = [stops.get(id), stops.get(EVERY_SITE)];
    if (all !== undefined) return { by: 'all', reason: all };
    return own === undefined ? undefined : { by: 'site', reason: own };
  };

  const siteBudget = async (id: string, name: string, stops: ReadonlyMap<string, string>): Promise<SiteBudget> => {
    const spent = await parts.spentOn(id, dayOf(now()));
    const limit = siteDayLimitOf(budgets, id);
    const budget = judgeSpend(
      { conversation: NOTHING, addressDay: NOTHING, visitorDay: NOTHING, siteDay: spent },
      { siteDay: limit },
      budgets.degradeAt,
    );
    const stopped = stopOf(id, stops);
    return {
      id,
      name,
      verdict: stopped === undefined ? budget.verdict : 'stopped',
      spent,
      ...(limit === undefined ? {} : { limit: withoutAbsent(limit) }),
      ...(budget.tightest === undefined ? {} : { usedShare: budget.tightest.usedShare }),
      ...(stopped === undefined ? {} : { stopped }),
    };
  };

  const read = async (sites: ServerSites): Promise<BudgetReport> => {
    const stops = await killSwitch.read();
    const reason = stops.get(EVERY_SITE);
    return {
      sites: await Promise.all([...sites].map(([id, { name }]) => siteBudget(id, name, stops))),
      ...(reason === undefined ? {} : { everySite: { reason } }),
    };
  };

  return [
    routeForAgents(
      {
        method: 'get',
        path: '/budgets',
        summary: "Lists each site's spending today, its limit, and whether its model calls are stopped.",
        answer: { status: 200, schema: budgetReportSchema },
      },
      async (_request, { sites }) => read(sites),
    ),
    routeForAgents(
      {
        method: 'post',
        path: '/kill-switch',
        summary:
          'Stops or resumes the model calls of a site or of `all` sites. Every process follows within two seconds.',
        body: killSwitchSchema,
        answer: { status: 200, schema: budgetReportSchema },
        refusals: ['not-found'],
      },
      async ({ body: { site, stopped, reason }, audit }, { agent, sites }) => {
        if (site !== ALL) checkSite(sites, site);
        else if (!mayEverywhere(agent, 'models:stop'))
          throw new ApiRefusal('forbidden', phrase`Only an administrator of all sites can do this for all sites.`);
        const field = site === ALL ? EVERY_SITE : site;
        if (stopped) await killSwitch.stop(field, `${reason} (${agent.name})`);
        else await killSwitch.resume(field);
        await audit({
          action: stopped ? 'model-calls-stopped' : 'model-calls-resumed',
          target: { kind: 'site', id: site },
          ...(site === ALL ? {} : { siteId: site }),
          ...(stopped ? { after: { reason } } : {}),
        });
        return read(new CallerSites(agent, sites.visible, (id) => may(agent, 'costs:read', id)));
      },
    ),
  ];
}

function withoutAbsent({ usd, tokens }: NonNullable<BudgetSettings['siteDay']>): NonNullable<SiteBudget['limit']> {
  return { ...(usd === undefined ? {} : { usd }), ...(tokens === undefined ? {} : { tokens }) };
}
