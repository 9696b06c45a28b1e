/** The conversation feed. */
import type { Catalogs } from './catalogs.ts';
import { countOf } from './count.ts';

export const feed = {
  groups: {
    archive: 'Archiv (Konversationen, Suche)',
    console: 'Konsole (Live-Nachrichten)',
    'reply-mail': 'Antworten per E-Mail',
    tickets: 'Tickets',
    webhooks: 'Webhooks',
  },
  types: {
    message: 'Nachricht',
    'turn-ended': 'Ende einer Antwort',
    'responder-changed': 'Wechsel des Antwortenden',
    'hand-off-requested': 'Übergabe',
    rated: 'Bewertung',
    read: 'Lesebestätigung',
    'conversation-closed': 'Geschlossene Konversation',
    'conversation-erased': 'Gelöschte Konversation',
  },
  unreadable: 'Nicht lesbares Ereignis',
  title: 'Ereignisverarbeitung',
  caption: 'Fortschritt je Verarbeitung',
  hint: 'Was auf eine Nachricht folgt, etwa das Archivieren oder eine E-Mail, geschieht in eigenen Verarbeitungen. Sie sind im Rückstand oder konnten ein Ereignis nicht verarbeiten.',
  columns: {
    group: 'Verarbeitung',
    lag: 'Rückstand',
    waiting: 'Wartend',
    processes: 'Prozesse',
    setAside: 'Zurückgelegt',
  },
  setAsideTitle: (count) => `${countOf(count, 'Ereignis', 'Ereignisse')} zurückgelegt`,
  setAsideHint:
    'Die Verarbeitung ist bei diesen Ereignissen fünfmal fehlgeschlagen. Beheben Sie die Ursache und stellen Sie sie dann erneut zu. Ein erneut zugestelltes Ereignis kommt nach neueren seiner Konversation.',
  tries: (count) => countOf(count, 'Versuch', 'Versuche'),
  happened: 'geschehen',
  openConversation: 'Konversation öffnen',
  redeliver: 'Erneut zustellen',
  remove: 'Löschen',
  confirmRemove: 'Endgültig löschen',
  named: (action, type, group) => `${action}, ${type} für ${group}`,
  delivered: 'Ereignis zugestellt.',
  deleted: 'Ereignis gelöscht.',
  failedAgain: (reason) => `Die Verarbeitung ist erneut fehlgeschlagen: ${reason}`,
  failed: (message) => `Das hat nicht funktioniert: ${message}`,
} satisfies Catalogs['feed'];
