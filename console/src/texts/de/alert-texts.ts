/** Alerts. */
import type { Catalogs } from './catalogs.ts';
import { countOf } from './count.ts';

export const alert = {
  title: 'Warnungen',
  hint: 'Administratoren erhalten sie auch per E-Mail.',
  tiers: { instant: 'Sofort', fast: 'Schnell', quality: 'Qualität' },
  slow: (share, withinMs, objective) =>
    `In einer Stunde begannen nur ${share} der Antworten innerhalb von ${withinMs} ms. Das Ziel sind ${objective}.`,
  budgetNear: (share) => `${share} des heutigen Budgets sind verbraucht.`,
  budgetReached: 'Das heutige Budget ist aufgebraucht. Neue Fragen gehen an Agenten.',
  modelsDown: (tier, reason) => `Kein Modell der Stufe ${tier} antwortet (${reason}).`,
  several: (count) => countOf(count, 'Warnung ist offen', 'Warnungen sind offen'),
  fixes: {
    'response-time':
      'Sehen Sie nach, welches Modell oder welche Region langsam ist, und stellen Sie ein schnelleres Modell an den Anfang der Kette.',
    'budget-near':
      'Sehen Sie nach, wofür das Budget verbraucht wird, und erhöhen Sie es, wenn der Assistent für den Rest des Tages antworten soll.',
    'budget-reached': 'Erhöhen Sie das Budget, wenn der Assistent vor Mitternacht (UTC) wieder antworten soll.',
    'models-down': 'Prüfen Sie den Endpunkt und die Modelle.',
  },
  open: 'Offen seit',
  resolved: 'Beendet',
} satisfies Catalogs['alert'];
