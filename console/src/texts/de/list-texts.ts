/** The ticket list. */
import type { Catalogs } from './catalogs.ts';
import { countOf } from './count.ts';

const acted: Record<string, string> = {
  claim: 'übernommen',
  assign: 'zugewiesen',
  snooze: 'zurückgestellt',
  resolve: 'gelöst',
  'mark-spam': 'als Spam markiert',
};

export const list = {
  views: {
    review: 'Prüfen',
    mine: 'Meine',
    open: 'Offen',
    done: 'Erledigt',
    unassigned: 'Nicht zugewiesen',
    waiting: 'Wartet auf Besucher',
    snoozed: 'Zurückgestellt',
    resolved: 'Gelöst',
  },
  emptyViews: {
    review: 'Nichts zu prüfen. Neue Tickets erscheinen hier automatisch.',
    mine: 'Ihnen sind keine Tickets zugewiesen. Übernehmen Sie eines aus „Prüfen“.',
    open: 'Keine offenen Tickets. Ein Ticket entsteht, wenn eine Konversation einen Agenten braucht.',
    unassigned: 'Jedes offene Ticket hat einen Agenten.',
    waiting: 'Kein Ticket wartet auf seinen Besucher.',
    snoozed: 'Keine zurückgestellten Tickets.',
    resolved: 'Noch keine gelösten Tickets.',
    done: 'Noch keine gelösten, geschlossenen oder zurückgestellten Tickets.',
  },
  noneFound: 'Kein Ticket entspricht diesen Filtern.',
  showAll: 'Alle Tickets dieser Ansicht anzeigen',
  tickets: 'Tickets',
  select: 'Auswählen',
  selectAll: 'Alle auswählen',
  selectTicket: (number) => `Ticket #${number} auswählen`,
  selected: (count) => countOf(count, 'ausgewählt', 'ausgewählt'),
  actions: {
    claim: 'Übernehmen',
    assign: 'Zuweisen',
    snooze: 'Zurückstellen',
    resolve: 'Lösen',
    'mark-spam': 'Als Spam markieren',
  },
  cancelSelection: 'Abbrechen',
  undo: 'Rückgängig',
  acted: (action, count, left) =>
    `${countOf(count, 'Ticket', 'Tickets')} ${acted[action]}.${left === 0 ? '' : ` ${countOf(left, 'hatte sich geändert und blieb', 'hatten sich geändert und blieben')} unverändert.`}`,
  restored: (count) => `${countOf(count, 'Ticket', 'Tickets')} wiederhergestellt.`,
  ticketViews: 'Ansichten',
  newTickets: (count) => countOf(count, 'neues Ticket', 'neue Tickets'),
  moreTickets: (count) => `${countOf(count, 'weiteres Ticket', 'weitere Tickets')} in dieser Ansicht`,
  viewing: (names, count) => `${names} ${count === 1 ? 'sieht' : 'sehen'} sich das Ticket an`,
  you: 'Sie',
  demo: 'Demo-Engine',
  demoHint: 'Es ist kein Modell verbunden. Die Demo-Engine antwortet aus den Hilfeartikeln.',
} satisfies Catalogs['list'];
