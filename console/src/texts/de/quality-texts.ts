/** The page Qualität, and the sentence that sums it up. */
import type { Catalogs } from './catalogs.ts';
import { countOf } from './count.ts';
import { page } from './page-texts.ts';

export const quality = {
  sentences: {
    noConversations: (period) => `Keine Konversationen ${period}.`,
    withoutAgent: (share, conversations, period) =>
      `${share} von ${countOf(conversations, 'Konversation', 'Konversationen')} ${period} ${conversations === 1 ? 'kam' : 'kamen'} ohne Agenten aus.`,
    satisfaction: (average, ratings) => `${average} von 5 (${countOf(ratings, 'Bewertung', 'Bewertungen')})`,
    firstResponse: (half, most, tickets) =>
      `die Hälfte innerhalb von ${half}, 90 % innerhalb von ${most} (${countOf(tickets, 'Ticket', 'Tickets')})`,
    targets: (share, tickets) => `${share} von ${countOf(tickets, 'Ticket', 'Tickets')}`,
    helpful: (share, rated) => `${share} von ${countOf(rated, 'bewerteter Antwort', 'bewerteten Antworten')}`,
  },
  title: page.quality,
  groupings: { day: 'Tag', site: 'Website', language: 'Sprache' },
  empty: 'Eine Konversation zählt, sobald ihr Besucher eine Nachricht gesendet hat.',
  figures: 'Konversationen und Tickets',
  columns: {
    conversations: 'Konversationen',
    withoutAgent: 'Ohne Agenten',
    tickets: 'Tickets',
    reopened: 'Wieder geöffnet',
    helpful: 'Hilfreich',
    notHelpful: 'Nicht hilfreich',
    satisfaction: 'Zufriedenheit',
    firstResponse: 'Erste Antwort (p50)',
    targets: 'Ziel erreicht',
  },
  withoutAgent: 'ohne Agenten',
  withAgent: 'mit Agenten',
  summary: 'Zusammenfassung',
  helpful: 'Als hilfreich bewertete Antworten',
  satisfaction: 'Zufriedenheit',
  firstResponse: 'Erste Antwort durch einen Agenten',
  targets: 'Erste Antwort innerhalb des Ziels',
  reasons: 'Gründe für Übergaben',
  reason: 'Grund',
  topics: 'Themen von Tickets',
  topic: 'Thema',
  tickets: 'Tickets',
  reviews: 'Antwortvorschläge',
  reviewsHint: 'Was Agenten mit den Antworten gemacht haben, die Analysen vorgeschlagen haben.',
  review: 'Prüfung',
  analyses: 'Analysen',
  verdicts: {
    approved: 'Unverändert gesendet',
    edited: 'Nach Bearbeitung gesendet',
    rejected: 'Abgelehnt',
    pending: 'Nicht geprüft',
  },
  comments: 'Warum Antworten nicht geholfen haben',
  noComments: 'Kein Besucher hat eine schlechte Bewertung begründet.',
  none: 'Keine in diesem Zeitraum.',
} satisfies Catalogs['quality'];
