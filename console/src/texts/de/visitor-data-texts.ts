/** The dialog about a visitor's data. */
import type { Catalogs } from './catalogs.ts';
import { countOf } from './count.ts';

export const visitorData = {
  open: 'Besucherdaten',
  title: 'Daten dieses Besuchers',
  hint: 'Alles, was auf dieser Website zu diesem Besucher gespeichert ist: Konversationen, Dateien, Tickets, Analysen und Sitzungen.',
  exportAll: 'Als JSON exportieren',
  confirm: 'Alles löschen. Das lässt sich nicht rückgängig machen.',
  erase: 'Daten löschen',
  failed: 'Die Anfrage ist möglicherweise fehlgeschlagen. Sie können sie gefahrlos wiederholen.',
  close: 'Schließen',
  removed: ({ conversations, messages, files, tickets }) =>
    `Gelöscht: ${[
      countOf(conversations, 'Konversation', 'Konversationen'),
      countOf(messages, 'Nachricht', 'Nachrichten'),
      countOf(files, 'Datei', 'Dateien'),
      countOf(tickets, 'Ticket', 'Tickets'),
    ].join(', ')}.`,
} satisfies Catalogs['visitorData'];
