/** Views, and the filters of both lists. */
import type { Catalogs } from './catalogs.ts';

export const filter = {
  filters: (count) => (count === 0 ? 'Filter' : `Filter (${count})`),
  clear: 'Filter zurücksetzen',
  any: 'Alle',
  names: {
    site: 'Website',
    text: 'Text',
    urgency: 'Dringlichkeit',
    tag: 'Schlagwort',
    reason: 'Grund',
    topic: 'Thema',
    language: 'Sprache',
    tier: 'Modellstufe',
    rated: 'Bewertung',
    marks: 'Nur',
  },
  tiers: { instant: 'Sofort', fast: 'Schnell', quality: 'Qualität' },
  ratings: { up: 'Hilfreich', down: 'Nicht hilfreich' },
  topicHint: 'Zum Beispiel Lieferung',
  marks: {
    unsupported: 'Antworten ohne Beleg',
    slow: 'Langsame Antworten',
    verified: 'Verifizierte Besucher',
  },
  live: 'Jetzt live',

  views: 'Ansichten',
  allViews: 'Alle Ansichten',
  ofTickets: 'Tickets',
  ofConversations: 'Konversationen',
  own: 'Von Ihnen gespeichert',
  all: 'Alle Konversationen',
  save: 'Ansicht speichern',
  saveHint: 'Speichert diese Ansicht mit ihren Filtern. Nur Sie sehen sie.',
  name: 'Name',
  cancel: 'Abbrechen',
  remove: (name) => `Ansicht „${name}“ löschen`,
  removed: (name) => `Ansicht „${name}“ gelöscht.`,
  undo: 'Rückgängig',
} satisfies Catalogs['filter'];
