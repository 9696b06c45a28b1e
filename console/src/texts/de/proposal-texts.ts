/** Proposed articles on the page Wissen. */
import type { Catalogs } from './catalogs.ts';

export const proposal = {
  states: {
    drafting: 'Entwurf wird geschrieben …',
    open: 'Entwurf',
    failed: 'Kein Modell hat einen Entwurf geschrieben. Fordern Sie ihn bei der Wissenslücke erneut an.',
    accepted: 'Angenommen',
    rejected: 'Abgelehnt',
  },
  title: 'Artikelvorschläge',
  hint: 'Entwürfe aus Wissenslücken, und bis zu fünf am Tag aus schlecht bewerteten Antworten und aus Antwortvorschlägen, die Agenten umgeschrieben haben. Nichts wird veröffentlicht, bevor Sie es annehmen.',
  empty: 'Noch kein Artikel wurde vorgeschlagen. Wählen Sie „Artikel entwerfen“ bei einer Wissenslücke.',
  failed: 'Die Artikelvorschläge konnten nicht geladen werden.',
  draft: 'Artikel entwerfen',
  asked: (question) => `Gefragt: ${question}`,
  origins: {
    rating: 'Nach einer schlechten Bewertung',
    edit: 'Nach der Bearbeitung durch einen Agenten',
  },
  sources: 'Entworfen aus',
  accept: 'Annehmen und veröffentlichen',
  reject: 'Ablehnen',
  decided: (state, by) => `${state} von ${by}`,
} satisfies Catalogs['proposal'];
