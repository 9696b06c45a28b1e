/** The e-mail about an alert: what has happened, and what to do. Pure. */
import type { Alert, AlertChange, AlertKind } from '@firstword/shared/alert';

export interface AlertWords {
  readonly subject: string;
  readonly text: string;
}

export interface AlertMailPlace {
  /** Of the alert's site; of the installation where it has none. */
  readonly name: string;
  /** Of the console, without a page; undefined where the public address is not known. */
  readonly consoleUrl: string | undefined;
}

const PAGES: Readonly<Record<AlertKind, string>> = {
  'response-time': 'response-time',
  'budget-near': 'cost',
  'budget-reached': 'cost',
  'models-down': 'models',
};
const FIXES: Readonly<Record<AlertKind, string>> = {
  'response-time':
    'Check on the page Response time which model or region is slow. Then put a faster model first in its chain, or connect an endpoint closer to your visitors.',
  'budget-near':
    'Check on the page Cost what is spent. To let the assistant answer for the rest of the day, raise the budget (budgets.siteDay in the configuration).',
  'budget-reached':
    'Until midnight UTC, questions are handed to agents without an answer. To let the assistant answer again today, raise the budget (budgets.siteDay in the configuration).',
  'models-down': 'Check the models on the page Models.',
};

export function alertMail(change: AlertChange, alert: Alert, { name, consoleUrl }: AlertMailPlace): AlertWords {
  const page = consoleUrl === undefined ? [] : [`${consoleUrl}/${PAGES[alert.kind]}`];
  const since = `Since: ${timeText(alert.since)}`;
  const off = 'To stop these e-mails, turn them off in the console on the page Your account, under Notifications.';
  const paragraphs =
    change === 'opened'
      ? [openedText(alert), since, `What to do: ${alert.fix ?? FIXES[alert.kind]}`, ...page, off]
      : [CLOSED[alert.kind], `${since}\nUntil: ${timeText(alert.closedAt ?? alert.since)}`, ...page, off];
  return {
    subject: `${name}: ${change === 'opened' ? subjectOf(alert) : `resolved: ${subjectOf(alert)}`}`,
    text: paragraphs.join('\n\n'),
  };
}

const CLOSED: Readonly<Record<AlertKind, string>> = {
  'response-time': 'Answers begin in time again, or nothing was measured in the last hour.',
  'budget-near': 'The budget is no longer nearly used up: a new day has begun, or the budget was raised.',
  'budget-reached': 'The budget is available again: a new day has begun, or it was raised.',
  'models-down': 'The models answer again.',
};

function subjectOf({ kind, tier, objective }: Alert): string {
  switch (kind) {
    case 'response-time':
      return 'answers begin too late';
    case 'budget-near':
      return `${percent(objective)} of today’s budget is used`;
    case 'budget-reached':
      return 'today’s budget is used up';
    case 'models-down':
      return `no model of the tier “${tier ?? ''}” answers`;
  }
}

function openedText({ kind, tier, value, objective, withinMs = 0, reason }: Alert): string {
  switch (kind) {
    case 'response-time':
      return `In the last hour ${percent(value)} of the answers began within ${withinMs} ms. The objective is ${percent(objective)}.`;
    case 'budget-near':
      return `${percent(value)} of the daily budget is used.`;
    case 'budget-reached':
      return `The daily budget is used up (${percent(value)}).`;
    case 'models-down':
      return `No model of the tier “${tier ?? ''}” answers${reason === undefined ? '' : ` (${reason})`}. What they can’t answer is handed to agents.`;
  }
}

const percent = (share: number) => `${Math.round(share * 1000) / 10} %`;
const timeText = (at: number) => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
