/** Texts of alerts: what has happened, and what to do. */
import type { Alert, AlertKind } from '@firstword/shared/alert';
import type { Tier } from '@firstword/shared/catalog';
import { shareText } from '../numbers.ts';
import { faultName } from './check-texts.ts';
import { countOf } from './common-texts.ts';
import { type Texts, translated } from './translated.ts';

const tiers: Record<Tier, string> = { instant: 'Instant', fast: 'Fast', quality: 'Quality' };

const english = {
  title: 'Alerts',
  hint: 'Administrators get them by e-mail, too.',
  tiers,
  slow: (share: string, withinMs: number, objective: string) =>
    `In an hour, only ${share} of the answers began within ${withinMs} ms. The objective is ${objective}.`,
  budgetNear: (share: string) => `${share} of today’s budget is used.`,
  budgetReached: 'Today’s budget is used up. New questions go to agents.',
  modelsDown: (tier: string, reason: string) => `No model of the tier ${tier} answers (${reason}).`,
  several: (count: number) => countOf(count, 'alert is open', 'alerts are open'),
  fixes: {
    'response-time': 'See which model or region is slow, and put a faster model first in its chain.',
    'budget-near': 'See what is spent, and raise the budget if the assistant should answer for the rest of the day.',
    'budget-reached': 'Raise the budget if the assistant should answer again before midnight UTC.',
    'models-down': 'Check the endpoint and the models.',
  } satisfies Record<AlertKind, string>,
  open: 'Open since',
  resolved: 'Resolved',
} as const;
export type AlertTexts = Texts<typeof english>;
export const alertTexts = translated<AlertTexts>('alert', english);

export function alertText({ kind, tier, value, objective, withinMs = 0, reason = '' }: Alert): string {
  switch (kind) {
    case 'response-time':
      return alertTexts.slow(shareText(value), withinMs, shareText(objective));
    case 'budget-near':
      return alertTexts.budgetNear(shareText(value));
    case 'budget-reached':
      return alertTexts.budgetReached;
    case 'models-down':
      return alertTexts.modelsDown(tier === undefined ? '' : alertTexts.tiers[tier], faultName(reason));
  }
}

/** With its site, where there are several. */
export function namedAlertText(alert: Alert, sites: readonly { readonly id: string; readonly name: string }[]): string {
  const site = sites.length > 1 ? sites.find(({ id }) => id === alert.siteId) : undefined;
  return site === undefined ? alertText(alert) : `${site.name}: ${alertText(alert)}`;
}

export const fixText = ({ kind, fix }: Alert): string => fix ?? alertTexts.fixes[kind];
