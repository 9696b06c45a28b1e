/** The search over everything. */
import type { Catalogs } from './catalogs.ts';
import { countOf } from './count.ts';

export const search = {
  title: 'Suche',
  hint: 'Wörter, ein Name, eine E-Mail-Adresse, eine ID oder #Nummer',
  results: 'Ergebnisse',
  groups: { tickets: 'Tickets', conversations: 'Konversationen', analyses: 'Analysen', articles: 'Artikel' },
  none: (q) => `Nichts gefunden für „${q}“.`,
  noneHint:
    'Die Suche findet ganze Wörter in Nachrichten, Analysen und Artikeln und Teile von Namen, E-Mail-Adressen und IDs.',
  failed: 'Die Suche hat nicht funktioniert. Prüfen Sie Ihre Verbindung und versuchen Sie es erneut.',
  count: (count) => countOf(count, 'Ergebnis', 'Ergebnisse'),
} satisfies Catalogs['search'];
